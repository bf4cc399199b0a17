/** Joins that wait while the agent goes offline, logs out, works in a second tab, or hands a chat over. */

import { startStandIn } from "../stand-in";
import { waitUntilLoaded } from "./support/channels";
import { closeBrowser, Desk, openBrowser, OUR_PLUGIN, plugin } from "./support/desk";
import { JOIN, LONG_RETRY_AFTER } from "./support/settings";

const FLEX_JOIN_FAILED = "ChatOrchestrationAddToChatChannelFailed";

beforeAll(openBrowser);
afterAll(closeBrowser);

/** Accepts chats whose joins all wait for the end of a cool-down. */
async function acceptInCoolDown(desk: Desk, count: number) {
  desk.twilio.gate.fault(JOIN, { kind: "429", retryAfter: LONG_RETRY_AFTER });
  const chats = await desk.receiveChats(count);
  await desk.accept(chats);
  await desk.waitForQueued(count);
  desk.twilio.gate.clearFaults(JOIN);
  return chats;
}

test("joins every chat once when the agent goes offline while joins wait", async () => {
  const desk = await Desk.open();
  const chats = await acceptInCoolDown(desk, 4);
  expect(await desk.invoke("SetActivity", { activityName: "Offline" })).toBeUndefined();
  const before = desk.statuses(JOIN).length;
  await desk.retryNow();
  await desk.waitForJoins(chats);
  expect(desk.statuses(JOIN).slice(before)).toEqual([201, 201, 201, 201]);
  expect(await desk.shownNotifications()).not.toContain(FLEX_JOIN_FAILED);
  await desk.close();
});

test("joins the accepted chats once after a logout in the middle of a burst and the next login", async () => {
  const twilio = await startStandIn({ plugins: [OUR_PLUGIN] });
  const first = await Desk.open({ twilio });
  const chats = await acceptInCoolDown(first, 4);
  const before = first.statuses(JOIN).length;
  await first.evaluate(() => void window.Twilio.Flex.Actions.invokeAction("Logout", { forceLogout: true }));
  await first.page.getByText("You have logged out").waitFor();
  await first.close();

  const desk = await Desk.open({ twilio });
  await desk.waitForJoins(chats);
  expect(desk.statuses(JOIN).slice(before)).toEqual([201, 201, 201, 201]);
  await desk.close();
  await twilio.close();
});

test("joins every chat once when the agent has two tabs", async () => {
  const twilio = await startStandIn({ plugins: [OUR_PLUGIN] });
  const desks = [await Desk.open({ twilio }), await Desk.open({ twilio })];
  const chats = await desks[0].receiveChats(12);
  expect(await desks[0].accept(chats)).toEqual([]);
  await desks[0].waitForJoins(chats);
  // Flex also joins in the other tab, unless that has noticed the first join. Twilio answers 409 to the later join.
  for (const desk of desks) await Promise.all(chats.map(({ channelSid }) => waitUntilLoaded(desk, channelSid)));
  for (const desk of desks) {
    await desk.waitForQueued(0);
    expect((await desk.throttleState()).notJoined).toEqual([]);
    expect(await desk.shownNotifications()).not.toContain(FLEX_JOIN_FAILED);
  }
  expect(desks[0].statuses(JOIN).filter((status) => status === 201)).toHaveLength(12);
  for (const desk of desks) await desk.close();
  await twilio.close();
});

const LEAVES_AT_WRAP_UP = plugin(
  "leaver",
  `flex.ChatOrchestrator.setOrchestrations("wrapup", () => ["LeaveChatChannel"]);
   flex.ChatOrchestrator.setOrchestrations("completed", () => []);`,
);

test.each(["completed", "wrapping", "canceled"] as const)(
  "does not join a chat whose reservation is %s elsewhere while its join waits",
  async (status) => {
    const desk = await Desk.open({ others: [LEAVES_AT_WRAP_UP] });
    const [handedOver, kept] = await acceptInCoolDown(desk, 2);
    const before = desk.statuses(JOIN).length;
    const { taskRouter } = desk.twilio;
    taskRouter.changeStatus(taskRouter.reservation(handedOver.reservationSid), status);
    await desk.waitForQueued(1);
    await desk.retryNow();
    await desk.waitForJoins([kept]);
    expect(desk.requests(JOIN).slice(before)).toMatchObject([{ path: expect.stringContaining(kept.channelSid) }]);
    expect(desk.isMember(handedOver)).toBe(false);
    expect((await desk.throttleState()).notJoined).toEqual([]);
    desk.console.remove(/AbortError|ThrottleCanceledError|reading 'leave'/);
    await desk.close();
  },
);
