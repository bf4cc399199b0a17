import { VIEW } from "./support/appearance";
import { createChannels } from "./support/channels";
import { closeBrowser, Desk, openBrowser, until } from "./support/desk";
import { CREATE, FAST, JOIN, ONE_CALL, TWICE } from "./support/settings";

beforeAll(openBrowser);
afterAll(closeBrowser);

let desk: Desk;
afterEach(() => desk.close());

/** Invalid settings, and what the view must name. */
const INVALID: [string, unknown, string[]][] = [
  ["text instead of an object", "fast", ["flexThrottle"]],
  ["a list instead of an object", [], ["flexThrottle"]],
  ["an unknown key", { modes: "enforce" }, ["flexThrottle.modes", "mode"]],
  ["an unknown mode", { mode: "on" }, ["flexThrottle.mode", '"enforce"']],
  ["an unknown over-limit policy", { onBurst: "drop" }, ["flexThrottle.onBurst", '"queue"']],
  ["an unknown limit", { limits: { "POST /chanels": { perSecond: 5 } } }, ["POST /chanels", "POST /channels"]],
  ["a rate of 0", { limits: { "POST /channels": { perSecond: 0 } } }, ["perSecond", "above 0"]],
  ["a negative rate", { limits: { "POST /channels": { perSecond: -3 } } }, ["perSecond", "above 0"]],
  ["a rate as text", { limits: { "POST /channels": { perSecond: "ten" } } }, ["perSecond", "ten"]],
  ["a capacity as a rate", { limits: { "Flex Flows": { perSecond: 5 } } }, ["Flex Flows", "max"]],
  ["an Action without limits", { actions: { SendSms: {} } }, ["SendSms"]],
  ["an Action with an unknown limit", { actions: { SendSms: { limits: ["SMS"] } } }, ["SendSms", "SMS"]],
  ["a route without an address", { routes: [{ method: "POST", limits: ["POST /channels"] }] }, ["routes", "url"]],
  ["a negative queue length", { queue: { maxLength: -1 } }, ["queue.maxLength"]],
];

test.each(INVALID)(
  "%s: Flex starts, the defaults apply, and an admin reads what is invalid and where",
  async (_, flexThrottle, named) => {
    desk = await Desk.open({ flexThrottle, roles: ["admin"] });
    await until(async () => (await desk.activeNotifications()).includes("FlexThrottleSettings"), "the banner");
    await desk.page.getByRole("button", { name: "Details" }).click();
    const view = await desk.page.innerText(VIEW);
    named.forEach((words) => expect(view).toContain(words));

    // Without a limit, more than the account allows would arrive at once.
    desk.twilio.gate.setLimit(CREATE, TWICE);
    expect(await createChannels(desk, TWICE + 5)).toEqual(Array(TWICE + 5).fill(201));
    expect(desk.statuses(CREATE)).not.toContain(429);
  },
);

test("agents see nothing of invalid settings", async () => {
  desk = await Desk.open({ flexThrottle: { mode: "on" }, roles: ["agent"] });
  const chats = await desk.receiveChats(1);
  await desk.accept(chats);
  await desk.waitForJoins(chats);
  expect(await desk.shownNotifications()).not.toContain("FlexThrottleSettings");
});

test("a configured limit applies: no call gets a 429 from an account that allows twice as many", async () => {
  desk = await Desk.open({ flexThrottle: { limits: { [JOIN]: { perSecond: 3 } } } });
  desk.twilio.gate.setLimit(JOIN, 6);
  const chats = await desk.receiveChats(8);
  expect(await desk.accept(chats)).toEqual([]);
  await desk.waitForJoins(chats);
  expect(desk.joinStatuses()).toEqual(Array(8).fill(201));
});

test("a limit in a self-hosted appConfig wins over the Flex configuration", async () => {
  const limit = (rate: typeof FAST) => ({ limits: { [JOIN]: rate } });
  desk = await Desk.open({ flexThrottle: limit(FAST), appConfig: { flexThrottle: limit(ONE_CALL) } });
  await desk.startAccepting(await desk.receiveChats(2));
  await until(() => desk.statuses(JOIN).length === 1, "the first join");
  await desk.waitForQueued(1);
  expect(desk.statuses(JOIN)).toEqual([201]);
});

test.each(["off", "observe"])("mode %s neither delays nor retries a call", async (mode) => {
  desk = await Desk.open({ flexThrottle: { mode, limits: { [JOIN]: ONE_CALL } } });
  desk.twilio.gate.setLimit(JOIN, FAST.perSecond);
  desk.twilio.gate.fault(JOIN, { kind: "429" }, 3);
  const chats = await desk.receiveChats(14);
  await desk.accept(chats);
  await until(() => chats.filter((chat) => desk.isMember(chat)).length === 11, "eleven joins");
  await desk.waitForNotification("ChatOrchestrationAddToChatChannelFailed");
  expect(desk.statuses(JOIN).sort()).toEqual([...Array(11).fill(201), ...Array(3).fill(429)]);
});

test("a Flex Flow above the account's maximum is not created, and the error says why", async () => {
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
