/**
 * The queued calls and their order: first come, first served within a priority, for each limit.
 *
 * Calls on the same limits share a lane. A call may be sent when no call ahead of it shares a limit with it. So a call
 * on two limits cannot be overtaken forever by calls on one.
 */

import { Lane } from "./lane";
import { byPosition, isAheadOf, Positioned, QueueOrder } from "./queueOrder";

/** An item of the queue. */
export interface Waiter extends Positioned {
  readonly limits: readonly string[];
  /** Leased slots that may not be usable yet. Such a waiter gets its own lane, so that it does not block others. */
  readonly heldSlots?: unknown;
  /** Whether a customer waits for the call, or it is repeated after a 429. Constant while it is queued. */
  readonly isUrgent?: boolean;
  /** Maintained by the queue. */
  lane: Lane<Waiter> | undefined;
}

/** How many calls, and urgent ones, are queued for a limit. */
interface Demand {
  waiting: number;
  urgent: number;
}

export class CallQueue<W extends Waiter> {
  private readonly lanes = new Map<string, Lane<W>>();
  private readonly demands = new Map<string, Demand>();
  private count = 0;

  /** @param onDemand receives the number of calls, and of urgent ones, that are queued for a limit when it changes. */
  constructor(private readonly onDemand: (limit: string, waiting: number, urgent: number) => void = () => undefined) {}

  get size(): number {
    return this.count;
  }

  add(waiter: W): void {
    const lane = this.getLane(waiter);
    lane.add(waiter);
    waiter.lane = lane;
    this.count += 1;
    this.changeDemand(waiter, 1);
  }

  /** Whether it is the first of its lane. */
  isFirst(waiter: W): boolean {
    return waiter.lane?.first === waiter;
  }

  /** Does nothing if the waiter is no longer queued. */
  remove(waiter: W): void {
    const { lane } = waiter;
    if (!lane) return;
    lane.remove(waiter);
    if (lane.size === 0) this.lanes.delete(lane.name);
    waiter.lane = undefined;
    this.count -= 1;
    this.changeDemand(waiter, -1);
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
    const blockedLanes = new Set<Lane<W>>();
    for (;;) {
      const lane = this.findFirstLane(blockedLanes);
      if (!lane) return nextMs;
      const isBehindAnother = lane.limits.some((limit) => blockedLimits.has(limit));
      const waiter = lane.first as W;
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

  /** Counts the waiters on a limit ahead of this position. */
  countAhead(position: QueueOrder, limit: string): number {
    let count = 0;
    for (const lane of this.lanes.values()) {
      if (lane.limits.includes(limit)) count += lane.countAhead(position);
    }
    return count;
  }

  /** All waiters in queue order. Sorts them: for screens and for disabling, not for every call. */
  inOrder(): W[] {
    return Array.from(this.lanes.values(), (lane) => lane.values())
      .flat()
      .sort(byPosition);
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

  private findFirstLane(excluded: ReadonlySet<Lane<W>>): Lane<W> | undefined {
    let first: Lane<W> | undefined;
    for (const lane of this.lanes.values()) {
      if (excluded.has(lane)) continue;
      if (!first || isAheadOf(lane.first as W, first.first as W)) first = lane;
    }
    return first;
  }

  private getLane({ limits, position, heldSlots }: W): Lane<W> {
    const name = heldSlots
      ? String(position.sequence)
      : limits.length === 1
        ? limits[0]
        : limits.slice().sort().join("\n");
    let lane = this.lanes.get(name);
    if (!lane) {
      lane = new Lane(name, limits.slice());
      this.lanes.set(name, lane);
    }
    return lane;
  }
}
