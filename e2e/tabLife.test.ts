/** Joins that wait while the agent's tab is frozen, crashes, or sleeps with the machine. */

import { ChatTask, startStandIn } from "../stand-in";
import { closeBrowser, Desk, openBrowser, OUR_PLUGIN, until } from "./support/desk";
import { LOST_CONNECTION } from "./support/pageConsole";
import { JOIN, LONG_RETRY_AFTER } from "./support/settings";
import { crash, elapse, freeze } from "./support/tabLife";
import { openTabs, Tabs } from "./support/tabs";

beforeAll(openBrowser);
afterAll(closeBrowser);

/** Every chat was joined, none twice, and nothing was throttled. */
function expectJoinedOnce(desk: Desk, chats: readonly ChatTask[]): void {
  const joined = desk.requests(JOIN).filter(({ status }) => status === 201);
  const sids = joined.map(({ path }) => chats.find(({ channelSid }) => path.includes(channelSid))?.channelSid);
  expect(sids.sort()).toEqual(chats.map(({ channelSid }) => channelSid).sort());
  expect(desk.statuses(JOIN)).not.toContain(429);
}

const FLEX_JOIN_FAILED = "ChatOrchestrationAddToChatChannelFailed";
const TWO_A_SECOND = { limits: { [JOIN]: { perSecond: 2 } } };

describe("in a browser whose tabs can be hidden", () => {
  let tabs: Tabs;
  let desk: Desk;
  beforeEach(async () => {
    tabs = await openTabs();
  });
  afterEach(async () => {
    desk.console.remove(LOST_CONNECTION);
    try {
      await desk.close();
    } finally {
      await tabs.close();
    }
  });

  test("joins every chat once when the tab is frozen in the middle of a burst", async () => {
    // Ten joins take 45 s, so the page is frozen before the last one on any machine.
    desk = await Desk.open({ context: tabs.context, flexThrottle: { limits: { [JOIN]: { perSecond: 0.2 } } } });
    const chats = await desk.receiveChats(10);
    await desk.startAccepting(chats);
    await until(() => desk.statuses(JOIN).length === 1, "the first join");
    const unfreeze = await freeze(tabs, desk);
    // At least one turn comes meanwhile.
    await elapse(desk, 6000);
    expect(chats.every((chat) => desk.isMember(chat))).toBe(false);
    await unfreeze();
    desk.twilio.gate.setLimit(JOIN, 2);
    await desk.changeSettings(TWO_A_SECOND);
    await desk.waitForJoins(chats);
    expectJoinedOnce(desk, chats);
    expect(await desk.shownNotifications()).not.toContain(FLEX_JOIN_FAILED);
  });

  test("joins every chat once when the machine sleeps during a cool-down", async () => {
    // After the sleep, the page's wall clock is an hour ahead.
    await tabs.context.addInitScript(() => {
      const { now } = Date;
      let aheadMs = 0;
      document.addEventListener("test-sleep", () => (aheadMs = 3_600_000));
      Date.now = () => now() + aheadMs;
    });
    desk = await Desk.open({ context: tabs.context, flexThrottle: TWO_A_SECOND });
    desk.twilio.gate.setLimit(JOIN, 2);
    // The machine sleeps well before the end of the cool-down, and wakes after it.
    desk.twilio.gate.fault(JOIN, { kind: "429", retryAfter: 10 }, 1);
    const chats = await desk.receiveChats(6);
    await desk.startAccepting(chats);
    await until(() => desk.statuses(JOIN).length >= 1, "the 429");
    await desk.evaluate(() => document.dispatchEvent(new Event("test-sleep")));
    tabs.stop();
    desk.twilio.dropSockets();
    await elapse(desk, 11_000);
    expect(chats.every((chat) => desk.isMember(chat))).toBe(false);
    tabs.continue();
    await desk.waitForJoins(chats);
    const [throttled, ...others] = desk.statuses(JOIN);
    expect(throttled).toBe(429);
    expect(others).not.toContain(429);
    expect(others.filter((status) => status === 201)).toHaveLength(6);
    expect(await desk.shownNotifications()).not.toContain(FLEX_JOIN_FAILED);
  });
});

test("joins the chats that were accepted while the connection to TaskRouter was gone", async () => {
  const desk = await Desk.open();
  const chats = await desk.receiveChats(3);
  desk.twilio.dropSockets();
  const { taskRouter } = desk.twilio;
  chats.forEach(({ reservationSid }) => taskRouter.changeStatus(taskRouter.reservation(reservationSid), "accepted"));
  await desk.waitForJoins(chats);
  expectJoinedOnce(desk, chats);
  desk.console.remove(LOST_CONNECTION);
  await desk.close();
});

test("does not join a chat whose reservation ended while the connection to TaskRouter was gone", async () => {
  const desk = await Desk.open();
  desk.twilio.gate.fault(JOIN, { kind: "429", retryAfter: LONG_RETRY_AFTER });
  const [ended, kept] = await desk.receiveChats(2);
  await desk.accept([ended, kept]);
  await desk.waitForQueued(2);
  desk.twilio.gate.clearFaults();
  const before = desk.requests(JOIN).length;
  desk.twilio.dropSockets();
  desk.twilio.endReservation(ended.reservationSid, "canceled");
  await until(async () => (await desk.taskCount()) === 1, "the remaining task");
  await desk.retryNow();
  await desk.waitForJoins([kept]);
  await desk.waitForQueued(0);
  expect(desk.requests(JOIN).slice(before)).toMatchObject([{ path: expect.stringContaining(kept.channelSid) }]);
  desk.console.remove(/AbortError|ThrottleCanceledError/);
  desk.console.remove(LOST_CONNECTION);
  await desk.close();
});

test("joins the accepted chats of a tab that crashed, once it is opened again", async () => {
  const twilio = await startStandIn({ plugins: [OUR_PLUGIN] });
  twilio.gate.fault(JOIN, { kind: "429", retryAfter: LONG_RETRY_AFTER });
  const first = await Desk.open({ twilio });
  const chats = await first.receiveChats(6);
  await first.accept(chats);
  await first.waitForQueued(6);
  await crash(first);
  await first.close();
  twilio.gate.clearFaults();
  const before = first.statuses(JOIN).length;

  const desk = await Desk.open({ twilio });
  await desk.waitForJoins(chats);
  expect(desk.statuses(JOIN).slice(before)).toEqual(Array(6).fill(201));
  expect((await desk.throttleState()).notJoined).toEqual([]);
  await desk.close();
  await twilio.close();
});
