/** What orders the calls in the queue. */

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

/** @param deadlineMs when the call becomes pointless (its reservation times out), on the throttle's clock. */
export function computeOrder(priority: Priority, nowMs: number, deadlineMs = Infinity): number {
  const order = Math.min(nowMs + PRIORITY_DELAY_MS[priority], deadlineMs - DEADLINE_ADVANCE_MS);
  return priority === "join" ? order - JOIN_ADVANCE_MS : order;
}

export const isBefore = (a: QueueOrder, b: QueueOrder) =>
  a.order < b.order || (a.order === b.order && a.sequence < b.sequence);

/** An item of the queue. */
export interface Positioned {
  readonly position: QueueOrder;
}

export const isAheadOf = (a: Positioned, b: Positioned) => isBefore(a.position, b.position);
export const byPosition = (a: Positioned, b: Positioned) => (isAheadOf(a, b) ? -1 : 1);
