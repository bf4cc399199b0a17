import "@testing-library/jest-dom";
import { act, fireEvent, screen } from "@testing-library/react";

import { useFakeTimers } from "../../../testing/fakeTimers";
import { badge, call, dropped, isOpen, join, open, pass, rows, show } from "../../../testing/waitingCalls";

useFakeTimers();
afterEach(() => {
  delete (window as { Notification?: unknown }).Notification;
});

test("shows the number of waiting calls, and runs no timer while the list is closed", () => {
  const { change } = show([]);
  expect(badge()).toHaveAccessibleName("No requests are waiting.");
  expect(badge().parentElement).toHaveTextContent("");
  change([join("CH1"), call(), call()]);
  expect(badge()).toHaveAccessibleName("Waiting: 1 chat, 2 requests");
  expect(badge().parentElement).toHaveTextContent("3");
  expect(badge()).toHaveAttribute("aria-expanded", "false");
  // React's own timers have ended by then; an interval would remain.
  pass(1000);
  expect(jest.getTimerCount()).toBe(0);
});

test("marks calls that were not sent, until they are dismissed", () => {
  const { change, dispatch } = show([call()], {}, { unread: [dropped(1), dropped(2)] });
  expect(badge()).toHaveAccessibleName("Waiting: 1 request · Not sent: 2");
  expect(badge().parentElement).toHaveTextContent("1");
  change([]);
  expect(badge()).toHaveAccessibleName("No requests are waiting. · Not sent: 2");
  expect(badge().parentElement).toHaveTextContent("!");
  dispatch({ type: "flex-throttle/DROPS_DISMISSED" });
  expect(badge().parentElement).toHaveTextContent("");
});

test("tells the store while the list is open", () => {
  const { state, unmount } = show([call()]);
  open();
  expect(state().isListOpen).toBe(true);
  open();
  expect(state().isListOpen).toBe(false);
  open();
  unmount();
  expect(state().isListOpen).toBe(false);
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

test("says that nothing waits", () => {
  const { change } = show([call()]);
  open();
  change([]);
  pass(1000);
  expect(screen.getByRole("status")).toHaveTextContent("No requests are waiting.");
  expect(rows()).toEqual([]);
  fireEvent.mouseDown(document.body);
  expect(jest.getTimerCount()).toBe(0);
});

describe("the switch for notifications", () => {
  afterEach(() => localStorage.clear());
  const setPermission = (permission: NotificationPermission) => {
    const requestPermission = jest.fn(async () => permission);
    Object.assign(window, { Notification: { permission, requestPermission } });
    return requestPermission;
  };
  const item = () =>
    screen.queryByRole("checkbox", { name: "Notify me when a customer is waiting and this tab is hidden" });
  const click = () => fireEvent.click(item() as HTMLElement);

  test("asks for the permission only on a click, also while nothing waits", () => {
    const request = setPermission("default");
    show([]);
    open();
    expect(request).not.toHaveBeenCalled();
    expect(item()).not.toBeChecked();
    click();
    expect(request).toHaveBeenCalledTimes(1);
    setPermission("granted");
    pass(1000);
    expect(item()).toBeChecked();
  });

  test("switches them off and on", () => {
    const request = setPermission("granted");
    show([]);
    open();
    expect(item()).toBeChecked();
    click();
    expect(item()).not.toBeChecked();
    click();
    expect(item()).toBeChecked();
    expect(request).not.toHaveBeenCalled();
  });

  test("is missing when the browser blocks notifications or has none", () => {
    show([call()]);
    open();
    expect(item()).toBeNull();
    setPermission("denied");
    pass(1000);
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
