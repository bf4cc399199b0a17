import { closeBrowser, Desk, openBrowser, until } from "./support/desk";

const JOIN = "POST /WebChannels/Users";

beforeAll(openBrowser);
afterAll(closeBrowser);

let desk: Desk;
afterEach(() => desk.close());

/** What an admin got wrong, and what must be named in the banner. */
const MALFORMED: [string, unknown, string[]][] = [
  ["a text instead of an object", "fast", ["flexThrottle"]],
  ["a list instead of an object", [], ["flexThrottle"]],
  ["an unknown key", { modes: "enforce" }, ["flexThrottle.modes", "mode"]],
  ["an unknown mode", { mode: "on" }, ["flexThrottle.mode", '"enforce"']],
  ["an unknown way of a burst", { onBurst: "drop" }, ["flexThrottle.onBurst", '"queue"']],
  ["an unknown limit", { limits: { "POST /chanels": { perSecond: 5 } } }, ["POST /chanels", "POST /channels"]],
  ["a rate of nothing", { limits: { "POST /channels": { perSecond: 0 } } }, ["perSecond", "above 0"]],
  ["a rate below nothing", { limits: { "POST /channels": { perSecond: -3 } } }, ["perSecond", "above 0"]],
  ["a rate in words", { limits: { "POST /channels": { perSecond: "ten" } } }, ["perSecond", "ten"]],
  ["a capacity as a rate", { limits: { "Flex Flows": { perSecond: 5 } } }, ["Flex Flows", "max"]],
  ["an Action without limits", { actions: { SendSms: {} } }, ["SendSms"]],
  ["an Action with an unknown limit", { actions: { SendSms: { limits: ["SMS"] } } }, ["SendSms", "SMS"]],
  ["a route without an address", { routes: [{ method: "POST", limits: ["POST /channels"] }] }, ["routes", "url"]],
  ["a queue of a negative length", { queue: { maxLength: -1 } }, ["queue.maxLength"]],
];

test.each(MALFORMED)(
  "%s: Flex starts, the defaults hold, and an admin reads what is wrong and where",
  async (_, flexThrottle, named) => {
    desk = await Desk.open({ flexThrottle, roles: ["admin"] });
    await until(async () => (await desk.activeNotifications()).includes("FlexThrottleSettings"), "the banner");
    const banner = await desk.page.innerText(".Twilio-NotificationBar");
    named.forEach((words) => expect(banner).toContain(words));

    const chats = await desk.receiveChats(12);
    expect(await desk.accept(chats)).toEqual([]);
    await until(() => chats.every((chat) => desk.isMember(chat)), "the joins");
    expect(desk.statuses(JOIN)).toEqual(Array(12).fill(201));
  },
);

test("an agent is not bothered with what an admin got wrong", async () => {
  desk = await Desk.open({ flexThrottle: { mode: "on" }, roles: ["agent"] });
  const chats = await desk.receiveChats(1);
  await desk.accept(chats);
  await until(() => desk.isMember(chats[0]), "the join");
  expect(await desk.shownNotifications()).not.toContain("FlexThrottleSettings");
});

test("a limit that an admin sets is kept, and a self-hosted appConfig wins over it", async () => {
  const limits = (perSecond: number) => ({ limits: { [JOIN]: { perSecond } } });
  desk = await Desk.open({ flexThrottle: limits(9), appConfig: { flexThrottle: limits(3) } });
  desk.twilio.gate.setLimit(JOIN, 3);
  const chats = await desk.receiveChats(8);
  expect(await desk.accept(chats)).toEqual([]);
  await until(() => chats.every((chat) => desk.isMember(chat)), "the joins");
  expect(desk.statuses(JOIN)).toEqual(Array(8).fill(201));
});

test.each(["off", "observe"])("in mode %s nothing is delayed, and nothing retried", async (mode) => {
  desk = await Desk.open({ flexThrottle: { mode } });
  await desk.accept(await desk.receiveChats(14));
  await until(() => desk.statuses(JOIN).length === 14, "fourteen tries");
  expect(desk.statuses(JOIN).filter((status) => status === 429).length).toBeGreaterThanOrEqual(3);
});

test("a Flex Flow over the account's maximum is not created, and says why", async () => {
  desk = await Desk.open({ flexThrottle: { limits: { "Flex Flows": { max: 2 } } }, roles: ["admin"] });
  const create = () =>
    desk.evaluate(() => {
      const body = new URLSearchParams({
        FriendlyName: "Flow",
        ChatServiceSid: `IS${"0".repeat(32)}`,
        ChannelType: "web",
      });
      return fetch("https://flex-api.twilio.com/v1/FlexFlows", { method: "POST", body }).then(
        (response) => String(response.status),
        (error: Error) => `${error.name}: ${error.message}`,
      );
    });
  expect(await create()).toBe("201");
  expect(await create()).toBe("201");
  expect(await create()).toMatch(/^ThrottleCapacityError: .*2 of at most 2 Flex Flows/);
  expect(desk.statuses("POST /FlexFlows")).toEqual([201, 201]);
});
