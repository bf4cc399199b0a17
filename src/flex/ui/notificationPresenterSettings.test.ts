import { added, notifications, setProblems, setStatus, shown, start } from "../../../testing/notificationPresenter";

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
