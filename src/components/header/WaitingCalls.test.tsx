import "@testing-library/jest-dom";
import { act, fireEvent, screen } from "@testing-library/react";

import { useFakeTimers } from "../../../testing/fakeTimers";
import { badge, call, isOpen, join, open, pass, rows, show } from "../../../testing/waitingCalls";

useFakeTimers();
afterEach(() => {
  delete (window as { Notification?: unknown }).Notification;
});

test("renders nothing and runs no timer while nothing waits", () => {
  const { change } = show([]);
  expect(screen.queryByRole("button", { name: /waiting/ })).toBeNull();
  change([call(), call()]);
  expect(badge()).toHaveAccessibleName("2 requests to Twilio are waiting");
  expect(badge()).toHaveAttribute("aria-expanded", "false");
  // React's own timers have ended by then; an interval would remain.
  pass(1000);
  expect(jest.getTimerCount()).toBe(0);
  change([]);
  expect(screen.queryByRole("button", { name: /waiting/ })).toBeNull();
});

test("renders again only when the number changes, while the list is closed", () => {
  const { change, reads } = show([join("CH1")]);
  const before = badge();
  change([join("CH1")]);
  expect(badge()).toBe(before);
  expect(reads).not.toHaveBeenCalled();
});

test("closes on a click on the badge, on a click elsewhere, and when the focus leaves", () => {
  show([call()]);
  open();
  open();
  expect(isOpen()).toBe(false);
  open();
  fireEvent.mouseDown(screen.getByText("elsewhere"));
  expect(isOpen()).toBe(false);
  open();
  act(() => screen.getByText("elsewhere").focus());
  expect(isOpen()).toBe(false);
  expect(jest.getTimerCount()).toBe(0);
});

test("fits into a low window and scrolls", () => {
  show([call()]);
  jest.spyOn(Element.prototype, "getBoundingClientRect").mockReturnValue({ right: 600, bottom: 52 } as DOMRect);
  open();
  expect(screen.getByRole("dialog").style).toMatchObject({
    top: "60px",
    maxHeight: "calc(100vh - 68px)",
    overflowY: "auto",
  });
  jest.restoreAllMocks();
});

test("says that nothing waits until it is closed, then disappears", () => {
  const { change } = show([call()]);
  open();
  change([]);
  pass(1000);
  expect(screen.getByRole("status")).toHaveTextContent("No requests are waiting.");
  expect(rows()).toEqual([]);
  fireEvent.mouseDown(document.body);
  expect(screen.queryByRole("button", { name: /waiting/ })).toBeNull();
  expect(jest.getTimerCount()).toBe(0);
});

describe("the permission to notify", () => {
  const setPermission = (permission: NotificationPermission) => {
    const requestPermission = jest.fn(async () => permission);
    Object.assign(window, { Notification: { permission, requestPermission } });
    return requestPermission;
  };
  const item = () =>
    screen.queryByRole("button", { name: "Notify me when a customer is waiting and this tab is hidden" });

  test("is asked for only on a click, and only if it was never asked for", () => {
    const request = setPermission("default");
    show([call()]);
    open();
    expect(request).not.toHaveBeenCalled();
    fireEvent.click(item() as HTMLElement);
    expect(request).toHaveBeenCalledTimes(1);
    setPermission("granted");
    pass(1000);
    expect(item()).toBeNull();
  });

  test.each<NotificationPermission>(["granted", "denied"])("is not asked for when it is %s", (permission) => {
    setPermission(permission);
    show([call()]);
    open();
    expect(item()).toBeNull();
  });

  test("is not asked for in a browser without notifications", () => {
    show([call()]);
    open();
    expect(item()).toBeNull();
  });
});

test("leaves no listener and no timer when it is unmounted while open", () => {
  const removed = jest.spyOn(document, "removeEventListener");
  const { unmount } = show([call()]);
  open();
  unmount();
  expect(removed.mock.calls.map(([type]) => type)).toEqual(expect.arrayContaining(["focusin", "mousedown"]));
  expect(jest.getTimerCount()).toBe(0);
});
