/** The machine's timers and clocks, moved by a virtual clock: what a library schedules for later happens as fast as it can. */

import { VirtualClock } from "../testing/virtualClock";

interface Timer {
  cancel(): void;
  ref(): Timer;
  unref(): Timer;
  hasRef(): boolean;
  refresh(): Timer;
}

/** @returns puts everything back. */
export function takeOver(clock: VirtualClock): () => void {
  const { setTimeout, clearTimeout, setInterval, clearInterval } = globalThis;
  const dateNow = Date.now;
  const performanceNow = Object.getOwnPropertyDescriptor(performance, "now");

  const timer = (schedule: () => () => void): Timer => {
    let cancel = schedule();
    const handle: Timer = {
      cancel: () => cancel(),
      ref: () => handle,
      unref: () => handle,
      hasRef: () => true,
      refresh() {
        cancel();
        cancel = schedule();
        return handle;
      },
    };
    return handle;
  };
  const later = (callback: (...args: unknown[]) => void, delayMs = 0, ...args: unknown[]) =>
    timer(() => clock.schedule(() => callback(...args), Math.max(1, delayMs)));
  const repeatedly = (callback: (...args: unknown[]) => void, everyMs = 0, ...args: unknown[]) => {
    let cancel: () => void;
    const next = () => {
      cancel = clock.schedule(
        () => {
          next();
          callback(...args);
        },
        Math.max(1, everyMs),
      );
    };
    return timer(() => {
      next();
      return () => cancel();
    });
  };
  const end = (handle: Timer | undefined) => handle?.cancel?.();

  Object.assign(globalThis, { setTimeout: later, clearTimeout: end, setInterval: repeatedly, clearInterval: end });
  // Libraries take 0 for "never": the day does not begin there.
  Date.now = () => Math.floor(1_700_000_000_000 + clock.now());
  Object.defineProperty(performance, "now", { configurable: true, writable: true, value: () => clock.now() });
  return () => {
    Object.assign(globalThis, { setTimeout, clearTimeout, setInterval, clearInterval });
    Date.now = dateNow;
    if (performanceNow) Object.defineProperty(performance, "now", performanceNow);
    else delete (performance as { now?: unknown }).now;
  };
}
