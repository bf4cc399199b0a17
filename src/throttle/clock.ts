/** Time and randomness are injected, so that the throttle runs the same on a virtual clock as in a browser. */

export interface Clock {
  /** Monotonic milliseconds. */
  now(): number;
  /** Calls back once, at the earliest after `delayMs`. Returns a function that cancels the timer. */
  schedule(callback: () => void, delayMs: number): () => void;
}

/** Returns a number from 0 (inclusive) to 1 (exclusive), as `Math.random` does. */
export type Random = () => number;

/** Rejects in a later task. A caller that tries again at once would otherwise never let the browser do anything else. */
export function rejectLater(clock: Pick<Clock, "schedule">, error: unknown): Promise<never> {
  return new Promise((_, reject) => void clock.schedule(() => reject(error), 0));
}

/** @param promise never rejects. @returns `undefined` if it takes longer. */
export function waitAtMost<T>(
  clock: Pick<Clock, "schedule">,
  maxMs: number,
  promise: Promise<T>,
): Promise<T | undefined> {
  return new Promise((resolve) => {
    const cancel = clock.schedule(() => resolve(undefined), maxMs);
    void promise.then((value) => {
      cancel();
      resolve(value);
    });
  });
}
