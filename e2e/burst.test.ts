import { closeBrowser, Desk, openBrowser, until } from "./support/desk";

const JOIN = "POST /WebChannels/Users";
const FLEX_JOIN_FAILED = "ChatOrchestrationAddToChatChannelFailed";

beforeAll(openBrowser);
afterAll(closeBrowser);

let desk: Desk;
afterEach(() => desk.close());

describe.each(["rolling", "calendar", "bucket"] as const)("an account that counts by %s", (counting) => {
  test("twenty chats accepted at once are all joined, without one refusal, within 1.6 s", async () => {
    desk = await Desk.open();
    desk.twilio.gate.counting = counting;
    const chats = await desk.receiveChats(20);
    const errors = await desk.accept(chats);
    await until(() => chats.every((chat) => desk.isMember(chat)), "twenty joins");

    expect(errors).toEqual([]);
    expect(desk.statuses(JOIN)).toEqual(Array(20).fill(201));
    expect(await desk.shownNotifications()).not.toContain(FLEX_JOIN_FAILED);
    const times = desk.requests(JOIN).map(({ atMs }) => atMs);
    expect(times[19] - times[0]).toBeLessThanOrEqual(1600);
  });
});

test("stock Flex leaves ten of the twenty without an agent: what the plugin is for", async () => {
  desk = await Desk.open({ isStock: true });
  const chats = await desk.receiveChats(20);
  await desk.accept(chats);
  await until(() => desk.statuses(JOIN).length === 20, "twenty tries");

  expect(desk.statuses(JOIN).filter((status) => status === 429).length).toBeGreaterThanOrEqual(8);
  await until(async () => (await desk.shownNotifications()).includes(FLEX_JOIN_FAILED), "Flex's own error");
});
