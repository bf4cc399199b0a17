/** Time that goes on only when it is told to, as fast as the machine can. */

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

  /** The machine sleeps: time goes on, and no timer rings. */
  oversleep(forMs: number): void {
    this.nowMs += forMs;
  }

  /** How many callbacks are still to come. */
  get pending(): number {
    return this.timers.size;
  }

  /** Lets time go on until nothing is to come any more, or until then. */
  async run(untilMs = Infinity): Promise<void> {
    await promises();
    for (let next = this.timers.peek(); next && next.atMs <= untilMs; next = this.timers.peek()) {
      this.timers.pop();
      this.nowMs = Math.max(this.nowMs, next.atMs);
      next.callback();
      await promises();
    }
    if (untilMs < Infinity) this.nowMs = Math.max(this.nowMs, untilMs);
  }

  /** Until the promise has settled. @returns its value, or throws its reason. */
  async until<T>(promise: Promise<T>): Promise<T> {
    let isSettled = false;
    const settle = () => void (isSettled = true);
    promise.then(settle, settle);
    await promises();
    for (let next = this.timers.peek(); !isSettled && next; next = this.timers.peek()) await this.run(next.atMs);
    if (!isSettled) throw new Error("never settles: nothing is to come any more");
    return promise;
  }
}

/** Lets every promise that can go on do so: Node turns to these only when none is left. */
function promises(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}

/** Chance that is the same for each seed (mulberry32). @returns numbers from 0 up to, but not including, 1. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
