/** Renders the badge with the waiting calls, on fake timers, and queries its list. */

import { act, fireEvent, render, screen } from "@testing-library/react";
import React from "react";
import { Provider } from "react-redux";
import { createStore } from "redux";

import { WaitingCalls } from "../src/components/header/WaitingCalls";
import { QueuedCallStatus } from "../src/state/publishedStatus";
import { selectThrottle } from "../src/state/selectors";
import { NAMESPACE, reduceThrottle, ThrottleAction, ThrottleState, UnreadDrop } from "../src/state/slice";
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

/** A call that was not sent because the queue was full. */
export const dropped = (id: number, own: Partial<UnreadDrop> = {}): UnreadDrop => ({
  id,
  name: "SendSms",
  isJoin: false,
  isAction: true,
  reason: "ThrottleQueueFullError",
  atMs: 1_700_000_000_000,
  ...own,
});

/** Renders the badge with these waiting calls. `reads` counts how often the list reads a customer's name. */
export function show(
  waiting: readonly QueuedCallStatus[],
  status: Partial<ThrottleState["status"]> = {},
  own: Partial<ThrottleState> = {},
) {
  const idle = selectThrottle({});
  const withWaiting = (state: ThrottleState, next: readonly QueuedCallStatus[]) => ({
    ...state,
    status: { ...state.status, ...status, waiting: next },
  });
  const store = createStore(
    (
      state: Record<typeof NAMESPACE, ThrottleState> = { [NAMESPACE]: withWaiting({ ...idle, ...own }, waiting) },
      action: { type: string; waiting?: readonly QueuedCallStatus[] },
    ) => ({
      [NAMESPACE]: action.waiting
        ? withWaiting(state[NAMESPACE], action.waiting)
        : reduceThrottle(state[NAMESPACE], action as ThrottleAction),
    }),
  );
  const change = (next: readonly QueuedCallStatus[]) =>
    act(() => void store.dispatch({ type: "changed", waiting: next }));
  const dispatch = (action: ThrottleAction) => act(() => void store.dispatch(action));
  const cancel = jest.fn(() => true);
  const retryNow = jest.fn();
  const reads = jest.fn((chat: string) => (chat === "CH1" ? "Ada" : undefined));
  const [joinAgain, sendAgain] = [jest.fn(), jest.fn()];
  const { unmount } = render(
    <Provider store={store}>
      <Themed>
        <div>
          <WaitingCalls
            services={servicesOf({ now, cancel, retryNow, joinAgain, sendAgain, dispatch, customerOf: reads })}
          />
          <button>elsewhere</button>
        </div>
      </Themed>
    </Provider>,
  );
  dropStyles();
  const state = () => selectThrottle(store.getState());
  return { change, cancel, retryNow, joinAgain, sendAgain, dispatch, state, reads, unmount };
}

export const badge = () => screen.getByRole("button", { name: /waiting/i });
export const open = () => {
  badge().focus();
  fireEvent.click(badge());
};
export const rows = () => screen.queryAllByRole("listitem");
/** The rows' texts, with plain spaces instead of narrow no-break ones. */
export const texts = () => rows().map(({ textContent }) => textContent?.replace(/\u202f/g, " "));
export const press = (key: string) => fireEvent.keyDown(document.activeElement as Element, { key });
export const isOpen = () => screen.queryByRole("dialog") !== null;
