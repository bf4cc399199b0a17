/** Time and randomness are injected, so that the throttle runs the same on a virtual clock as in a browser. */

export interface Clock {
  /** Monotonic milliseconds. */
  now(): number;
  /** Calls back once, at the earliest after `delayMs`. Returns a function that cancels the timer. */
  schedule(callback: () => void, delayMs: number): () => void;
}

/** Returns a number from 0 (inclusive) to 1 (exclusive), as `Math.random` does. */
export type Random = () => number;
