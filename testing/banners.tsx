/** Renders a banner for a given throttle state, on fake timers. */

import { act, render } from "@testing-library/react";
import React from "react";
import { Provider } from "react-redux";
import { createStore } from "redux";

import { QueuedBanner } from "../src/components/banners/Banner";
import { selectThrottle } from "../src/state/selectors";
import { NAMESPACE, ThrottleState } from "../src/state/slice";
import { servicesOf } from "./services";

export const LIMIT = "POST /channels";

export type Status = Partial<ThrottleState["status"]>;

export const now = () => performance.now();
/** Replaces the narrow no-break space before units with a plain one. */
const plain = (text: string | null) => (text ?? "").replace(/\u202f/g, " ");
const IDLE = selectThrottle({});

/** A store with the throttle's state. */
function storeOf(state: Partial<Omit<ThrottleState, "status">> & { status?: Status }) {
  const whole = (next: typeof state) => ({ ...IDLE, ...next, status: { ...IDLE.status, ...next.status } });
  const store = createStore((current = { [NAMESPACE]: whole(state) }, action: { type: string; next?: typeof state }) =>
    action.next ? { [NAMESPACE]: whole(action.next) } : current,
  );
  return { store, change: (next: typeof state) => act(() => void store.dispatch({ type: "next", next })) };
}

export function showBanner(
  Banner: typeof QueuedBanner,
  state: Parameters<typeof storeOf>[0],
  own: Parameters<typeof servicesOf>[0] = {},
) {
  const { store, change } = storeOf(state);
  const services = servicesOf({ now, ...own });
  const { container, unmount } = render(
    <Provider store={store}>
      <Banner services={services} />
    </Provider>,
  );
  const text = () => plain(container.textContent);
  const announced = () => services.announcer.texts().map((each) => plain(each.text));
  return { change, unmount, text, announced };
}

export const call = {
  id: 1,
  name: LIMIT,
  purpose: "other" as const,
  limits: [LIMIT] as const,
  waitingSinceMs: 0,
  startMs: 0,
  throttledCount: 0,
  expiresAtMs: Infinity,
  proceedsWithoutPermit: false,
};

/** Queued calls. The first join and the first other call are sent in `nextMs`, the rest in `lastMs`. */
export const waiting = (joins: number, calls = 0, nextMs = 3000, lastMs = nextMs) =>
  [...Array(joins).fill("join"), ...Array(calls).fill("other")].map((purpose: "join" | "other", n) => ({
    ...call,
    purpose,
    startMs: now() + (n === 0 || n === joins ? nextMs : lastMs),
  }));

export const pass = (ms: number) => act(() => void jest.advanceTimersByTime(ms));

/** A throttled call that waits for its retry. */
export const throttled = (purpose: "join" | "other", limit: typeof LIMIT | "GET /FlexFlows" = LIMIT) => ({
  ...call,
  purpose,
  limits: [limit] as const,
  throttledCount: 1,
});
