import { Throttle, ThrottleEvent } from "../flexThrottle";
import { History } from "../record/history";
import { keepHistory } from "./keptHistory";

const createHistory = () =>
  new History({
    account: "AC1",
    storage: () => localStorage,
    wallClock: () => 0,
    report: (error) => {
      throw error;
    },
  });

let end: () => void = () => undefined;
const open = () => {
  const listeners = new Set<(event: ThrottleEvent) => void>();
  const onEvent: Throttle["onEvent"] = (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const history = createHistory();
  end = keepHistory(history, { onEvent });
  const call = { name: "test", limits: ["POST /channels"] } as const;
  const send = () =>
    listeners.forEach((listener) => listener({ type: "sent", call, limits: call.limits, waitedMs: 0, attempt: 1 }));
  return { history, send };
};
const startsAfterReload = () => {
  const history = createHistory();
  history.write();
  return history.rows.map(({ starts }) => starts);
};
beforeEach(() => {
  localStorage.clear();
  jest.useFakeTimers();
});
afterEach(() => {
  end();
  jest.useRealTimers();
});

test("writes when the page closes, and reads on the next page", () => {
  const { send } = open();
  send();
  expect(startsAfterReload()).toEqual([]);
  window.dispatchEvent(new Event("pagehide"));
  expect(startsAfterReload()).toEqual([1]);
  end();
  expect(open().history.rows).toHaveLength(1);
});

test("writes every minute, because a crash fires no event", () => {
  const { send } = open();
  send();
  jest.advanceTimersByTime(60_000);
  expect(startsAfterReload()).toEqual([1]);
});

test("stops counting and writing when ended", () => {
  const { send } = open();
  end();
  send();
  window.dispatchEvent(new Event("pagehide"));
  jest.advanceTimersByTime(120_000);
  expect(localStorage).toHaveLength(0);
});
