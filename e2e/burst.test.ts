import { closeBrowser, Desk, openBrowser, until } from "./support/desk";
import { FAST, JOIN } from "./support/settings";

const FLEX_JOIN_FAILED = "ChatOrchestrationAddToChatChannelFailed";

beforeAll(openBrowser);
afterAll(closeBrowser);

let desk: Desk;
afterEach(() => desk.close());

test.each(["rolling", "calendar", "bucket"] as const)(
  "joins ten chats accepted at once without a 429, at two a second, when the account counts by %s",
  async (counting) => {
    desk = await Desk.open({ flexThrottle: { limits: { [JOIN]: { perSecond: 2 } } } });
    desk.twilio.gate.counting = counting;
    desk.twilio.gate.setLimit(JOIN, 2);
    const chats = await desk.receiveChats(10);
    expect(await desk.accept(chats)).toEqual([]);
    await desk.waitForJoins(chats);
    expect(desk.statuses(JOIN)).toEqual(Array(10).fill(201));
    expect(await desk.shownNotifications()).not.toContain(FLEX_JOIN_FAILED);
  },
);

test("stock Flex does not retry a join after a 429, and leaves the chat without an agent", async () => {
  desk = await Desk.open({ isStock: true });
  desk.twilio.gate.setLimit(JOIN, FAST.perSecond);
  desk.twilio.gate.fault(JOIN, { kind: "429" }, 10);
  const chats = await desk.receiveChats(20);
  await desk.accept(chats);
  await until(() => desk.statuses(JOIN).length === 20 && !desk.statuses(JOIN).includes("pending"), "twenty answers");
  await until(async () => (await desk.shownNotifications()).includes(FLEX_JOIN_FAILED), "Flex's own error");
  expect(desk.statuses(JOIN).sort()).toEqual([...Array(10).fill(201), ...Array(10).fill(429)]);
  expect(chats.filter((chat) => !desk.isMember(chat))).toHaveLength(10);
  // What e2e/support/pageConsole.ts leaves out.
  expect(desk.console.remove(/^Failed to join channel CH/)).toBe(true);
  expect(desk.console.remove(/^Error: Request failed with status code 429/)).toBe(true);
  expect(desk.console.remove(/^Failed to load resource: the server responded with a status of 429/)).toBe(true);
});
