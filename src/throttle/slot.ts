import { AccountTurn } from "./accountBudget";
import { NOWHERE } from "./heap";

/** One start of the limit: an entry of the sliding-window log. Times are on the throttle's clock. */
export interface Slot {
  sentAtMs?: number;
  /** When the page noticed the answer, or when it arrived, if that is known. */
  answeredAtMs?: number;
  /** When the answer arrived, if that is known. */
  arrivedAtMs?: number;
  /** Before this the slot belongs to an earlier start, or the account's turn has not come. */
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
