/** Renders the badge with the waiting calls, on fake timers, and queries its list. */

import { act, fireEvent, render, screen } from "@testing-library/react";
import React from "react";
import { Provider } from "react-redux";
import { createStore } from "redux";

import { WaitingCalls } from "../src/components/header/WaitingCalls";
import { QueuedCallStatus } from "../src/state/publishedStatus";
import { selectThrottle } from "../src/state/selectors";
import { NAMESPACE, ThrottleState } from "../src/state/slice";
import { servicesOf } from "./services";
import { dropStyles, Themed } from "./themed";

export const LIMIT = "POST /channels";

export const now = () => performance.now();
export const pass = (ms: number) => act(() => void jest.advanceTimersByTime(ms));

let nextId = 0;
export const call = (own: Partial<QueuedCallStatus> = {}): QueuedCallStatus => ({
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
export const join = (chat: string, own: Partial<QueuedCallStatus> = {}) =>
  call({ name: "join", purpose: "join", chat, ...own });

/** Renders the badge with these waiting calls. `reads` counts how often the list reads a customer's name. */
export function show(waiting: readonly QueuedCallStatus[], status: Partial<ThrottleState["status"]> = {}) {
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

export const badge = () => screen.getByRole("button", { name: /waiting/ });
export const open = () => {
  badge().focus();
  fireEvent.click(badge());
};
export const rows = () => screen.queryAllByRole("listitem");
/** The rows' texts, with plain spaces instead of narrow no-break ones. */
export const texts = () => rows().map(({ textContent }) => textContent?.replace(/\u202f/g, " "));
export const press = (key: string) => fireEvent.keyDown(document.activeElement as Element, { key });
export const isOpen = () => screen.queryByRole("dialog") !== null;
