/** Replaces the global timers and clocks by a virtual clock, so that libraries under test run without real waiting. */

import { VirtualClock } from "../testing/virtualClock";

interface Timer {
  cancel(): void;
  ref(): Timer;
  unref(): Timer;
  hasRef(): boolean;
  refresh(): Timer;
}

type Callback = (...args: unknown[]) => void;

/** @returns a function that restores the real timers and clocks. */
export function replaceGlobalTime(clock: VirtualClock): () => void {
  const { setTimeout, clearTimeout, setInterval, clearInterval } = globalThis;
  const dateNow = Date.now;
  const performanceNow = Object.getOwnPropertyDescriptor(performance, "now");

  const startTimeout = (callback: Callback, delayMs = 0, ...args: unknown[]) =>
    newTimer(() => clock.schedule(() => callback(...args), Math.max(1, delayMs)));
  const startInterval = (callback: Callback, everyMs = 0, ...args: unknown[]) =>
    newTimer(() => repeat(clock, () => callback(...args), Math.max(1, everyMs)));
  const clear = (timer: Timer | undefined) => timer?.cancel?.();

  Object.assign(globalThis, {
    setTimeout: startTimeout,
    clearTimeout: clear,
    setInterval: startInterval,
    clearInterval: clear,
  });
  // Some libraries take a time of 0 for "never".
  Date.now = () => Math.floor(1_700_000_000_000 + clock.now());
  Object.defineProperty(performance, "now", { configurable: true, writable: true, value: () => clock.now() });
  return () => {
    Object.assign(globalThis, { setTimeout, clearTimeout, setInterval, clearInterval });
    Date.now = dateNow;
    if (performanceNow) Object.defineProperty(performance, "now", performanceNow);
    else delete (performance as { now?: unknown }).now;
  };
}

/** The part of Node's `Timeout` that libraries use. */
function newTimer(schedule: () => () => void): Timer {
  let cancel = schedule();
  const timer: Timer = {
    cancel: () => cancel(),
    ref: () => timer,
    unref: () => timer,
    hasRef: () => true,
    refresh() {
      cancel();
      cancel = schedule();
      return timer;
    },
  };
  return timer;
}

function repeat(clock: VirtualClock, callback: () => void, everyMs: number): () => void {
  let cancel: () => void;
  const scheduleNext = () => {
    cancel = clock.schedule(() => {
      scheduleNext();
      callback();
    }, everyMs);
  };
  scheduleNext();
  return () => cancel();
}
