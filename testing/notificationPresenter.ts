/** Runs the notification presenter with real Flex notifications, on fake timers. Importing this file registers hooks. */

import * as Flex from "@twilio/flex-ui";
import { createStore } from "redux";

import { PresenterOptions, showNotifications } from "../src/flex/ui/notificationPresenter";
import { registerNotifications } from "../src/flex/ui/notifications";
import { readSettings } from "../src/settings/readSettings";
import { selectThrottle } from "../src/state/selectors";
import { NAMESPACE, reduceThrottle, ThrottleAction, ThrottleState } from "../src/state/slice";
import { servicesOf } from "./services";

export const { Notifications: notifications } = Flex;
export const LIMIT = "POST /channels";
export const now = () => performance.now();

/** Ids of the notifications that were added in the running test, oldest first. */
export let added: string[] = [];
export let end: () => void = () => undefined;
export let store: PresenterOptions["store"];
/** The account's own texts. */
let strings: Record<string, string> = {};
export const setStrings = (next: Record<string, string>) => (strings = next);
export const retryNow = jest.fn();
/** Forwards to the running test's store, because Flex registers a notification only once. */
const currentStore: PresenterOptions["store"] = {
  getState: () => store.getState(),
  dispatch: (action) => store.dispatch(action),
  subscribe: (listener) => store.subscribe(listener),
};
export const services = servicesOf({ strings: () => strings, now, retryNow });
/** Whether the agent is offered a task. */
let isOffered = false;
export const setOffered = (next: boolean) => {
  isOffered = next;
  store.dispatch({ type: "A_TASK_CHANGED" } as never);
};
const options = (isAdmin: boolean): PresenterOptions => ({
  store: currentStore,
  services,
  isAdmin,
  isOffered: () => isOffered,
});

beforeAll(() => {
  registerNotifications(Flex, services);
  notifications.addListener("notificationAdded", ({ id }: { id: string }) => added.push(id));
});
beforeEach(() => {
  jest.useFakeTimers("modern");
  added = [];
  isOffered = false;
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

/** Starts the presenter. `end` stops it, at the latest after the test. */
export const start = (isAdmin = true) => {
  end = showNotifications(Flex, options(isAdmin));
};
/** Ids of our notifications on the screen. */
export const shown = () =>
  notifications.activeNotifications.map(({ id }) => id).filter((id) => id.startsWith("FlexThrottle"));

const IDLE = selectThrottle({}).status;
export const setStatus = (status: Partial<ThrottleState["status"]>) =>
  store.dispatch({ type: "flex-throttle/STATUS_CHANGED", status: { ...IDLE, ...status } });
export const dropCall = () =>
  store.dispatch({
    type: "flex-throttle/CALL_DROPPED",
    dropped: { name: LIMIT, isJoin: false, isAction: false, reason: "ThrottleQueueFullError" },
  });
export const setJoin = (what: "STARTED" | "SUCCEEDED" | "FAILED" | "ENDED", chat: string) =>
  store.dispatch({ type: `flex-throttle/JOIN_${what}`, chat });
export const toggleList = (isOpen: boolean) => store.dispatch({ type: "flex-throttle/LIST_TOGGLED", isOpen });
export const pass = (ms: number) => void jest.advanceTimersByTime(ms);
export const setProblems = (count: number) =>
  store.dispatch({
    type: "flex-throttle/SETTINGS_READ",
    problems: Array(count).fill(readSettings({ mode: 1 }).problems[0]),
  });

export const queuedCall = {
  id: 1,
  name: LIMIT,
  purpose: "other" as const,
  limits: [LIMIT] as const,
  throttledCount: 0,
  expiresAtMs: Infinity,
  proceedsWithoutPermit: false,
};
/** One call that has waited for `waitingSinceMs` and is sent in `leftMs`. */
export const waiting = (waitingSinceMs: number, leftMs: number) => ({
  waiting: [{ ...queuedCall, waitingSinceMs: now() - waitingSinceMs, startMs: now() + leftMs }],
});
/** One throttled call that is being retried. */
export const retrying: Partial<ThrottleState["status"]> = { retrying: 1, retryingLimits: [LIMIT] };
/** Reports that a deferred Action has run. */
export const finish = (action: string) =>
  store.dispatch({ type: "flex-throttle/ACTION_DEFERRED", deferred: { action, state: "done" } });
