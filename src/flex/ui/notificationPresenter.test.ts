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
/** Forwards to the running test's store, because Flex registers a notification only once. */
const currentStore: PresenterOptions["store"] = {
  getState: () => store.getState(),
  dispatch: (action) => store.dispatch(action),
  subscribe: (listener) => store.subscribe(listener),
};
const services = servicesOf({ strings: () => strings, now, retryNow, cancel });
const options = (isAdmin: boolean): PresenterOptions => ({ store: currentStore, services: services, isAdmin });

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
const setStatus = (status: Partial<ThrottleState["status"]>) =>
  store.dispatch({ type: "flex-throttle/STATUS_CHANGED", status: { ...IDLE, ...status } });
const dropCall = () =>
  store.dispatch({
    type: "flex-throttle/CALL_DROPPED",
    dropped: { name: LIMIT, isJoin: false, isAction: false, reason: "ThrottleQueueFullError" },
  });
const setProblems = (count: number) =>
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
/** One call that has waited for `waitingSinceMs` and is sent in `leftMs`. */
const waiting = (waitingSinceMs: number, leftMs: number) => ({
  waiting: [{ ...waiter, waitingSinceMs: now() - waitingSinceMs, startMs: now() + leftMs }],
});
/** One throttled call that is being retried. */
const retrying: Partial<ThrottleState["status"]> = { retrying: 1, retryingLimits: [LIMIT] };
const finish = (action: string) =>
  store.dispatch({ type: "flex-throttle/ACTION_DEFERRED", deferred: { action, state: "done" } });

test("uses the public ids", () => {
  expect(NotificationId).toEqual({
    RateLimited: "FlexThrottleRateLimited",
    Queued: "FlexThrottleQueued",
    Refused: "FlexThrottleRefused",
    Settings: "FlexThrottleSettings",
  });
});

test("shows nothing while nothing waits", () => {
  start();
  setStatus({});
  expect(added).toEqual([]);
});

test("does not show waits below a second", () => {
  start();
  setStatus(waiting(100, 700));
  expect(shown()).toEqual([]);
});

test.each([
  ["will last", 0, 1500],
  ["has lasted", 1500, 100],
])("shows a wait that %s more than a second, once, until it ends", (_, waitingSinceMs, leftMs) => {
  start();
  for (let n = 0; n < 5; n += 1) setStatus(waiting(waitingSinceMs, leftMs));
  expect(shown()).toEqual(["FlexThrottleQueued"]);
  expect(added).toEqual(["FlexThrottleQueued"]);
  setStatus({});
  expect(shown()).toEqual([]);
});

test("shows a wait once it is noticeable, without another event", () => {
  start();
  setStatus(waiting(0, 700));
  jest.advanceTimersByTime(900);
  expect(shown()).toEqual([]);
  jest.advanceTimersByTime(1500);
  expect(shown()).toEqual(["FlexThrottleQueued"]);
});

test("shows a 429 instead of the wait, until the calls succeed", () => {
  start();
  setStatus(waiting(0, 1500));
  setStatus({ ...waiting(0, 1500), ...retrying });
  expect(shown()).toEqual(["FlexThrottleRateLimited"]);
  setStatus(retrying);
  setStatus({ ...retrying, retrying: 2 });
  expect(shown()).toEqual(["FlexThrottleRateLimited"]);
  expect(added).toEqual(["FlexThrottleQueued", "FlexThrottleRateLimited"]);
  setStatus({});
  expect(shown()).toEqual([]);
});

test("shows a cool-down as a 429 after the throttled call was canceled", () => {
  start();
  setStatus({ ...waiting(0, 700), coolDownUntilMs: { [LIMIT]: now() + 700 } });
  expect(shown()).toEqual(["FlexThrottleRateLimited"]);
  setStatus(waiting(0, 700));
  expect(shown()).toEqual([]);
});

test("shows calls of another limit in their own banner", () => {
  start();
  setStatus({ ...waiting(0, 1500), retrying: 1, retryingLimits: ["GET /FlexFlows"] });
  expect(shown().sort()).toEqual(["FlexThrottleQueued", "FlexThrottleRateLimited"]);
  setStatus({ ...waiting(0, 700), retrying: 1, retryingLimits: ["GET /FlexFlows"] });
  expect(shown()).toEqual(["FlexThrottleRateLimited"]);
});

test("offers a keyboard-accessible button to retry now, with the account's own text", () => {
  const [action] = notifications.registeredNotifications.get("FlexThrottleRateLimited")?.actions ?? [];
  strings = { FlexThrottleRetryNow: "Now" };
  const { container, unmount } = render(
    createElement(Provider, { store: store as Store<unknown> }, action as ReactElement),
  );
  const button = within(container).getByRole("button", { name: "Now" });
  expect(button.tabIndex).toBe(0);
  strings = { FlexThrottleRetryNow: "Jetzt" };
  act(() => void setStatus(retrying));
  expect(button.textContent).toBe("Jetzt");
  button.click();
  expect(retryNow).toHaveBeenCalledTimes(1);
  unmount();
  // React's own.
  jest.runOnlyPendingTimers();
  strings = {};
});

test("cancels only the throttled call that is sent next", () => {
  const [, action] = notifications.registeredNotifications.get("FlexThrottleRateLimited")?.actions ?? [];
  const cancelNext = (action as ReactElement).props.onClick as () => void;
  const refused = (id: number, startMs: number) => ({ ...waiter, id, waitingSinceMs: 0, startMs, throttledCount: 1 });
  setStatus({
    ...retrying,
    waiting: [{ ...waiter, id: 7, waitingSinceMs: 0, startMs: 0 }, refused(8, 3000), refused(9, 2000)],
  });
  cancelNext();
  expect(cancel.mock.calls).toEqual([[9]]);
  setStatus({ ...retrying, waiting: [] });
  cancelNext();
  expect(cancel).toHaveBeenCalledTimes(1);
});

test("shows a canceled join until the agent joins after all", () => {
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

test("shows each dropped call, one banner at a time", () => {
  start();
  dropCall();
  dropCall();
  dropCall();
  expect(shown()).toEqual(["FlexThrottleRefused"]);
  expect(added).toHaveLength(3);
});

test("keeps a banner closed that the agent closed, until its reason ends and comes back", () => {
  start();
  setStatus(retrying);
  notifications.dismissNotificationById("FlexThrottleRateLimited");
  setStatus({ ...retrying, retrying: 2 });
  expect(shown()).toEqual([]);
  setStatus({});
  setStatus(retrying);
  expect(shown()).toEqual(["FlexThrottleRateLimited"]);
});

test("shows that an Action has run after the agent closed the wait", () => {
  start();
  setStatus(waiting(0, 1500));
  notifications.dismissNotificationById("FlexThrottleQueued");
  setStatus(waiting(0, 1500));
  expect(shown()).toEqual([]);
  finish("SendSms");
  expect(shown()).toEqual(["FlexThrottleQueued"]);
});

test("does not show a dropped join that succeeded while the tab was hidden", () => {
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

test("counts dropped calls from the first one in the current banner", () => {
  start();
  const read = () => selectThrottle(store.getState()).droppedRead;
  dropCall();
  dropCall();
  expect(read()).toBe(0);
  notifications.dismissNotificationById("FlexThrottleRefused");
  dropCall();
  dropCall();
  expect(read()).toBe(2);
});

test("shows calls dropped in a hidden tab when the tab is visible again", () => {
  const visibility = jest.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
  start();
  // Flex's bar removes it after its timeout.
  const timeOut = () => notifications.dismissNotificationById("FlexThrottleRefused");
  dropCall();
  timeOut();
  dropCall();
  timeOut();
  visibility.mockRestore();
  document.dispatchEvent(new Event("visibilitychange"));
  expect(shown()).toEqual(["FlexThrottleRefused"]);
  expect(selectThrottle(store.getState())).toMatchObject({ droppedRead: 0, droppedCount: 2 });
  document.dispatchEvent(new Event("visibilitychange"));
  expect(added).toHaveLength(3);
});

test("forgets announcements with their banner, so that they are announced again with it", () => {
  start();
  const { announcer } = services;
  setStatus(retrying);
  announcer.announce("limited", { id: "joins", text: "Twilio is limiting" });
  setStatus({ ...retrying, retrying: 2 });
  expect(announcer.texts()).toHaveLength(1);
  setStatus({});
  expect(announcer.texts()).toEqual([]);
});

test("shows a banner once when another plugin writes to the store meanwhile", () => {
  const note = () =>
    void (store as unknown as { dispatch(action: object): void }).dispatch({ type: "ANOTHER_PLUGINS" });
  notifications.addListener("notificationAdded", note);
  start();
  dropCall();
  notifications.removeListener("notificationAdded", note);
  expect(added).toEqual(["FlexThrottleRefused"]);
});

test("does not keep showing a banner that another plugin cancels", () => {
  const cancelAll = jest.fn((_: unknown, cancel: () => void) => cancel());
  notifications.addListener("beforeAddNotification", cancelAll);
  start();
  setStatus(retrying);
  dropCall();
  expect(shown()).toEqual([]);
  expect(cancelAll.mock.calls.length).toBeLessThanOrEqual(4);
  notifications.removeListener("beforeAddNotification", cancelAll);
});

test("shows invalid settings to admins, once", () => {
  start(true);
  setProblems(2);
  setProblems(1);
  expect(shown()).toEqual(["FlexThrottleSettings"]);
});

test("shows agents neither settings nor Flex Flows", () => {
  start(false);
  setProblems(2);
  setStatus({ capacity: { count: 99, max: 100, isNearlyFull: true } });
  expect(added).toEqual([]);
});

test("shows nothing for valid settings", () => {
  start(true);
  setProblems(0);
  expect(added).toEqual([]);
});

test("shows admins that Flex Flows run out, once", () => {
  start(true);
  const near = { capacity: { count: 99, max: 100, isNearlyFull: true } };
  setStatus(near);
  expect(shown()).toEqual(["FlexThrottleSettings"]);
  notifications.dismissNotificationById("FlexThrottleSettings");
  setStatus({ ...near, retrying: 0 });
  expect(shown()).toEqual([]);
});

test("shows each deferred Action that has run for five seconds", () => {
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

test("shows Actions that ran in a hidden tab when the tab is visible again", () => {
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

test("dismisses its banners when stopped, and shows no more", () => {
  start();
  setStatus(retrying);
  dropCall();
  setProblems(1);
  expect(shown()).toHaveLength(3);
  end();
  expect(shown()).toEqual([]);
  setStatus({ retrying: 2 });
  expect(shown()).toEqual([]);
});
