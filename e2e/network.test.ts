/** Joins while the network is gone. */

import { closeBrowser, Desk, openBrowser, until } from "./support/desk";
import { LOST_CONNECTION } from "./support/pageConsole";
import { JOIN, LONG_RETRY_AFTER } from "./support/settings";

beforeAll(openBrowser);
afterAll(closeBrowser);

let desk: Desk;
afterEach(() => {
  desk.console.remove(LOST_CONNECTION);
  desk.console.remove(/Network Error|while user is offline|error intercepted/i);
  return desk.close();
});

test("joins each chat once when the network is gone in the middle of a burst", async () => {
  desk = await Desk.open();
  desk.twilio.gate.fault(JOIN, { kind: "429", retryAfter: LONG_RETRY_AFTER });
  const chats = await desk.receiveChats(6);
  await desk.accept(chats);
  await desk.waitForQueued(6);
  desk.twilio.gate.clearFaults();
  let failed = 0;
  desk.page.on("requestfailed", () => (failed += 1));
  await desk.page.context().setOffline(true);
  await desk.retryNow();
  await until(() => failed > 0, "a join without a network");
  await desk.page.context().setOffline(false);
  await desk.waitForJoins(chats);
  await until(async () => (await desk.throttleState()).queued === 0, "the end of the queue");
  const joined = desk.requests(JOIN).filter(({ status }) => status === 201);
  expect(new Set(joined.map(({ path }) => path)).size).toBe(6);
  expect(joined).toHaveLength(6);
  expect(await desk.shownNotifications()).not.toContain("ChatOrchestrationAddToChatChannelFailed");
  expect((await desk.throttleState()).notJoined).toEqual([]);
});
