import { act, render, within } from "@testing-library/react";
import * as Flex from "@twilio/flex-ui";
import { createElement, ReactElement } from "react";
import { Provider } from "react-redux";
import { createStore, Store } from "redux";

import { NotificationId } from "../../components/banners/notificationId";
import { readSettings } from "../../settings/readSettings";
import { selectThrottle } from "../../state/selectors";
import { NAMESPACE, reduceThrottle, ThrottleAction, ThrottleState } from "../../state/slice";
import { servicesOf } from "../../../testing/services";
import { PresenterOptions, showNotifications } from "./notificationPresenter";
import { registerNotifications } from "./notifications";

const { Notifications: notifications } = Flex;
const LIMIT = "POST /channels";
const now = () => performance.now();

let added: string[] = [];
let end: () => void = () => undefined;
let store: PresenterOptions["store"];
let strings: Record<string, string> = {};
const retryNow = jest.fn();
const cancel = jest.fn();
/** That of the test that runs: Flex registers a notification once. */
const storeOfNow: PresenterOptions["store"] = {
  getState: () => store.getState(),
  dispatch: (action) => store.dispatch(action),
  subscribe: (listener) => store.subscribe(listener),
};
const servicesOfNow = servicesOf({ strings: () => strings, now, retryNow, cancel });
const options = (isAdmin: boolean): PresenterOptions => ({ store: storeOfNow, services: servicesOfNow, isAdmin });

beforeAll(() => {
  registerNotifications(Flex, options(true));
  notifications.addListener("notificationAdded", ({ id }: { id: string }) => added.push(id));
});
beforeEach(() => {
  jest.useFakeTimers("modern");
  added = [];
  store = createStore((state: Record<string, ThrottleState> = {}, action) => ({
    [NAMESPACE]: reduceThrottle(state[NAMESPACE], action as ThrottleAction),
  }));
});
afterEach(() => {
  end();
  expect(shown()).toEqual([]);
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});

const start = (isAdmin = true) => {
  end = showNotifications(Flex, options(isAdmin));
};
const shown = () => notifications.activeNotifications.map(({ id }) => id).filter((id) => id.startsWith("FlexThrottle"));

const IDLE = selectThrottle({}).status;
const tell = (status: Partial<ThrottleState["status"]>) =>
  store.dispatch({ type: "flex-throttle/STATUS_CHANGED", status: { ...IDLE, ...status } });
const giveUp = () =>
  store.dispatch({
    type: "flex-throttle/CALL_DROPPED",
    dropped: { name: LIMIT, isJoin: false, isAction: false, reason: "ThrottleQueueFullError" },
  });
const tellProblems = (count: number) =>
  store.dispatch({
    type: "flex-throttle/SETTINGS_READ",
    problems: Array(count).fill(readSettings({ mode: 1 }).problems[0]),
  });

const waiter = {
  id: 1,
  name: LIMIT,
  purpose: "other" as const,
  limits: [LIMIT] as const,
  throttledCount: 0,
  expiresAtMs: Infinity,
  proceedsWithoutPermit: false,
};
/** One call that has waited so long, and can go after so long. */
const waiting = (waitingSinceMs: number, leftMs: number) => ({
  waiting: [{ ...waiter, waitingSinceMs: now() - waitingSinceMs, startMs: now() + leftMs }],
});
/** Twilio has refused a call, which is being retried. */
const retrying: Partial<ThrottleState["status"]> = { retrying: 1, retryingLimits: [LIMIT] };
const finish = (action: string) =>
  store.dispatch({ type: "flex-throttle/ACTION_DEFERRED", deferred: { action, state: "done" } });

test("the ids are those that were promised", () => {
  expect(NotificationId).toEqual({
    RateLimited: "FlexThrottleRateLimited",
    Queued: "FlexThrottleQueued",
    Refused: "FlexThrottleRefused",
    Settings: "FlexThrottleSettings",
  });
});

test("while nothing is wrong nothing is shown", () => {
  start();
  tell({});
  expect(added).toEqual([]);
});

test("a wait of less than a second is no wait to a person", () => {
  start();
  tell(waiting(100, 700));
  expect(shown()).toEqual([]);
});

test.each([
  ["will last", 0, 1500],
  ["has lasted", 1500, 100],
])(
  "a wait that %s more than a second is shown, once however often it changes, and goes by itself",
  (_, waitingSinceMs, leftMs) => {
    start();
    for (let n = 0; n < 5; n += 1) tell(waiting(waitingSinceMs, leftMs));
    expect(shown()).toEqual(["FlexThrottleQueued"]);
    expect(added).toEqual(["FlexThrottleQueued"]);
    tell({});
    expect(shown()).toEqual([]);
  },
);

test("a wait that grows noticeable while nothing else happens is shown then", () => {
  start();
  tell(waiting(0, 700));
  jest.advanceTimersByTime(900);
  expect(shown()).toEqual([]);
  jest.advanceTimersByTime(1500);
  expect(shown()).toEqual(["FlexThrottleQueued"]);
});

test("a 429 is shown as such, instead of the wait, until the calls went through", () => {
  start();
  tell(waiting(0, 1500));
  tell({ ...waiting(0, 1500), ...retrying });
  expect(shown()).toEqual(["FlexThrottleRateLimited"]);
  tell(retrying);
  tell({ ...retrying, retrying: 2 });
  expect(shown()).toEqual(["FlexThrottleRateLimited"]);
  expect(added).toEqual(["FlexThrottleQueued", "FlexThrottleRateLimited"]);
  tell({});
  expect(shown()).toEqual([]);
});

test("a pause whose refused call was given up is no mere wait: it can be cut short", () => {
  start();
  tell({ ...waiting(0, 700), coolDownUntilMs: { [LIMIT]: now() + 700 } });
  expect(shown()).toEqual(["FlexThrottleRateLimited"]);
  tell(waiting(0, 700));
  expect(shown()).toEqual([]);
});

test("who waits for another limit than the refused one has its own banner beside it", () => {
  start();
  tell({ ...waiting(0, 1500), retrying: 1, retryingLimits: ["GET /FlexFlows"] });
  expect(shown().sort()).toEqual(["FlexThrottleQueued", "FlexThrottleRateLimited"]);
  tell({ ...waiting(0, 700), retrying: 1, retryingLimits: ["GET /FlexFlows"] });
  expect(shown()).toEqual(["FlexThrottleRateLimited"]);
});

test("the agent can have it retried at once, by a button that keys reach, with the account's own words", () => {
  const [action] = notifications.registeredNotifications.get("FlexThrottleRateLimited")?.actions ?? [];
  strings = { FlexThrottleRetryNow: "Now" };
  const { container, unmount } = render(
    createElement(Provider, { store: store as Store<unknown> }, action as ReactElement),
  );
  const button = within(container).getByRole("button", { name: "Now" });
  expect(button.tabIndex).toBe(0);
  strings = { FlexThrottleRetryNow: "Jetzt" };
  act(() => void tell(retrying));
  expect(button.textContent).toBe("Jetzt");
  button.click();
  expect(retryNow).toHaveBeenCalledTimes(1);
  unmount();
  // React's own.
  jest.runOnlyPendingTimers();
  strings = {};
});

test("the agent can give up the one call whose retry is next, and no other", () => {
  const [, action] = notifications.registeredNotifications.get("FlexThrottleRateLimited")?.actions ?? [];
  const giveUpNext = (action as ReactElement).props.onClick as () => void;
  const refused = (id: number, startMs: number) => ({ ...waiter, id, waitingSinceMs: 0, startMs, throttledCount: 1 });
  tell({
    ...retrying,
    waiting: [{ ...waiter, id: 7, waitingSinceMs: 0, startMs: 0 }, refused(8, 3000), refused(9, 2000)],
  });
  giveUpNext();
  expect(cancel.mock.calls).toEqual([[9]]);
  tell({ ...retrying, waiting: [] });
  giveUpNext();
  expect(cancel).toHaveBeenCalledTimes(1);
});

test("that a join was given up is told until the agent joins after all", () => {
  start();
  const fail = () => store.dispatch({ type: "flex-throttle/JOIN_FAILED", chat: "CH1" });
  store.dispatch({
    type: "flex-throttle/CALL_DROPPED",
    dropped: { name: "join", isJoin: true, isAction: false, reason: "ThrottleCanceledError", chat: "CH1" },
  });
  fail();
  expect(shown()).toEqual(["FlexThrottleRefused"]);
  store.dispatch({ type: "flex-throttle/FAILED_JOIN_CLEARED", chat: "CH1" });
  expect(shown()).toEqual([]);
});

test("each call that is given up is shown, one banner at a time", () => {
  start();
  giveUp();
  giveUp();
  giveUp();
  expect(shown()).toEqual(["FlexThrottleRefused"]);
  expect(added).toHaveLength(3);
});

test("what the agent has closed stays closed for as long as it is the same, and comes again with the next", () => {
  start();
  tell(retrying);
  notifications.dismissNotificationById("FlexThrottleRateLimited");
  tell({ ...retrying, retrying: 2 });
  expect(shown()).toEqual([]);
  tell({});
  tell(retrying);
  expect(shown()).toEqual(["FlexThrottleRateLimited"]);
});

test("that an Action has run is told also where the wait was closed", () => {
  start();
  tell(waiting(0, 1500));
  notifications.dismissNotificationById("FlexThrottleQueued");
  tell(waiting(0, 1500));
  expect(shown()).toEqual([]);
  finish("SendSms");
  expect(shown()).toEqual(["FlexThrottleQueued"]);
});

test("a chat that was joined meanwhile is not told of when the agent is back", () => {
  const visibility = jest.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
  start();
  store.dispatch({
    type: "flex-throttle/CALL_DROPPED",
    dropped: { name: "join", isJoin: true, isAction: false, reason: "throttled", chat: "CH1" },
  });
  store.dispatch({ type: "flex-throttle/JOIN_FAILED", chat: "CH1" });
  store.dispatch({ type: "flex-throttle/FAILED_JOIN_CLEARED", chat: "CH1" });
  visibility.mockRestore();
  document.dispatchEvent(new Event("visibilitychange"));
  expect(shown()).toEqual([]);
});

test("how many were given up is counted from the first that could be read", () => {
  start();
  const read = () => selectThrottle(store.getState()).droppedRead;
  giveUp();
  giveUp();
  expect(read()).toBe(0);
  notifications.dismissNotificationById("FlexThrottleRefused");
  giveUp();
  giveUp();
  expect(read()).toBe(2);
});

test("what was given up while the tab was in the background is told when the agent is back", () => {
  const visibility = jest.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
  start();
  // Flex's bar takes it away after its time.
  const timeOut = () => notifications.dismissNotificationById("FlexThrottleRefused");
  giveUp();
  timeOut();
  giveUp();
  timeOut();
  visibility.mockRestore();
  document.dispatchEvent(new Event("visibilitychange"));
  expect(shown()).toEqual(["FlexThrottleRefused"]);
  expect(selectThrottle(store.getState())).toMatchObject({ droppedRead: 0, droppedCount: 2 });
  document.dispatchEvent(new Event("visibilitychange"));
  expect(added).toHaveLength(3);
});

test("what a screen reader has heard is forgotten with its banner, so that it hears it again when it comes again", () => {
  start();
  const { announcer } = servicesOfNow;
  tell(retrying);
  announcer.announce("limited", { id: "joins", text: "Twilio is limiting" });
  tell({ ...retrying, retrying: 2 });
  expect(announcer.texts()).toHaveLength(1);
  tell({});
  expect(announcer.texts()).toEqual([]);
});

test("another plugin that writes to the store when a banner is shown does not make it come again", () => {
  const note = () =>
    void (store as unknown as { dispatch(action: object): void }).dispatch({ type: "ANOTHER_PLUGINS" });
  notifications.addListener("notificationAdded", note);
  start();
  giveUp();
  notifications.removeListener("notificationAdded", note);
  expect(added).toEqual(["FlexThrottleRefused"]);
});

test("a banner that another plugin cancels stays away, and is not asked for without end", () => {
  const cancelAll = jest.fn((_: unknown, cancel: () => void) => cancel());
  notifications.addListener("beforeAddNotification", cancelAll);
  start();
  tell(retrying);
  giveUp();
  expect(shown()).toEqual([]);
  expect(cancelAll.mock.calls.length).toBeLessThanOrEqual(4);
  notifications.removeListener("beforeAddNotification", cancelAll);
});

test("settings that are not understood are shown to an admin, once", () => {
  start(true);
  tellProblems(2);
  tellProblems(1);
  expect(shown()).toEqual(["FlexThrottleSettings"]);
});

test("an agent is not bothered with settings or with the account's Flex Flows", () => {
  start(false);
  tellProblems(2);
  tell({ capacity: { count: 99, max: 100, isNearlyFull: true } });
  expect(added).toEqual([]);
});

test("settings without a problem show nothing, to an admin either", () => {
  start(true);
  tellProblems(0);
  expect(added).toEqual([]);
});

test("Flex Flows that run out are shown to an admin, once: what was closed stays closed", () => {
  start(true);
  const near = { capacity: { count: 99, max: 100, isNearlyFull: true } };
  tell(near);
  expect(shown()).toEqual(["FlexThrottleSettings"]);
  notifications.dismissNotificationById("FlexThrottleSettings");
  tell({ ...near, retrying: 0 });
  expect(shown()).toEqual([]);
});

test("that a deferred Action has run is shown for five seconds, each for its own", () => {
  start();
  store.dispatch({ type: "flex-throttle/ACTION_DEFERRED", deferred: { action: "SendSms", state: "deferred" } });
  expect(shown()).toEqual([]);
  const done = () => selectThrottle(store.getState()).done.map(({ action }) => action);
  finish("SendSms");
  expect(shown()).toEqual(["FlexThrottleQueued"]);
  jest.advanceTimersByTime(3000);
  finish("Call");
  jest.advanceTimersByTime(1500);
  expect(done()).toEqual(["SendSms", "Call"]);
  jest.advanceTimersByTime(2000);
  expect(done()).toEqual(["Call"]);
  expect(shown()).toEqual(["FlexThrottleQueued"]);
  jest.advanceTimersByTime(3000);
  expect(done()).toEqual([]);
  expect(shown()).toEqual([]);
});

test("what ran while the tab was in the background is told when the agent is back", () => {
  const visibility = jest.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
  start();
  finish("SendSms");
  jest.advanceTimersByTime(60_000);
  visibility.mockRestore();
  jest.advanceTimersByTime(4500);
  expect(shown()).toEqual(["FlexThrottleQueued"]);
  jest.advanceTimersByTime(3000);
  expect(shown()).toEqual([]);
});

test("ended, it takes its banners away and shows none any more", () => {
  start();
  tell(retrying);
  giveUp();
  tellProblems(1);
  expect(shown()).toHaveLength(3);
  end();
  expect(shown()).toEqual([]);
  tell({ retrying: 2 });
  expect(shown()).toEqual([]);
});
