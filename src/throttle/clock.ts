/** Time and chance, handed in, so that the throttle runs the same on a virtual clock as in a browser. */

export interface Clock {
  /** Monotonic milliseconds. */
  now(): number;
  /** Calls back once, not before `delayMs` have passed; returns what cancels it. */
  schedule(callback: () => void, delayMs: number): () => void;
}

/** @returns a number from 0 up to, but not including, 1. */
export type Random = () => number;
