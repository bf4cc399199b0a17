import { act, render, within } from "@testing-library/react";
import { createElement, ReactElement } from "react";
import { Provider } from "react-redux";
import { Store } from "redux";

import { selectThrottle } from "../../state/selectors";
import {
  added,
  finish,
  LIMIT,
  notifications,
  now,
  pass,
  retrying,
  retryNow,
  setJoin,
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

test("shows one banner when calls of another limit wait for their turn", () => {
  start();
  setStatus({ ...waiting(0, 1500), retrying: 1, retryingLimits: ["GET /FlexFlows"] });
  expect(shown()).toEqual(["FlexThrottleRateLimited"]);
});

describe("a banner about a wait", () => {
  test.each([
    ["FlexThrottleRateLimited", retrying],
    ["FlexThrottleQueued", { waiting: [{ ...queuedCall, waitingSinceMs: 0, startMs: 60_000 }] }],
  ])("%s ends after ten seconds, and is not shown again in the same wait", (id, status) => {
    start();
    setStatus(status);
    pass(9000);
    expect(shown()).toEqual([id]);
    pass(2000);
    expect(shown()).toEqual([]);
    setStatus({ ...status });
    expect(shown()).toEqual([]);
    setStatus({});
    setStatus(status);
    expect(shown()).toEqual([id]);
  });

  test("stays while the agent has the focus in it", () => {
    const bar = document.body.appendChild(document.createElement("div"));
    bar.className = "Twilio-NotificationBar";
    const button = bar.appendChild(document.createElement("button"));
    start();
    setStatus(retrying);
    button.focus();
    pass(20_000);
    expect(shown()).toEqual(["FlexThrottleRateLimited"]);
    bar.remove();
    pass(1000);
    expect(shown()).toEqual([]);
  });

  test("is shown again once after 30 seconds", () => {
    start();
    const status = {
      coolDownUntilMs: { [LIMIT]: now() + 90_000 },
      waiting: [{ ...queuedCall, waitingSinceMs: now(), startMs: now() + 90_000 }],
    };
    setStatus(status);
    pass(29_000);
    expect(shown()).toEqual([]);
    pass(2000);
    expect(shown()).toEqual(["FlexThrottleRateLimited"]);
    pass(11_000);
    expect(shown()).toEqual([]);
    pass(20_000);
    expect(added).toHaveLength(2);
  });
});

describe("the end of a burst of chats", () => {
  const joinWaits = () => ({
    waiting: [{ ...queuedCall, purpose: "join" as const, waitingSinceMs: now(), startMs: now() + 1500 }],
  });
  const news = () => selectThrottle(store.getState()).news;

  test("is shown once, with the number of chats joined", () => {
    start();
    setJoin("STARTED", "CH1");
    setStatus(joinWaits());
    setJoin("STARTED", "CH2");
    setJoin("SUCCEEDED", "CH1");
    setStatus({});
    pass(5000);
    expect(news()).toEqual([]);
    setJoin("SUCCEEDED", "CH2");
    pass(2000);
    expect(news()).toEqual([{ type: "joined", count: 2 }]);
    expect(shown()).toEqual(["FlexThrottleQueued"]);
    pass(6000);
    expect(shown()).toEqual([]);
  });

  test("is not shown when the wait was not, or when a chat was not joined", () => {
    start();
    setJoin("STARTED", "CH1");
    setJoin("SUCCEEDED", "CH1");
    pass(3000);
    setJoin("STARTED", "CH2");
    setStatus(joinWaits());
    setJoin("FAILED", "CH2");
    setStatus({});
    pass(3000);
    expect(news()).toEqual([]);
  });
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
  const done = () => selectThrottle(store.getState()).news.map((each) => each.type === "ran" && each.action);
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
  document.dispatchEvent(new Event("visibilitychange"));
  jest.advanceTimersByTime(4500);
  expect(shown()).toEqual(["FlexThrottleQueued"]);
  jest.advanceTimersByTime(3000);
  expect(shown()).toEqual([]);
});
