/**
 * Who waits, and in which order: first come, first served within a priority, for each limit.
 *
 * Calls on the same limits stand in one lane. A call may go when nobody who shares a limit with it stands before it;
 * so one that needs two limits is not overtaken for ever by those that need one.
 */

import { RateLimitId } from "../limits/limits";
import { Heap, HeapNode } from "./heap";

/** `high`: a customer waits. `normal`: an agent clicked. `low`: in bulk. */
export type Priority = "high" | "normal" | "low";

/**
 * A waiting call stands where it would if it had come so much later. As the clock goes on for everyone, that is also
 * the ageing: what has waited longer by this goes first, so nobody starves.
 */
const HEAD_START_MS: Record<Priority, number> = { high: 0, normal: 10_000, low: 30_000 };

/** Someone whose time runs out is served as if urgent so much ahead of it. */
const DEADLINE_LEAD_MS = 10_000;

export interface Waiter {
  readonly limits: readonly RateLimitId[];
  /** Where it stands; kept when it is retried. Smaller goes first. */
  readonly order: number;
  /** Breaks ties: first come, first served. */
  readonly sequence: number;
  /** When it is given up, on the throttle's clock. */
  readonly expiresAtMs: number;
}

/** @param deadlineMs when the reason for the call is gone (its reservation times out), on the throttle's clock. */
export function orderOf(priority: Priority, nowMs: number, deadlineMs = Infinity): number {
  return Math.min(nowMs + HEAD_START_MS[priority], deadlineMs - DEADLINE_LEAD_MS);
}

const goesBefore = (a: Waiter, b: Waiter) => a.order < b.order || (a.order === b.order && a.sequence < b.sequence);

interface Lane<W extends Waiter> {
  readonly limits: readonly RateLimitId[];
  readonly waiters: Heap<W>;
}

interface Place<W extends Waiter> {
  readonly lane: Lane<W>;
  readonly inLane: HeapNode<W>;
  readonly inExpiry: HeapNode<W> | undefined;
}

export class CallQueue<W extends Waiter> {
  private readonly lanes = new Map<string, Lane<W>>();
  private readonly expiry = new Heap<W>((a, b) => a.expiresAtMs < b.expiresAtMs);
  private readonly places = new Map<W, Place<W>>();

  get size(): number {
    return this.places.size;
  }

  has(waiter: W): boolean {
    return this.places.has(waiter);
  }

  add(waiter: W): void {
    const lane = this.laneOf(waiter.limits);
    this.places.set(waiter, {
      lane,
      inLane: lane.waiters.push(waiter),
      inExpiry: waiter.expiresAtMs < Infinity ? this.expiry.push(waiter) : undefined,
    });
  }

  remove(waiter: W): void {
    const place = this.places.get(waiter);
    if (!place) return;
    this.places.delete(waiter);
    place.lane.waiters.remove(place.inLane);
    if (place.inExpiry) this.expiry.remove(place.inExpiry);
  }

  /** The earliest time at which somebody's patience ends; `Infinity` when nobody's does. */
  get nextExpiryMs(): number {
    return this.expiry.peek()?.expiresAtMs ?? Infinity;
  }

  takeExpired(nowMs: number): W[] {
    const expired: W[] = [];
    for (let first = this.expiry.peek(); first && first.expiresAtMs <= nowMs; first = this.expiry.peek()) {
      this.remove(first);
      expired.push(first);
    }
    return expired;
  }

  /**
   * Goes through those that stand first in their lanes, in order.
   *
   * @param waitMs how long a call on these limits must wait yet, 0 when it may go.
   * @param go is called for each that may go; it has left the queue by then.
   * @returns milliseconds until the next may go; `Infinity` when nobody waits for time.
   */
  admit(waitMs: (limits: readonly RateLimitId[]) => number, go: (waiter: W) => void): number {
    let nextMs = Infinity;
    const taken = new Set<RateLimitId>();
    const closed = new Set<Lane<W>>();
    for (;;) {
      const lane = this.firstLane(closed);
      if (!lane) return nextMs;
      const behindSomeone = lane.limits.some((limit) => taken.has(limit));
      const wait = behindSomeone ? Infinity : waitMs(lane.limits);
      if (wait > 0) {
        nextMs = Math.min(nextMs, wait);
        lane.limits.forEach((limit) => taken.add(limit));
        closed.add(lane);
        continue;
      }
      const waiter = lane.waiters.peek() as W;
      this.remove(waiter);
      go(waiter);
    }
  }

  /** Whether somebody waits who shares a limit: a newcomer then has to queue up. */
  hasWaitersOn(limits: readonly RateLimitId[]): boolean {
    for (const lane of this.lanes.values()) {
      if (lane.waiters.size > 0 && lane.limits.some((limit) => limits.includes(limit))) return true;
    }
    return false;
  }

  countOn(limit: RateLimitId): number {
    let count = 0;
    for (const lane of this.lanes.values()) if (lane.limits.includes(limit)) count += lane.waiters.size;
    return count;
  }

  /** Everyone, those who go first at the front. For the screen and for switching off, not for every call. */
  inOrder(): W[] {
    return Array.from(this.places.keys()).sort((a, b) => (goesBefore(a, b) ? -1 : 1));
  }

  private firstLane(closed: ReadonlySet<Lane<W>>): Lane<W> | undefined {
    let first: Lane<W> | undefined;
    let firstWaiter: W | undefined;
    for (const lane of this.lanes.values()) {
      const waiter = lane.waiters.peek();
      if (!waiter || closed.has(lane)) continue;
      if (!firstWaiter || goesBefore(waiter, firstWaiter)) {
        first = lane;
        firstWaiter = waiter;
      }
    }
    return first;
  }

  private laneOf(limits: readonly RateLimitId[]): Lane<W> {
    const name = limits.slice().sort().join("\n");
    let lane = this.lanes.get(name);
    if (!lane) {
      lane = { limits: limits.slice(), waiters: new Heap<W>(goesBefore) };
      this.lanes.set(name, lane);
    }
    return lane;
  }
}
