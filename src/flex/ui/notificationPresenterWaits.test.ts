import { act, render, within } from "@testing-library/react";
import { createElement, ReactElement } from "react";
import { Provider } from "react-redux";
import { Store } from "redux";

import { selectThrottle } from "../../state/selectors";
import {
  added,
  cancel,
  finish,
  LIMIT,
  notifications,
  now,
  retrying,
  retryNow,
  setStatus,
  setStrings,
  shown,
  start,
  store,
  queuedCall,
  waiting,
} from "../../../testing/notificationPresenter";

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
  setStrings({ FlexThrottleRetryNow: "Now" });
  const { container, unmount } = render(
    createElement(Provider, { store: store as Store<unknown> }, action as ReactElement),
  );
  const button = within(container).getByRole("button", { name: "Now" });
  expect(button.tabIndex).toBe(0);
  setStrings({ FlexThrottleRetryNow: "Jetzt" });
  act(() => void setStatus(retrying));
  expect(button.textContent).toBe("Jetzt");
  button.click();
  expect(retryNow).toHaveBeenCalledTimes(1);
  unmount();
  // React's own.
  jest.runOnlyPendingTimers();
  setStrings({});
});

test("cancels only the throttled call that is sent next", () => {
  const [, action] = notifications.registeredNotifications.get("FlexThrottleRateLimited")?.actions ?? [];
  const cancelNext = (action as ReactElement).props.onClick as () => void;
  const throttled = (id: number, startMs: number) => ({
    ...queuedCall,
    id,
    waitingSinceMs: 0,
    startMs,
    throttledCount: 1,
  });
  setStatus({
    ...retrying,
    waiting: [{ ...queuedCall, id: 7, waitingSinceMs: 0, startMs: 0 }, throttled(8, 3000), throttled(9, 2000)],
  });
  cancelNext();
  expect(cancel.mock.calls).toEqual([[9]]);
  setStatus({ ...retrying, waiting: [] });
  cancelNext();
  expect(cancel).toHaveBeenCalledTimes(1);
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
