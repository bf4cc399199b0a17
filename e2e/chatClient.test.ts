import { createWithChatClient } from "./support/channels";
import { closeBrowser, Desk, openBrowser, plugin, until } from "./support/desk";
import { CREATE, JOIN } from "./support/settings";

beforeAll(openBrowser);
afterAll(closeBrowser);

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.open({ others: [recorder], isOursLast: true });
});
afterEach(() => desk.close());

function namesCreated(): string[] {
  const channels = Array.from(desk.twilio.account.channels.values());
  return channels.map(({ friendlyName }) => String(friendlyName)).filter((name) => name.startsWith("created"));
}

/**
 * Records the order in which the chat client itself is called, below our plugin. The SDK sends each command from its own
 * timer, where two commands of the same moment can swap.
 */
const recorder = plugin(
  "recorder",
  `const { chatClient } = manager; const { createChannel } = chatClient; window.calls = [];
   chatClient.createChannel = function (options) { window.calls.push(options.friendlyName); return createChannel.apply(this, arguments); };`,
);
const clientCalls = () => desk.evaluate(() => (window as unknown as { calls: string[] }).calls);

test("creates thirty channels in order, without a 429", async () => {
  const sids = await createWithChatClient(desk, 30);
  expect(new Set(sids).size).toBe(30);
  expect(desk.statuses(CREATE).filter((status) => status === 429)).toEqual([]);
  const names = Array.from({ length: 30 }, (_, index) => `created ${index}`);
  expect(await clientCalls()).toEqual(names);
  expect(namesCreated().sort()).toEqual(names.sort());
});

test.each(["response", "push-http", "push-transport"] as const)(
  "creates a channel once after a 429 in the %s way",
  async (way) => {
    desk.twilio.gate.fault(CREATE, { kind: "429", location: way }, 2);
    const sids = await createWithChatClient(desk, 3);
    expect(new Set(sids).size).toBe(3);
    expect(namesCreated().sort()).toEqual(["created 0", "created 1", "created 2"]);
    expect(desk.statuses(CREATE).filter((status) => status === 429).length).toBe(2);
  },
);

test("paces members that are added through a channel of getChannelBySid", async () => {
  const sids = await createWithChatClient(desk, 1);
  const added = desk.evaluate(async (sid) => {
    const channel = await window.Twilio.Flex.Manager.getInstance().chatClient.getChannelBySid(sid);
    await Promise.all(Array.from({ length: 25 }, (_, index) => channel.add(`colleague-${index}`)));
  }, sids[0]);
  await added;
  await until(() => desk.statuses(JOIN).length === 25, "the members");
  expect(desk.statuses(JOIN).filter((status) => status === 429)).toEqual([]);
  expect(desk.twilio.account.channel(sids[0]).members.size).toBeGreaterThanOrEqual(25);
});

test("passes any other failure to the caller, without a retry", async () => {
  desk.twilio.gate.fault(CREATE, { kind: "500" }, 1);
  const message = await desk.evaluate(() => {
    const { chatClient } = window.Twilio.Flex.Manager.getInstance();
    return chatClient.createChannel({ friendlyName: "created never" }).then(
      () => "created",
      (error: Error) => String(error.message),
    );
  });
  expect(message).not.toBe("created");
  expect(desk.statuses(CREATE)).toEqual([500]);
});
