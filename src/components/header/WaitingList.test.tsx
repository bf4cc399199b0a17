import "@testing-library/jest-dom";
import { fireEvent, screen, within } from "@testing-library/react";

import { useFakeTimers } from "../../../testing/fakeTimers";
import { call, dropped, join, LIMIT, now, open, pass, rows, show, texts } from "../../../testing/waitingCalls";

useFakeTimers();

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
    "1.Join chat with AdaWaiting for its turn (about 2 s)Cancel",
    "2.Join chat with a customerWaiting for its turn (about 3 s)Cancel",
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
    "2.AcceptTaskWaiting for its turn (about 2 min)",
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
  expect(texts()).toEqual(["1.Join chat with AdaWaiting for its turn (about 4 s)Cancel"]);
});

test("shows the first 50 of 500 calls, and the number of the rest", () => {
  show(Array.from({ length: 500 }, () => call()));
  open();
  expect(rows()).toHaveLength(50);
  expect(screen.getByText("and 450 more")).toBeInTheDocument();
  expect(screen.getByText("Waiting: 500 requests")).toBeInTheDocument();
});

test("cancels calls except accepts, hides them at once, and focuses the next row", () => {
  const calls = [join("CH1"), call({ proceedsWithoutPermit: true }), call({ name: "A" }), call({ name: "B" })];
  const { cancel } = show(calls);
  open();
  const buttons = screen.getAllByRole("button", { name: /^Cancel/ });
  expect(buttons.map((button) => button.getAttribute("aria-label"))).toEqual([
    "Cancel: Join chat with Ada",
    "Cancel: A",
    "Cancel: B",
  ]);
  buttons[1].focus();
  fireEvent.click(buttons[1]);
  expect(cancel.mock.calls).toEqual([[calls[2].id]]);
  expect(rows()).toHaveLength(3);
  expect(document.activeElement).toHaveTextContent("3.B");
  within(document.activeElement as HTMLElement)
    .getByRole("button")
    .focus();
  fireEvent.click(document.activeElement as Element);
  expect(document.activeElement).toBe(rows()[1]);
});

test("shows what waits longest, the next attempt and what to do once Twilio has limited a call for 30 seconds", () => {
  const waitingSinceMs = now();
  const calls = [
    join("CH2", { waitingSinceMs: waitingSinceMs + 2000, startMs: now() + 90_000 }),
    join("CH1", { waitingSinceMs, startMs: now() + 90_000, throttledCount: 6 }),
    call({ waitingSinceMs: 0, startMs: now() + 90_000 }),
  ];
  show(calls, { coolDownUntilMs: { [LIMIT]: now() + 90_000 } });
  open();
  pass(29_500);
  expect(screen.queryByText(/Waiting longest/)).toBeNull();
  pass(1000);
  expect(screen.getByText(/Waiting longest/)).toHaveTextContent(
    "Waiting longest: Join chat with Ada, 31 s. Attempt 7 in 60 s. Nothing is lost. " +
      "You can keep working. Tell your supervisor if this goes on.",
  );
});

describe("calls that were not sent", () => {
  const sections = () => screen.getAllByRole("list").map((list) => list.getAttribute("aria-label"));

  test("stay, the latest first, until they are dismissed", () => {
    const { state } = show([], {}, { unread: [dropped(1), dropped(2, { name: "Call" }), dropped(3)] });
    open();
    expect(sections()).toEqual(["Not sent: 3"]);
    expect(rows()).toHaveLength(3);
    expect(rows()[1]).toHaveTextContent(/^Call: not sent because too many requests are waiting.*At .*Dismiss$/);
    const dismiss = within(rows()[1]).getByRole("button", { name: "Dismiss" });
    expect(dismiss).toHaveAccessibleDescription(expect.stringContaining("Call: not sent"));
    dismiss.focus();
    fireEvent.click(dismiss);
    pass(250);
    expect(state().unread.map(({ id }) => id)).toEqual([1, 3]);
    expect(document.activeElement).toBe(rows()[1]);
    fireEvent.click(screen.getByRole("button", { name: "Dismiss all" }));
    pass(250);
    expect(screen.queryByRole("list")).toBeNull();
  });

  test("count down to when the limit has room again", () => {
    const drop = dropped(1, { reason: "ThrottleRejectedError", atMs: Date.now(), waitMs: 90_000 });
    show([], {}, { unread: [drop] });
    open();
    expect(rows()[0]).toHaveTextContent(/Try again in 90\ss\./);
    pass(60_000);
    expect(rows()[0]).toHaveTextContent(/Try again in 30\ss\./);
    pass(3_600_000);
    expect(rows()[0]).toHaveTextContent(/Try again in 1\ss\./);
  });

  test("can be made again where that is possible", () => {
    const unread = [dropped(1), dropped(2, { repeatId: 7 })];
    const { sendAgain, state } = show([], {}, { unread });
    open();
    expect(screen.getAllByRole("button", { name: "Try again" })).toHaveLength(1);
    fireEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(sendAgain.mock.calls).toEqual([[7]]);
    expect(state().unread.map(({ id }) => id)).toEqual([1]);
  });

  test("include joins, which can be made again until the agent is in the chat", () => {
    const { dispatch, joinAgain } = show([]);
    dispatch({ type: "flex-throttle/JOIN_FAILED", chat: "CH1" });
    open();
    expect(rows()[0]).toHaveTextContent(/^You are not in the chat with Ada\.Join nowDismiss$/);
    fireEvent.click(screen.getByRole("button", { name: "Join now" }));
    expect(joinAgain.mock.calls).toEqual([["CH1"]]);
    dispatch({ type: "flex-throttle/JOIN_STARTED", chat: "CH1" });
    pass(250);
    expect(rows()).toEqual([]);
  });
});

test("shows a retry in progress as being sent", () => {
  show([], { retrying: 1 });
  open();
  expect(screen.getByRole("dialog")).toHaveTextContent("Sending now.");
  expect(screen.getByRole("status")).toBeEmptyDOMElement();
});
