import { NotificationId } from "../../components/banners/notificationId";
import {
  added,
  dropCall,
  end,
  notifications,
  retrying,
  services,
  setOffered,
  setProblems,
  setStatus,
  shown,
  start,
  store,
  toggleList,
} from "../../../testing/notificationPresenter";

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

test("dismisses its banners when stopped, and shows no more", () => {
  start();
  setStatus(retrying);
  dropCall();
  setProblems(1);
  expect(shown()).toHaveLength(1);
  end();
  expect(shown()).toEqual([]);
  setStatus({ retrying: 2 });
  expect(shown()).toEqual([]);
});

describe("shows one banner at a time", () => {
  test("the most important one, and the others after it", () => {
    start();
    setProblems(1);
    expect(shown()).toEqual(["FlexThrottleSettings"]);
    setStatus(retrying);
    expect(shown()).toEqual(["FlexThrottleRateLimited"]);
    dropCall();
    expect(shown()).toEqual(["FlexThrottleRefused"]);
    notifications.dismissNotificationById("FlexThrottleRefused");
    setStatus({ ...retrying, retrying: 2 });
    expect(shown()).toEqual(["FlexThrottleRateLimited"]);
    setStatus({});
    expect(shown()).toEqual(["FlexThrottleSettings"]);
  });

  test("none while the agent is offered a task", () => {
    start();
    setStatus(retrying);
    setOffered(true);
    expect(shown()).toEqual([]);
    dropCall();
    setProblems(1);
    expect(shown()).toEqual([]);
    setOffered(false);
    expect(shown()).toEqual(["FlexThrottleRefused"]);
  });

  test("none while the list is open, which counts as read", () => {
    start();
    setProblems(1);
    setStatus(retrying);
    dropCall();
    toggleList(true);
    expect(shown()).toEqual([]);
    toggleList(false);
    expect(shown()).toEqual(["FlexThrottleSettings"]);
  });
});
