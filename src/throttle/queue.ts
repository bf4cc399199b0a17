/**
 * The queued calls and their order: first come, first served within a priority, for each limit.
 *
 * Calls on the same limits share a lane. A call may be sent when no call ahead of it shares a limit with it. So a call
 * on two limits cannot be overtaken forever by calls on one.
 */

import { Heap, NOWHERE } from "./heap";

/** `join`: a customer was promised an agent. `high`: a customer is waiting. `normal`: an agent clicked. `low`: bulk work. */
export type Priority = "join" | "high" | "normal" | "low";

/**
 * A call is queued as if it had arrived this much later. This also prevents starvation: a call that has waited this
 * much longer goes first, whatever its priority.
 */
const PRIORITY_DELAY_MS: Record<Priority, number> = { join: 0, high: 0, normal: 10_000, low: 30_000 };

/**
 * A call is queued as if it had arrived this long before its deadline, if that is earlier: the reservation that ends
 * first goes first. Longer than most reservations last.
 */
const DEADLINE_ADVANCE_MS = 60_000;

/** Joins go before all calls that arrived up to this much earlier, so that unused permits cannot delay them. */
const JOIN_ADVANCE_MS = 60_000;

/** What orders a call in the queue. A retry keeps it. */
export interface QueueOrder {
  /** Smaller goes first. */
  readonly order: number;
  /** Breaks ties: first come, first served. */
  readonly sequence: number;
  /** When the call expires, on the throttle's clock. */
  readonly expiresAtMs: number;
}

/** An item of the queue. The queue maintains the last three fields to find the item's places without a search. */
export interface Waiter {
  readonly limits: readonly string[];
  readonly position: QueueOrder;
  /** Leased slots that may not be usable yet. Such a waiter gets its own lane, so that it does not block others. */
  readonly heldSlots?: unknown;
  /** Whether a customer waits for the call, or it is repeated after a 429. Constant while it is queued. */
  readonly isUrgent?: boolean;
  lane: Lane | undefined;
  indexInLane: number;
  indexInExpiry: number;
}

/** @param deadlineMs when the call becomes pointless (its reservation times out), on the throttle's clock. */
export function computeOrder(priority: Priority, nowMs: number, deadlineMs = Infinity): number {
  const order = Math.min(nowMs + PRIORITY_DELAY_MS[priority], deadlineMs - DEADLINE_ADVANCE_MS);
  return priority === "join" ? order - JOIN_ADVANCE_MS : order;
}

const isBefore = (a: QueueOrder, b: QueueOrder) =>
  a.order < b.order || (a.order === b.order && a.sequence < b.sequence);
const isAheadOf = (a: Waiter, b: Waiter) => isBefore(a.position, b.position);
export const byPosition = (a: Waiter, b: Waiter) => (isAheadOf(a, b) ? -1 : 1);

/** The waiters on the same limits. */
export interface Lane {
  readonly name: string;
  readonly limits: readonly string[];
  readonly waiters: Heap<"indexInLane", Waiter>;
  /** The hindmost position that the lane has ever had. */
  last: QueueOrder;
}

/** How many calls, and urgent ones, are queued for a limit. */
interface Demand {
  waiting: number;
  urgent: number;
}

export class CallQueue<W extends Waiter> {
  private readonly lanes = new Map<string, Lane>();
  private readonly expiry = new Heap<"indexInExpiry", W>(
    "indexInExpiry",
    (a, b) => a.position.expiresAtMs < b.position.expiresAtMs,
  );
  private readonly demands = new Map<string, Demand>();
  private count = 0;

  /** @param onDemand receives the number of calls, and of urgent ones, that are queued for a limit when it changes. */
  constructor(private readonly onDemand: (limit: string, waiting: number, urgent: number) => void = () => undefined) {}

  get size(): number {
    return this.count;
  }

  add(waiter: W): void {
    const lane = this.getLane(waiter);
    if (isBefore(lane.last, waiter.position)) lane.last = waiter.position;
    waiter.lane = lane;
    waiter.indexInLane = NOWHERE;
    waiter.indexInExpiry = NOWHERE;
    lane.waiters.push(waiter);
    if (waiter.position.expiresAtMs < Infinity) this.expiry.push(waiter);
    this.count += 1;
    this.changeDemand(waiter, 1);
  }

  /** Whether it is the first of its lane. */
  isFirst(waiter: W): boolean {
    return waiter.indexInLane === 0;
  }

  /** Does nothing if the waiter is no longer queued. */
  remove(waiter: W): void {
    const { lane } = waiter;
    if (!lane) return;
    lane.waiters.remove(waiter);
    if (lane.waiters.size === 0) this.lanes.delete(lane.name);
    this.expiry.remove(waiter);
    waiter.lane = undefined;
    this.count -= 1;
    this.changeDemand(waiter, -1);
  }

  /** When the next waiter expires; `Infinity` if none does. */
  get nextExpiryMs(): number {
    return this.expiry.peek()?.position.expiresAtMs ?? Infinity;
  }

  /** Removes the expired waiters. @returns them, in queue order. */
  takeExpired(nowMs: number): W[] {
    const expired: W[] = [];
    for (let first = this.expiry.peek(); first && first.position.expiresAtMs <= nowMs; first = this.expiry.peek()) {
      this.remove(first);
      expired.push(first);
    }
    return expired.sort(byPosition);
  }

  /**
   * Admits each waiter whose turn has come, in queue order.
   *
   * @param waitMs how many milliseconds a waiter still has to wait, 0 if its turn has come.
   * @param onAdmitted receives each waiter whose turn has come, after its removal from the queue.
   * @returns milliseconds until the next turn; `Infinity` if no waiter waits for time to pass.
   */
  admit(waitMs: (waiter: W) => number, onAdmitted: (waiter: W) => void): number {
    let nextMs = Infinity;
    const blockedLimits = new Set<string>();
    const blockedLanes = new Set<Lane>();
    for (;;) {
      const lane = this.findFirstLane(blockedLanes);
      if (!lane) return nextMs;
      const isBehindAnother = lane.limits.some((limit) => blockedLimits.has(limit));
      const waiter = lane.waiters.peek() as W;
      const wait = isBehindAnother ? Infinity : waitMs(waiter);
      if (wait > 0) {
        nextMs = Math.min(nextMs, wait);
        lane.limits.forEach((limit) => blockedLimits.add(limit));
        blockedLanes.add(lane);
        continue;
      }
      this.remove(waiter);
      onAdmitted(waiter);
    }
  }

  /** Whether a waiter shares one of these limits, so that a new call must be queued. */
  hasWaitersOn(limits: readonly string[]): boolean {
    for (const lane of this.lanes.values()) {
      if (lane.limits.some((limit) => limits.includes(limit))) return true;
    }
    return false;
  }

  countOn(limit: string): number {
    return this.demands.get(limit)?.waiting ?? 0;
  }

  /**
   * Counts the waiters on a limit ahead of this position, for error messages and estimates. Constant time per lane if
   * the position is behind the whole lane; otherwise visits the waiters ahead of it.
   */
  countAhead(position: QueueOrder, limit: string): number {
    let count = 0;
    for (const { limits, waiters, last } of this.lanes.values()) {
      if (limits.includes(limit))
        count += isBefore(last, position)
          ? waiters.size
          : waiters.count((waiter) => isBefore(waiter.position, position));
    }
    return count;
  }

  /** All waiters in queue order. Sorts them: for screens and for disabling, not for every call. */
  inOrder(): W[] {
    const waiters = Array.from(this.lanes.values()).flatMap((lane) => lane.waiters.values() as readonly W[]);
    return waiters.sort(byPosition);
  }

  private changeDemand({ limits, isUrgent }: Waiter, by: number): void {
    for (const limit of limits) {
      const demand = this.getDemand(limit);
      demand.waiting += by;
      if (isUrgent) demand.urgent += by;
      this.onDemand(limit, demand.waiting, demand.urgent);
    }
  }

  private getDemand(limit: string): Demand {
    let demand = this.demands.get(limit);
    if (!demand) {
      demand = { waiting: 0, urgent: 0 };
      this.demands.set(limit, demand);
    }
    return demand;
  }

  private findFirstLane(excluded: ReadonlySet<Lane>): Lane | undefined {
    let first: Lane | undefined;
    let firstWaiter: Waiter | undefined;
    for (const lane of this.lanes.values()) {
      if (excluded.has(lane)) continue;
      const waiter = lane.waiters.peek() as Waiter;
      if (!firstWaiter || isAheadOf(waiter, firstWaiter)) {
        first = lane;
        firstWaiter = waiter;
      }
    }
    return first;
  }

  private getLane({ limits, position, heldSlots }: W): Lane {
    const name = heldSlots
      ? String(position.sequence)
      : limits.length === 1
        ? limits[0]
        : limits.slice().sort().join("\n");
    let lane = this.lanes.get(name);
    if (!lane) {
      lane = { name, limits: limits.slice(), waiters: new Heap("indexInLane", isAheadOf), last: position };
      this.lanes.set(name, lane);
    }
    return lane;
  }
}
