/** A call that waits in the queue, until it is granted the slots that it waits for, or fails. */

import { RateLimitId } from "../limits/limits";
import { Call } from "./call";
import { NOWHERE } from "./heap";
import { Place, Slots } from "./permit";
import { Lane, Waiter } from "./queue";

/** Where a call stands in line, and for what. */
export interface Standing {
  /** Of which it needs a slot yet. */
  readonly limits: readonly RateLimitId[];
  readonly place: Place;
  /** What another layer has acquired for it, if it has: something may be sent on these slots once they are open. */
  readonly held?: Slots;
}

export class WaitingCall implements Standing, Waiter {
  lane: Lane | undefined = undefined;
  indexInLane = NOWHERE;
  indexInExpiry = NOWHERE;
  /** Only where there are some: one field less for each who waits. */
  held?: Slots;
  /** Ends its watch on the caller's signal. */
  private stopWatching: (() => void) | undefined = undefined;

  /** @param settle ends the wait; a promise that is rejected rejects it. One function less for each who waits. */
  constructor(
    readonly call: Call,
    readonly limits: readonly RateLimitId[],
    readonly place: Place,
    private readonly settle: (slots: Slots | Promise<never>) => void,
  ) {}

  leaveOn(signal: AbortSignal, leave: () => void): void {
    signal.addEventListener("abort", leave);
    this.stopWatching = () => signal.removeEventListener("abort", leave);
  }

  grant(slots: Slots): void {
    this.stopWatching?.();
    this.settle(slots);
  }

  fail(reason: unknown): void {
    this.stopWatching?.();
    this.settle(Promise.reject(reason));
  }
}
