import "@testing-library/jest-dom";
import { act, fireEvent, render, screen, within } from "@testing-library/react";
import React from "react";
import { Provider } from "react-redux";
import { createStore } from "redux";

import { selectThrottle } from "../../state/selectors";
import { NAMESPACE, ThrottleState } from "../../state/slice";
import { servicesOf } from "../../../testing/services";
import { dropStyles, Themed } from "../../../testing/themed";
import { QueuedCallStatus } from "../../state/publishedStatus";
import { WaitingCalls } from "./WaitingCalls";

const LIMIT = "POST /channels";

beforeEach(() => void jest.useFakeTimers("modern"));
afterEach(() => {
  jest.useRealTimers();
  delete (window as { Notification?: unknown }).Notification;
});

const now = () => performance.now();
const pass = (ms: number) => act(() => void jest.advanceTimersByTime(ms));

let nextId = 0;
const call = (own: Partial<QueuedCallStatus> = {}): QueuedCallStatus => ({
  id: (nextId += 1),
  name: "SendSms",
  purpose: "other",
  limits: [LIMIT],
  waitingSinceMs: now(),
  startMs: now() + 3000,
  throttledCount: 0,
  expiresAtMs: Infinity,
  proceedsWithoutPermit: false,
  ...own,
});
const join = (chat: string, own: Partial<QueuedCallStatus> = {}) =>
  call({ name: "join", purpose: "join", chat, ...own });

function show(waiting: readonly QueuedCallStatus[], status: Partial<ThrottleState["status"]> = {}) {
  const idle = selectThrottle({});
  const stateOf = (next: readonly QueuedCallStatus[]) => ({
    [NAMESPACE]: { ...idle, status: { ...idle.status, ...status, waiting: next } },
  });
  const store = createStore(
    (state = stateOf(waiting), action: { type: string; waiting?: readonly QueuedCallStatus[] }) =>
      action.waiting ? stateOf(action.waiting) : state,
  );
  const change = (next: readonly QueuedCallStatus[]) =>
    act(() => void store.dispatch({ type: "changed", waiting: next }));
  const cancel = jest.fn(() => true);
  const retryNow = jest.fn();
  const reads = jest.fn((chat: string) => (chat === "CH1" ? "Ada" : undefined));
  const { unmount } = render(
    <Provider store={store}>
      <Themed>
        <div>
          <WaitingCalls services={servicesOf({ now, cancel, retryNow, customerOf: reads })} />
          <button>elsewhere</button>
        </div>
      </Themed>
    </Provider>,
  );
  dropStyles();
  return { change, cancel, retryNow, reads, unmount };
}

const badge = () => screen.getByRole("button", { name: /waiting/ });
const open = () => {
  badge().focus();
  fireEvent.click(badge());
};
const rows = () => screen.queryAllByRole("listitem");
/** Units follow a narrow no-break space; here they are quoted with a plain one. */
const texts = () => rows().map(({ textContent }) => textContent?.replace(/\u202f/g, " "));
const press = (key: string) => fireEvent.keyDown(document.activeElement as Element, { key });
const isOpen = () => screen.queryByRole("dialog") !== null;

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

test("lists the calls by turn, with position, name, reason and wait", () => {
  const cooling = { "GET /FlexFlows": now() + 8000 };
  show(
    [
      join("CH1", { startMs: now() + 1200 }),
      join("CH2"),
      call(),
      call({ name: "GET /FlexFlows", limits: ["GET /FlexFlows"], startMs: now() + 8000 }),
    ],
    { coolDownUntilMs: cooling },
  );
  open();
  expect(texts()).toEqual([
    "1.Join chat with AdaWaiting for its turn (about 2 s)",
    "2.Join chat with a customerWaiting for its turn (about 3 s)",
    "3.SendSmsWaiting for its turn (about 3 s)Cancel",
    "4.Reading Flex FlowsLimited by Twilio (about 8 s)Cancel",
  ]);
});

test("sorts by the time of sending, not by arrival", () => {
  show([call({ startMs: now() + 9000 }), call({ name: "Call", startMs: now() + 8000 })]);
  open();
  expect(texts()).toEqual([
    "1.CallWaiting for its turn (about 8 s)Cancel",
    "2.SendSmsWaiting for its turn (about 9 s)Cancel",
  ]);
});

test("shows when an expiring call is canceled, but not for an accept, which proceeds without a permit", () => {
  const expiring = { startMs: now() + 120_000, expiresAtMs: now() + 60_000 };
  show([call(expiring), call({ ...expiring, name: "AcceptTask", proceedsWithoutPermit: true })]);
  open();
  expect(texts()).toEqual([
    "1.SendSmsWill be canceled in 60 s if not sent by then.Cancel",
    "2.AcceptTaskWaiting for its turn (about 120 s)",
  ]);
});

test("offers to retry now during a cool-down", () => {
  const { change, retryNow } = show([call()], { coolDownUntilMs: { [LIMIT]: now() + 8000 } });
  open();
  fireEvent.click(screen.getByRole("button", { name: "Retry now" }));
  expect(retryNow).toHaveBeenCalledTimes(1);
  change([]);
  pass(1000);
  expect(screen.queryByRole("button", { name: "Retry now" })).toBeNull();
});

test("shows a call again that was sent before it could be canceled and came back as a retry", () => {
  const one = call({ name: "A" });
  const { change, cancel } = show([one]);
  open();
  cancel.mockReturnValue(false);
  fireEvent.click(screen.getByRole("button", { name: "Cancel: A" }));
  change([{ ...one, throttledCount: 1 }]);
  pass(1000);
  expect(rows()).toHaveLength(1);
});

test("renders four times a second, however often the state changes", () => {
  const first = join("CH1", { startMs: now() + 5000 });
  const { change, reads } = show([first]);
  open();
  const before = reads.mock.calls.length;
  for (let n = 0; n < 24; n += 1) {
    pass(10);
    change([first]);
  }
  expect(reads.mock.calls.length).toBe(before);
  pass(10);
  expect(reads.mock.calls.length).toBe(before + 1);
  pass(750);
  expect(texts()).toEqual(["1.Join chat with AdaWaiting for its turn (about 4 s)"]);
});

test("shows the first 50 of 500 calls, and the number of the rest", () => {
  show(Array.from({ length: 500 }, () => call()));
  open();
  expect(rows()).toHaveLength(50);
  expect(screen.getByText("and 450 more")).toBeInTheDocument();
  expect(screen.getByText("500 requests to Twilio are waiting")).toBeInTheDocument();
});

test("cancels calls that no customer waits for, hides them at once, and focuses the next row", () => {
  const calls = [join("CH1"), call({ proceedsWithoutPermit: true }), call({ name: "A" }), call({ name: "B" })];
  const { cancel } = show(calls);
  open();
  const buttons = screen.getAllByRole("button", { name: /^Cancel/ });
  expect(buttons.map((button) => button.getAttribute("aria-label"))).toEqual(["Cancel: A", "Cancel: B"]);
  buttons[0].focus();
  fireEvent.click(buttons[0]);
  expect(cancel.mock.calls).toEqual([[calls[2].id]]);
  expect(rows()).toHaveLength(3);
  expect(document.activeElement).toHaveTextContent("3.B");
  within(document.activeElement as HTMLElement)
    .getByRole("button")
    .focus();
  fireEvent.click(document.activeElement as Element);
  expect(document.activeElement).toBe(rows()[1]);
});

test("focuses the badge and says that nothing waits after the last call was canceled", () => {
  const { change } = show([call({ name: "A" })]);
  open();
  const button = screen.getByRole("button", { name: "Cancel: A" });
  button.focus();
  fireEvent.click(button);
  change([]);
  expect(document.activeElement).toBe(badge());
  expect(screen.getByRole("status")).toHaveTextContent("No requests are waiting.");
});

test("moves the focus to the next row when the focused call is sent", () => {
  const [first, second] = [join("CH1"), join("CH2")];
  const { change } = show([first, second]);
  open();
  press("ArrowDown");
  expect(document.activeElement).toBe(rows()[0]);
  change([second]);
  pass(1000);
  expect(rows()).toHaveLength(1);
  expect(document.activeElement).toBe(rows()[0]);
});

test("moves through the list with the arrow keys, Home and End; Escape closes it and focuses the badge", () => {
  show([join("CH1"), join("CH2"), call()]);
  open();
  expect(document.activeElement).toBe(badge());
  const at = () => rows().indexOf(document.activeElement as HTMLElement);
  const visited = ["ArrowDown", "ArrowDown", "End", "ArrowDown", "ArrowUp", "Home", "ArrowUp"].map((key) => {
    press(key);
    return at();
  });
  expect(visited).toEqual([0, 1, 2, 2, 1, 0, 0]);
  expect(rows().map(({ tabIndex }) => tabIndex)).toEqual([0, -1, -1]);
  press("Escape");
  expect(isOpen()).toBe(false);
  expect(document.activeElement).toBe(badge());
  expect(badge()).toHaveAttribute("aria-expanded", "false");
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

test("shows a retry in progress as being sent", () => {
  show([], { retrying: 1 });
  open();
  expect(screen.getByRole("dialog")).toHaveTextContent("Sending now.");
  expect(screen.getByRole("status")).toBeEmptyDOMElement();
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
