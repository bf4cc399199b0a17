import { AccountTurn } from "./accountBudget";
import { NOWHERE } from "./heap";

export const SECOND_MS = 1000;

/** Browsers round their clock to a millisecond, at the sending and at the answer. */
export const CLOCK_ROUNDING_MS = 3;

/** Twilio counts a request at most this long after it was sent, answered or not. */
export const MAX_TRANSIT_MS = 1000;

/** One start of the limit: an entry of the sliding-window log. Times are on the throttle's clock. */
export interface Slot {
  sentAtMs?: number;
  /** When the page noticed the answer, or when it arrived, if that is known. */
  answeredAtMs?: number;
  /** When the answer arrived, if that is known. */
  arrivedAtMs?: number;
  /** Before this the slot belongs to an earlier start. */
  readonly notBeforeMs: number;
  /** When another start may take the slot's place. */
  expiresAtMs: number;
  readonly turn: AccountTurn;
  /** Position in the heap of slots, `NOWHERE` once the slot has expired. Maintained by the heap. */
  index: number;
}

/** Whether the lease timed out before the slot was used. */
export function isLeaseExpired({ sentAtMs, index }: Slot): boolean {
  return sentAtMs === undefined && index === NOWHERE;
}
