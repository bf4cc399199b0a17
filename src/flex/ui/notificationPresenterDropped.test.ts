import { added, dropCall, setJoin, shown, start, store } from "../../../testing/notificationPresenter";

test("shows a canceled join until the agent joins after all", () => {
  start();
  const fail = () => store.dispatch({ type: "flex-throttle/JOIN_FAILED", chat: "CH1" });
  store.dispatch({
    type: "flex-throttle/CALL_DROPPED",
    dropped: { name: "join", isJoin: true, isAction: false, reason: "ThrottleCanceledError", chat: "CH1" },
  });
  fail();
  expect(shown()).toEqual(["FlexThrottleRefused"]);
  setJoin("STARTED", "CH1");
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
  setJoin("STARTED", "CH1");
  visibility.mockRestore();
  document.dispatchEvent(new Event("visibilitychange"));
  expect(shown()).toEqual([]);
});

test("shows a dropped call until the agent dismisses it in the list", () => {
  start();
  dropCall();
  store.dispatch({ type: "flex-throttle/DROPS_DISMISSED" });
  expect(shown()).toEqual([]);
});

test("shows calls dropped in a hidden tab when the tab is visible again", () => {
  const visibility = jest.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
  start();
  dropCall();
  dropCall();
  expect(added).toEqual([]);
  visibility.mockRestore();
  document.dispatchEvent(new Event("visibilitychange"));
  expect(shown()).toEqual(["FlexThrottleRefused"]);
  document.dispatchEvent(new Event("visibilitychange"));
  expect(added).toHaveLength(1);
});
