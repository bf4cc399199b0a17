/** A call in the queue. Its wait ends when it is granted its missing slots, or fails. */

import { Call } from "./call";
import { onAbort } from "./callerSignal";
import { NOWHERE } from "./heap";
import { Lane } from "./lane";
import { Permit, QueuePosition, Slots } from "./permit";
import { Waiter } from "./queue";
import { Indexed } from "./waitingCalls";

/** A queue position, and the limits that the call waits for. */
export interface QueueEntry<LimitId extends string> {
  /** The limits of which it still needs a slot. */
  readonly limits: readonly LimitId[];
  readonly position: QueuePosition;
  /** The slots that another layer has acquired for it. They may not be usable yet. */
  readonly heldSlots?: Slots<LimitId>;
}

export class QueuedCall<LimitId extends string> implements QueueEntry<LimitId>, Waiter, Indexed {
  lane: Lane<Waiter> | undefined = undefined;
  waitingIndex = NOWHERE;
  /** Removes the listener on the caller's signal. */
  private stopListening: (() => void) | undefined = undefined;

  /** @param settle resolves the wait, or rejects it with a rejected promise: one closure per waiter instead of two. */
  constructor(
    private readonly permit: Permit<LimitId>,
    private readonly settle: (result: Permit<LimitId> | Promise<never>) => void,
  ) {}

  get call(): Call<LimitId> {
    return this.permit.call;
  }

  get limits(): readonly LimitId[] {
    return this.permit.missingLimits;
  }

  get position(): QueuePosition {
    return this.permit.position;
  }

  get heldSlots(): Slots<LimitId> | undefined {
    return this.permit.heldSlots;
  }

  get isUrgent(): boolean {
    const { priority } = this.call;
    return priority === "join" || priority === "high" || this.position.throttledCount > 0;
  }

  removeOnAbort(signal: AbortSignal, remove: () => void): void {
    this.stopListening = onAbort(signal, remove);
  }

  /** @param waitedMs how long the call waited in all layers, in milliseconds. */
  grant(taken: Slots<LimitId>, waitedMs: number): void {
    this.permit.grant(taken, waitedMs);
    this.end(this.permit);
  }

  /** Ends the wait without the missing slots. Never throws. */
  release(): void {
    this.end(this.permit);
  }

  /** Never throws. */
  fail(reason: unknown): void {
    this.end(Promise.reject(reason));
  }

  private end(result: Permit<LimitId> | Promise<never>): void {
    this.stopListening?.();
    this.settle(result);
  }
}
