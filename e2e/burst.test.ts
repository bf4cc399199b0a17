import type { Counting } from "../stand-in/gate";
import { bestOf } from "./support/bestOf";
import { closeBrowser, Desk, openBrowser, until } from "./support/desk";

const JOIN = "POST /WebChannels/Users";
const FLEX_JOIN_FAILED = "ChatOrchestrationAddToChatChannelFailed";

beforeAll(openBrowser);
afterAll(closeBrowser);

let desk: Desk | undefined;
afterEach(async () => {
  await desk?.close();
  desk = undefined;
});

/** @returns how long after the first join the last one came, in milliseconds. */
async function joinTwenty(counting: Counting): Promise<number> {
  await desk?.close();
  const fresh = await Desk.open();
  desk = fresh;
  fresh.twilio.gate.counting = counting;
  const chats = await fresh.receiveChats(20);
  const errors = await fresh.accept(chats);
  await until(() => chats.every((chat) => fresh.isMember(chat)), "twenty joins");

  expect(errors).toEqual([]);
  expect(fresh.statuses(JOIN)).toEqual(Array(20).fill(201));
  expect(await fresh.shownNotifications()).not.toContain(FLEX_JOIN_FAILED);
  const times = fresh.requests(JOIN).map(({ atMs }) => atMs);
  return times[19] - times[0];
}

test.each(["rolling", "calendar", "bucket"] as const)(
  "twenty chats accepted at once are all joined, without one refusal, within 1.6 s, where the account counts by %s",
  async (counting) => {
    expect(
      await bestOf(
        3,
        () => joinTwenty(counting),
        (ms) => ms <= 1600,
      ),
    ).toBeLessThanOrEqual(1600);
  },
);

test("stock Flex leaves ten of the twenty without an agent: what the plugin is for", async () => {
  const stock = await Desk.open({ isStock: true });
  desk = stock;
  const chats = await stock.receiveChats(20);
  await stock.accept(chats);
  await until(() => stock.statuses(JOIN).length === 20, "twenty tries");

  expect(stock.statuses(JOIN).filter((status) => status === 429).length).toBeGreaterThanOrEqual(8);
  await until(async () => (await stock.shownNotifications()).includes(FLEX_JOIN_FAILED), "Flex's own error");
});
