import { selectThrottle } from "../../state/selectors";
import { added, dropCall, notifications, shown, start, store } from "../../../testing/notificationPresenter";

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
