/**
 * Who waits, and in which order: first come, first served within a priority, for each limit.
 *
 * Calls on the same limits stand in one lane. A call may go when nobody who shares a limit with it stands before it;
 * so one that needs two limits is not overtaken for ever by those that need one.
 */

import { Heap, NOWHERE } from "./heap";

/** `high`: a customer waits. `normal`: an agent clicked. `low`: in bulk. */
export type Priority = "high" | "normal" | "low";

/**
 * A waiting call stands where it would if it had come so much later. As the clock goes on for everyone, that is also
 * the ageing: what has waited longer by this goes first, so nobody starves.
 */
const HEAD_START_MS: Record<Priority, number> = { high: 0, normal: 10_000, low: 30_000 };

/**
 * Who has less time left than this stands where it would if it had come so much earlier: of those whose reservations
 * run out, the earliest goes first. Longer than most reservations last.
 */
const DEADLINE_LEAD_MS = 60_000;

/** A place in line; kept when a call is retried. */
export interface QueueOrder {
  /** Smaller goes first. */
  readonly order: number;
  /** Breaks ties: first come, first served. */
  readonly sequence: number;
  /** When the call is given up, on the throttle's clock. */
  readonly expiresAtMs: number;
}

/** What waits. Its last three fields are the queue's own: how it finds its way back to a waiter without a list of them. */
export interface Waiter {
  readonly limits: readonly string[];
  readonly position: QueueOrder;
  /** Slots that it waits for to open: it has a lane to itself, so that nobody behind it is held up by that. */
  readonly heldSlots?: unknown;
  lane: Lane | undefined;
  indexInLane: number;
  indexInExpiry: number;
}

/** @param deadlineMs when the reason for the call is gone (its reservation times out), on the throttle's clock. */
export function computeOrder(priority: Priority, nowMs: number, deadlineMs = Infinity): number {
  return Math.min(nowMs + HEAD_START_MS[priority], deadlineMs - DEADLINE_LEAD_MS);
}

const isBefore = (a: QueueOrder, b: QueueOrder) =>
  a.order < b.order || (a.order === b.order && a.sequence < b.sequence);
const goesBefore = (a: Waiter, b: Waiter) => isBefore(a.position, b.position);
const inLine = (a: Waiter, b: Waiter) => (goesBefore(a, b) ? -1 : 1);

/** Those who wait for the same limits. */
export interface Lane {
  readonly name: string;
  readonly limits: readonly string[];
  readonly waiters: Heap<"indexInLane", Waiter>;
  /** Nobody here has ever stood behind it. */
  last: QueueOrder;
}

export class CallQueue<W extends Waiter> {
  private readonly lanes = new Map<string, Lane>();
  private readonly expiry = new Heap<"indexInExpiry", W>(
    "indexInExpiry",
    (a, b) => a.position.expiresAtMs < b.position.expiresAtMs,
  );
  private readonly waitingOn = new Map<string, number>();
  private count = 0;

  /** @param onDemand is called with the number of calls that wait for a limit when it changes. */
  constructor(private readonly onDemand: (limit: string, waiting: number) => void = () => undefined) {}

  get size(): number {
    return this.count;
  }

  add(waiter: W): void {
    const lane = this.laneOf(waiter);
    if (isBefore(lane.last, waiter.position)) lane.last = waiter.position;
    waiter.lane = lane;
    waiter.indexInLane = NOWHERE;
    waiter.indexInExpiry = NOWHERE;
    lane.waiters.push(waiter);
    if (waiter.position.expiresAtMs < Infinity) this.expiry.push(waiter);
    this.count += 1;
    this.changeDemand(waiter.limits, 1);
  }

  /** Whether nobody on the same limits stands before it. */
  isFirst(waiter: W): boolean {
    return waiter.indexInLane === 0;
  }

  /** Does nothing for one that does not wait any more. */
  remove(waiter: W): void {
    const { lane } = waiter;
    if (!lane) return;
    lane.waiters.remove(waiter);
    if (lane.waiters.size === 0) this.lanes.delete(lane.name);
    this.expiry.remove(waiter);
    waiter.lane = undefined;
    this.count -= 1;
    this.changeDemand(waiter.limits, -1);
  }

  /** The earliest time at which somebody's patience ends; `Infinity` when nobody's does. */
  get nextExpiryMs(): number {
    return this.expiry.peek()?.position.expiresAtMs ?? Infinity;
  }

  /** @returns those whose patience has ended, in the order of their places. */
  takeExpired(nowMs: number): W[] {
    const expired: W[] = [];
    for (let first = this.expiry.peek(); first && first.position.expiresAtMs <= nowMs; first = this.expiry.peek()) {
      this.remove(first);
      expired.push(first);
    }
    return expired.sort(inLine);
  }

  /**
   * Goes through those that stand first in their lanes, in order.
   *
   * @param waitMs how long it must wait yet, 0 when it may go.
   * @param go is called for each that may go; it has left the queue by then.
   * @returns milliseconds until the next may go; `Infinity` when nobody waits for time.
   */
  admit(waitMs: (waiter: W) => number, go: (waiter: W) => void): number {
    let nextMs = Infinity;
    const taken = new Set<string>();
    const closed = new Set<Lane>();
    for (;;) {
      const lane = this.firstLane(closed);
      if (!lane) return nextMs;
      const behindSomeone = lane.limits.some((limit) => taken.has(limit));
      const waiter = lane.waiters.peek() as W;
      const wait = behindSomeone ? Infinity : waitMs(waiter);
      if (wait > 0) {
        nextMs = Math.min(nextMs, wait);
        lane.limits.forEach((limit) => taken.add(limit));
        closed.add(lane);
        continue;
      }
      this.remove(waiter);
      go(waiter);
    }
  }

  /** Whether somebody waits who shares a limit: a newcomer then has to queue up. */
  hasWaitersOn(limits: readonly string[]): boolean {
    for (const lane of this.lanes.values()) {
      if (lane.limits.some((limit) => limits.includes(limit))) return true;
    }
    return false;
  }

  countOn(limit: string): number {
    return this.waitingOn.get(limit) ?? 0;
  }

  /**
   * How many stand before this place on a limit, for who is told why its call was not sent. Behind everyone, as a newcomer
   * mostly is, that is the size of the lane; else it looks at each of them, and at none behind.
   */
  countAhead(place: QueueOrder, limit: string): number {
    let count = 0;
    for (const { limits, waiters, last } of this.lanes.values()) {
      if (limits.includes(limit))
        count += isBefore(last, place) ? waiters.size : waiters.count((waiter) => isBefore(waiter.position, place));
    }
    return count;
  }

  /** Everyone, those who go first at the front. For the screen and for switching off, not for every call. */
  inOrder(): W[] {
    const waiters = Array.from(this.lanes.values()).flatMap((lane) => lane.waiters.values() as readonly W[]);
    return waiters.sort(inLine);
  }

  private changeDemand(limits: readonly string[], by: number): void {
    for (const limit of limits) {
      const waiting = this.countOn(limit) + by;
      this.waitingOn.set(limit, waiting);
      this.onDemand(limit, waiting);
    }
  }

  private firstLane(closed: ReadonlySet<Lane>): Lane | undefined {
    let first: Lane | undefined;
    let firstWaiter: Waiter | undefined;
    for (const lane of this.lanes.values()) {
      if (closed.has(lane)) continue;
      const waiter = lane.waiters.peek() as Waiter;
      if (!firstWaiter || goesBefore(waiter, firstWaiter)) {
        first = lane;
        firstWaiter = waiter;
      }
    }
    return first;
  }

  private laneOf({ limits, position, heldSlots }: W): Lane {
    const name = heldSlots
      ? String(position.sequence)
      : limits.length === 1
        ? limits[0]
        : limits.slice().sort().join("\n");
    let lane = this.lanes.get(name);
    if (!lane) {
      lane = { name, limits: limits.slice(), waiters: new Heap("indexInLane", goesBefore), last: position };
      this.lanes.set(name, lane);
    }
    return lane;
  }
}
