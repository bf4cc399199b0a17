import { closeBrowser, Desk, openBrowser, plugin, until } from "./support/desk";

const CREATE = "POST /channels";
const ADD_MEMBER = "POST /WebChannels/Users";

beforeAll(openBrowser);
afterAll(closeBrowser);

let desk: Desk;
beforeEach(async () => {
  desk = await Desk.open({ others: [witness], isOursLast: true });
});
afterEach(() => desk.close());

/** @returns the friendly names of what was created, in the order of their creation. */
function createChannels(count: number): Promise<string[]> {
  return desk.evaluate(async (wanted) => {
    const { chatClient } = window.Twilio.Flex.Manager.getInstance();
    const names = Array.from({ length: wanted }, (_, index) => `created ${index}`);
    const channels = await Promise.all(names.map((friendlyName) => chatClient.createChannel({ friendlyName })));
    return channels.map(({ sid }: { sid: string }) => sid);
  }, count);
}

function namesCreated(): string[] {
  const channels = Array.from(desk.twilio.account.channels.values());
  return channels.map(({ friendlyName }) => String(friendlyName)).filter((name) => name.startsWith("created"));
}

/** Keeps in which order the client itself is asked, below our plugin. The SDK sends each from a timer of its own, and two of one moment can change places there. */
const witness = plugin(
  "witness",
  `const { chatClient } = manager; const { createChannel } = chatClient; window.asked = [];
   chatClient.createChannel = function (options) { window.asked.push(options.friendlyName); return createChannel.apply(this, arguments); };`,
);
const asked = () => desk.evaluate(() => (window as unknown as { asked: string[] }).asked);

test("thirty channels created at once are all created, in order, without one refusal", async () => {
  const sids = await createChannels(30);
  expect(new Set(sids).size).toBe(30);
  expect(desk.statuses(CREATE).filter((status) => status === 429)).toEqual([]);
  const names = Array.from({ length: 30 }, (_, index) => `created ${index}`);
  expect(await asked()).toEqual(names);
  expect(namesCreated().sort()).toEqual(names.sort());
});

test.each(["response", "push-http", "push-transport"] as const)(
  "a channel refused in the %s way is created once",
  async (way) => {
    desk.twilio.gate.fault(CREATE, { kind: "429", location: way }, 2);
    const sids = await createChannels(3);
    expect(new Set(sids).size).toBe(3);
    expect(namesCreated().sort()).toEqual(["created 0", "created 1", "created 2"]);
    expect(desk.statuses(CREATE).filter((status) => status === 429).length).toBe(2);
  },
);

test("members added through a channel take their turn, fetched as a page fetches it", async () => {
  const sids = await createChannels(1);
  const added = desk.evaluate(async (sid) => {
    const channel = await window.Twilio.Flex.Manager.getInstance().chatClient.getChannelBySid(sid);
    await Promise.all(Array.from({ length: 25 }, (_, index) => channel.add(`colleague-${index}`)));
  }, sids[0]);
  await added;
  await until(() => desk.statuses(ADD_MEMBER).length === 25, "the members");
  expect(desk.statuses(ADD_MEMBER).filter((status) => status === 429)).toEqual([]);
  expect(desk.twilio.account.channel(sids[0]).members.size).toBeGreaterThanOrEqual(25);
});

test("a failure that is no refusal is the caller's, once", async () => {
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
