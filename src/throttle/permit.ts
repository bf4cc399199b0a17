/** The right to send one call: a slot of each limit that it spends, held until it is sent. */

import { Call } from "./call";
import { QueueOrder } from "./queueOrder";
import { isLeaseExpired, Slot } from "./slot";
import { TooManyRequests } from "./tooManyRequests";

/** How an attempt ended: with a 429, with any other answer, or without one. */
export type AttemptEnd = TooManyRequests | "answered" | "unanswered";

export type Slots<LimitId extends string> = Map<LimitId, Slot>;

/** A call's queue position. A retry keeps it. */
export interface QueuePosition extends QueueOrder {
  /** When the call began to wait, in any layer: a request inherits the wait of the Action that sent it. */
  readonly waitingSinceMs: number;
  /** How many 429s the call has got. */
  throttledCount: number;
}

/** The throttle's side of a permit: records what happens to the call. */
export interface PermitIssuer<LimitId extends string> {
  /** @param transitMs how long the call may take to Twilio, if that is known. */
  markSent(permit: Permit<LimitId>, slots: Slots<LimitId>, transitMs?: number): void;
  /** @param arrivedAtMs when the answer reached the browser, on the throttle's clock. */
  markArrived(permit: Permit<LimitId>, slots: Slots<LimitId>, arrivedAtMs: number): void;
  /** @param mayRetry false if the caller has the outcome already. @returns whether the call is retried because of a 429. */
  markEnded(permit: Permit<LimitId>, slots: Slots<LimitId>, end: AttemptEnd, mayRetry: boolean): boolean;
  /** Resolves when the call's turn has come again and the permit has new slots. */
  requeue(permit: Permit<LimitId>): Promise<unknown>;
  release(permit: Permit<LimitId>, slots: Slots<LimitId>): void;
}

/** Shared by all permits and never written to. */
const NO_SLOTS = new Map<never, Slot>();

export class Permit<LimitId extends string> {
  /** How long the call waited for it in all layers, in milliseconds. */
  waitedMs = 0;

  /** @param slots the slots that another layer has acquired for the call. */
  constructor(
    private readonly issuer: PermitIssuer<LimitId>,
    readonly call: Call<LimitId>,
    readonly position: QueuePosition,
    private slots: Slots<LimitId> = NO_SLOTS,
  ) {}

  /** The slots that the permit has while it waits for the others. They may not be usable yet. */
  get heldSlots(): Slots<LimitId> | undefined {
    return this.slots.size > 0 ? this.slots : undefined;
  }

  /** The limits of which the permit still needs a slot. */
  get missingLimits(): readonly LimitId[] {
    const { limits } = this.call;
    return this.slots.size > 0 ? limits.filter((limit) => !this.slots.has(limit)) : limits;
  }

  /** Adds the missing slots. Called by the throttle when the call's turn has come. */
  grant(taken: Slots<LimitId>, waitedMs: number): void {
    this.slots = this.slots.size > 0 ? new Map([...Array.from(this.slots), ...Array.from(taken)]) : taken;
    this.waitedMs = waitedMs;
  }

  /** Call this at the moment of sending. */
  markSent(): void {
    this.issuer.markSent(this, this.slots);
  }

  /** Call this when it is known when the answer reached the browser, before or after the page noticed it. */
  markArrived(arrivedAtMs: number): void {
    this.issuer.markArrived(this, this.slots, arrivedAtMs);
  }

  /**
   * @param end "unanswered" also if it is unknown whether an answer arrived.
   * @returns whether to send again because of a 429, after `requeue()`. If not, the caller gets the outcome.
   */
  markEnded(end: AttemptEnd): boolean {
    return this.issuer.markEnded(this, this.slots, end, true);
  }

  /**
   * Counts the remaining slots of these limits as used by a call that no layer intercepted and that ended like this.
   *
   * @param transitMs how long the call may take to Twilio, if that is known.
   */
  markUsedUnseen(limits: readonly LimitId[], end: AttemptEnd, transitMs?: number): void {
    const used = this.handOff(limits);
    if (used.size === 0) return;
    this.issuer.markSent(this, used, transitMs);
    this.issuer.markEnded(this, used, end, false);
  }

  /** Waits for the next turn at the same queue position. Rejects like `Throttle.acquire`. */
  async requeue(): Promise<void> {
    this.slots = NO_SLOTS;
    await this.issuer.requeue(this);
  }

  /** Frees the slots that were not used. */
  release(): void {
    this.issuer.release(this, this.slots);
    this.slots = NO_SLOTS;
  }

  /** The permit's slots of these limits, except those whose lease has timed out. */
  getSlots(limits: readonly LimitId[]): Slots<LimitId> {
    return new Map(Array.from(this.slots).filter(([limit, slot]) => limits.includes(limit) && !isLeaseExpired(slot)));
  }

  /** Removes the slots of these limits, for another layer's permit. */
  handOff(limits: readonly LimitId[]): Slots<LimitId> {
    const handedOff = this.getSlots(limits);
    handedOff.forEach((_, limit) => this.slots.delete(limit));
    return handedOff;
  }
}
