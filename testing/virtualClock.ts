/** A clock that advances only when a test runs it, as fast as the machine can. */

import { Clock } from "../src/throttle/clock";
import { Heap, NOWHERE } from "../src/throttle/heap";

interface Timer {
  readonly atMs: number;
  readonly sequence: number;
  readonly callback: () => void;
  index: number;
}

export class VirtualClock implements Clock {
  private nowMs = 0;
  private sequence = 0;
  private readonly timers = new Heap<"index", Timer>(
    "index",
    (a, b) => a.atMs < b.atMs || (a.atMs === b.atMs && a.sequence < b.sequence),
  );

  now(): number {
    return this.nowMs;
  }

  schedule(callback: () => void, delayMs: number): () => void {
    const timer = { atMs: this.nowMs + Math.max(0, delayMs), sequence: this.sequence++, callback, index: NOWHERE };
    this.timers.push(timer);
    return () => this.timers.remove(timer);
  }

  sleep(forMs: number): Promise<void> {
    return new Promise((resolve) => this.schedule(resolve, forMs));
  }

  /** Simulates a sleeping machine: time passes and no timer fires. */
  oversleep(forMs: number): void {
    this.nowMs += forMs;
  }

  /** How many timers are pending. */
  get pending(): number {
    return this.timers.size;
  }

  /** Advances the time until no timer is pending, or to `untilMs`. */
  async run(untilMs = Infinity): Promise<void> {
    await flushPromises();
    for (let next = this.timers.peek(); next && next.atMs <= untilMs; next = this.timers.peek()) {
      this.timers.pop();
      this.nowMs = Math.max(this.nowMs, next.atMs);
      next.callback();
      await flushPromises();
    }
    if (untilMs < Infinity) this.nowMs = Math.max(this.nowMs, untilMs);
  }

  /** Advances the time until the promise has settled. @returns its value, or throws its reason. */
  async until<T>(promise: Promise<T>): Promise<T> {
    let isSettled = false;
    const settle = () => void (isSettled = true);
    promise.then(settle, settle);
    await flushPromises();
    for (let next = this.timers.peek(); !isSettled && next; next = this.timers.peek()) await this.run(next.atMs);
    if (!isSettled) throw new Error("never settles: no timer is pending");
    return promise;
  }
}

/** Waits until no promise callback is left. Only then does Node run the `nextTick` callback. */
function flushPromises(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}

/** A seeded random number generator (mulberry32). @returns numbers from 0 (inclusive) to 1 (exclusive). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
