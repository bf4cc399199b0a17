/** A call that waits in the queue, until it is granted the slots that it waits for, or fails. */

import { Call } from "./call";
import { NOWHERE } from "./heap";
import { Permit, QueuePosition, Slots } from "./permit";
import { Lane, Waiter } from "./queue";

/** Where a call stands in line, and for what. */
export interface QueueEntry<LimitId extends string> {
  /** Of which it needs a slot yet. */
  readonly limits: readonly LimitId[];
  readonly position: QueuePosition;
  /** What another layer has acquired for it, if it has: something may be sent on these slots once they are open. */
  readonly heldSlots?: Slots<LimitId>;
}

export class QueuedCall<LimitId extends string> implements QueueEntry<LimitId>, Waiter {
  lane: Lane | undefined = undefined;
  indexInLane = NOWHERE;
  indexInExpiry = NOWHERE;
  /** Ends its watch on the caller's signal. */
  private stopWatching: (() => void) | undefined = undefined;

  /** @param settle ends the wait; a promise that is rejected rejects it. One function less for each who waits. */
  constructor(
    private readonly permit: Permit<LimitId>,
    readonly limits: readonly LimitId[],
    private readonly settle: (permit: Permit<LimitId> | Promise<never>) => void,
  ) {}

  get call(): Call<LimitId> {
    return this.permit.call;
  }

  get position(): QueuePosition {
    return this.permit.position;
  }

  get heldSlots(): Slots<LimitId> | undefined {
    return this.permit.heldSlots;
  }

  removeOnAbort(signal: AbortSignal, leave: () => void): void {
    signal.addEventListener("abort", leave);
    this.stopWatching = () => signal.removeEventListener("abort", leave);
  }

  /** @param waitedMs how long it took. */
  grant(taken: Slots<LimitId>, waitedMs: number): void {
    this.stopWatching?.();
    this.permit.grant(taken, waitedMs);
    this.settle(this.permit);
  }

  fail(reason: unknown): void {
    this.stopWatching?.();
    this.settle(Promise.reject(reason));
  }
}
