import { Channel, Client, Service } from "../../../testing/chatService";
import { Uninstall } from "../../patch";
import { eventsOf, newThrottle, useUp } from "../../../testing/throttles";
import { breathe, elapse, ended, useVirtualTime } from "../../../testing/virtualTime";
import { ChatClient, installChatClient } from "./chatClient";

const ADD = "POST /WebChannels/Users";

const CREATE = "POST /channels";

/** The three shapes of a 429 in `twilio-chat` 3.4. */
const THROTTLED: [string, () => Error][] = [
  ["the command's answer", () => Object.assign(new Error("Too Many Requests"), { code: 429 })],
  ["the push, over HTTP", () => new Error("Can't add command: Too Many Requests (status: 429, code: 20429)")],
  [
    "the push, by the transport",
    () => new Error("Can't add command: Transport failure: Too Many Requests (status: 0, code: 0)"),
  ],
];

const ownMethods = {
  channel: Object.getOwnPropertyDescriptors(Channel.prototype),
  client: Object.getOwnPropertyDescriptors(Client.prototype),
};

let service: Service;

let client: Client;

let uninstall: Uninstall = () => undefined;

/** No test expects an internal failure. */
const report = (error: unknown) => {
  throw error;
};

function install(written: unknown = {}, onBurst: "queue" | "reject" = "queue") {
  const throttle = newThrottle(written);
  uninstall = installChatClient(client as unknown as ChatClient, { throttle, onBurst: () => onBurst, report });
  return throttle;
}

beforeEach(() => {
  service = new Service();
  client = new Client(service);
});

useVirtualTime();

afterEach(() => {
  uninstall();
  expect(Object.getOwnPropertyDescriptors(Channel.prototype)).toEqual(ownMethods.channel);
  expect(Object.getOwnPropertyDescriptors(Client.prototype)).toEqual(ownMethods.client);
});

test("creates 30 channels at ten per second, in order, each once", async () => {
  install();
  const names = Array.from({ length: 30 }, (_, n) => `room ${n}`);
  const channels = await ended(Promise.all(names.map((uniqueName) => client.createChannel({ uniqueName }))));
  expect(channels.map(({ sid }) => sid)).toEqual(names);
  expect(service.commands.map(({ args }) => (args[0] as { uniqueName: string }).uniqueName)).toEqual(names);
  const times = service.commands.map(({ atMs }) => atMs);
  for (let n = 10; n < 30; n += 1) expect(times[n] - times[n - 10]).toBeGreaterThanOrEqual(1000);
});

describe.each(THROTTLED)("a 429 in %s", (_, createError) => {
  test("retries a creation until it succeeds", async () => {
    const throttle = install();
    service.failures = [createError(), createError()];
    const channel = await ended(client.createChannel({ uniqueName: "room" }));
    expect(channel.sid).toBe("room");
    expect(service.names).toEqual(["createChannel", "createChannel", "createChannel"]);
    expect(throttle.status().retrying).toBe(0);
  });

  test.each(["add", "invite", "join"] as const)("retries channel.%s until it succeeds", async (name) => {
    install();
    const channel = await client.getChannelBySid("CH1");
    service.failures = [createError()];
    await ended(channel[name]("alice") as Promise<unknown>);
    expect(service.commands.map(({ name: command, args }) => [command, args[0]])).toEqual([
      [name, "CH1"],
      [name, "CH1"],
    ]);
  });

  test("rejects with the SDK's own error when no time is left", async () => {
    const throttle = install({ queue: { maxWaitSeconds: 1 } });
    const events = eventsOf(throttle);
    const errors = Array.from({ length: 20 }, createError);
    service.failures = errors.slice();
    const error = await ended(client.createChannel({ uniqueName: "room" })).catch((reason) => reason);
    expect(errors).toContain(error);
    expect(events.filter(({ type }) => type === "dropped")).toHaveLength(1);
  });
});

test("rejects with other errors at once", async () => {
  install();
  const forbidden = Object.assign(new Error("Forbidden"), { code: 403 });
  service.failures = [forbidden];
  await expect(client.createChannel({ uniqueName: "room" })).rejects.toBe(forbidden);
  const channel = await client.getChannelBySid("CH1");
  await expect(channel.add("")).rejects.toThrow("requires an <String>identity");
  expect(service.names).toEqual(["createChannel"]);
});

test("does not retry the error of a full count", async () => {
  install();
  const full = Object.assign(new Error("Too Many Requests"), { code: 45207 });
  service.failures = [full];
  await expect(client.createChannel({ uniqueName: "room" })).rejects.toBe(full);
  expect(service.names).toHaveLength(1);
});

test.each<[string, () => Channel | Promise<Channel>]>([
  ["created", () => client.createChannel({ uniqueName: "CH1" })],
  ["got by its sid", () => client.getChannelBySid("CH1")],
  ["got by its name", () => client.getChannelByUniqueName("CH1")],
  ["got in a page of a list", async () => (await client.getSubscribedChannels()).items[0]],
  ["already loaded", async () => client.channels[0]],
  ...["channelAdded", "channelJoined", "channelInvited", "channelUpdated"].map((event): [string, () => Channel] => [
    `delivered by ${event}`,
    () => {
      const channel = new Channel("CH1", service);
      client.emit(event, channel);
      return channel;
    },
  ]),
])("adds members in turn to a channel that was %s", async (_, get) => {
  client.channels.push(...(_ === "already loaded" ? [new Channel("CH1", service)] : []));
  const throttle = install({ limits: { [ADD]: { perSecond: 2 } } });
  await breathe();
  const channel = await get();
  service.commands.length = 0;
  const all = Promise.all([channel.add("a"), channel.invite("b"), channel.join(), channel.add("c")]);
  expect(throttle.status().waiting).toMatchObject([
    { name: "channel.join", limits: [ADD] },
    { name: "channel.add", limits: [ADD] },
  ]);
  const [, , joined] = await ended(all);
  expect(joined).toBe(channel);
  expect(service.commands.map(({ name, args }) => [name, ...args])).toEqual([
    ["add", "CH1", "a"],
    ["invite", "CH1", "b"],
    ["join", "CH1"],
    ["add", "CH1", "c"],
  ]);
});

test.each(["add", "invite", "join"] as const)("sends equal queued calls of channel.%s once", async (name) => {
  const throttle = install();
  const channel = await client.getChannelBySid("CH1");
  useUp(throttle, ADD);
  const call = (to: Channel, identity: string) => to[name](identity) as Promise<unknown>;
  service.failures = [THROTTLED[0][1]()];
  const all = [call(channel, "alice"), call(channel, "alice")];
  expect(throttle.status().waiting).toHaveLength(1);
  const [one, two] = await ended(Promise.all(all));
  expect(one).toBe(two);
  expect(service.names).toEqual([name, name]);
});

test("does not coalesce other members, channels, methods or creations", async () => {
  const throttle = install();
  const [channel, other] = [await client.getChannelBySid("CH1"), await client.getChannelBySid("CH2")];
  useUp(throttle, ADD);
  useUp(throttle, CREATE);
  const all = [
    channel.add("a"),
    channel.add("b"),
    other.add("a"),
    channel.invite("a"),
    channel.join(),
    ...["c", "c"].map((uniqueName) => client.createChannel({ uniqueName })),
  ];
  expect(throttle.status().waiting).toHaveLength(7);
  await ended(Promise.all(all as Promise<unknown>[]));
  expect(service.commands).toHaveLength(7);
});

test("does not queue messages", async () => {
  const throttle = install();
  const channel = await client.getChannelBySid("CH1");
  useUp(throttle, ADD);
  useUp(throttle, CREATE);
  await channel.sendMessage("hello");
  expect(service.names).toEqual(["sendMessage"]);
});

test("returns and rejects like the client for reads", async () => {
  install();
  expect(await client.getChannelBySid("CH1")).toBeInstanceOf(Channel);
  expect(await client.getSubscribedChannels()).toMatchObject({ items: [{ sid: "CH1" }] });
  const notFound = new Error("Channel not found");
  uninstall();
  client.getChannelBySid = () => Promise.reject(notFound);
  install();
  await expect(client.getChannelBySid("CH2")).rejects.toBe(notFound);
  uninstall();
  delete (client as Partial<Client>).getChannelBySid;
});

test("rejects at once under onBurst reject", async () => {
  const throttle = install({}, "reject");
  useUp(throttle, CREATE);
  await expect(ended(client.createChannel({ uniqueName: "room" }))).rejects.toMatchObject({
    name: "ThrottleRejectedError",
    limit: CREATE,
  });
  await elapse(3000);
  expect(service.names).toEqual([]);
});

test.each(["off", "observe"])("neither queues nor retries in mode %s", async (mode) => {
  install({ mode, limits: { [CREATE]: { perSecond: 1 } } });
  service.failures = [THROTTLED[0][1]()];
  const all = await Promise.allSettled(["a", "b", "c"].map((uniqueName) => client.createChannel({ uniqueName })));
  expect(all.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled"]);
});

test("leaves a degraded client unchanged", () => {
  const degraded = { isDegraded: true } as unknown as ChatClient;
  uninstall = installChatClient(degraded, { throttle: newThrottle(), onBurst: () => "queue", report });
  expect(Object.keys(degraded)).toEqual(["isDegraded"]);
  uninstall();
  uninstall = installChatClient(undefined, { throttle: newThrottle(), onBurst: () => "queue", report });
});

test("accepts a client that has not loaded its channels", async () => {
  client.getLocalChannels = () => Promise.reject(new Error("Channels are not fetched yet"));
  install();
  await breathe();
  const channel = await client.getChannelBySid("CH1");
  await channel.join();
  expect(service.names).toEqual(["join"]);
});

test("removes its listeners on uninstall, and patches no class after it", async () => {
  client.channels.push(new Channel("CH1", service));
  const late = client.getChannelBySid.bind(client);
  client.getChannelBySid = async (sid) => {
    await breathe(5);
    return late(sid);
  };
  install();
  const underWay = client.getChannelBySid("CH1");
  uninstall();
  expect(client.eventNames()).toEqual([]);
  await underWay;
  await breathe();
  expect(Object.getOwnPropertyDescriptors(Channel.prototype)).toEqual(ownMethods.channel);
});
