/** The right to send one call: a slot of each limit that it spends, held until it is sent. */

import { Call } from "./call";
import { QueueOrder } from "./queue";
import { isLeaseExpired, Slot } from "./rateLimit";
import { TooManyRequests } from "./tooManyRequests";

export type Slots<LimitId extends string> = Map<LimitId, Slot>;

/** Where a call stands in line, kept over its retries. */
export interface QueuePosition extends QueueOrder {
  /** Since when it waits; earlier by as long as another layer has waited for it: an Action, of which this is the request. */
  readonly waitingSinceMs: number;
  /** How often Twilio has refused it. */
  throttledCount: number;
}

/** What a permit tells the throttle that gave it. */
export interface PermitIssuer<LimitId extends string> {
  markSent(permit: Permit<LimitId>, slots: Slots<LimitId>): void;
  markAnswered(permit: Permit<LimitId>, slots: Slots<LimitId>): void;
  markUnanswered(permit: Permit<LimitId>, slots: Slots<LimitId>): void;
  /** @returns whether the call is to be retried; never where its refusal is its caller's already. */
  markThrottled(permit: Permit<LimitId>, slots: Slots<LimitId>, refusal: TooManyRequests, mayRetry: boolean): boolean;
  /** @returns when the call's turn has come again, and the permit has been granted new slots. */
  requeue(permit: Permit<LimitId>): Promise<unknown>;
  release(permit: Permit<LimitId>, slots: Slots<LimitId>): void;
}

const NO_SLOTS = new Map<string, Slot>();

/** Shared by all permits and never written to. */
const noSlots = <LimitId extends string>() => NO_SLOTS as Slots<LimitId>;

export class Permit<LimitId extends string> {
  /** How long it took until it was granted, in all layers, in milliseconds. */
  waitedMs = 0;

  /** @param slots what another layer has acquired for the call already. */
  constructor(
    private readonly issuer: PermitIssuer<LimitId>,
    readonly call: Call<LimitId>,
    readonly position: QueuePosition,
    private slots: Slots<LimitId> = noSlots(),
  ) {}

  /** Slots<LimitId> that it has and may send on once they are open, while it waits for the others. */
  get heldSlots(): Slots<LimitId> | undefined {
    return this.slots.size > 0 ? this.slots : undefined;
  }

  /** By who gives it, when the call's turn has come. */
  grant(taken: Slots<LimitId>, waitedMs: number): void {
    this.slots = this.slots.size > 0 ? new Map([...Array.from(this.slots), ...Array.from(taken)]) : taken;
    this.waitedMs = waitedMs;
  }

  /** Whether it still holds a slot of this limit, not handed over to another layer. */
  holds(limit: LimitId): boolean {
    return this.getSlots([limit]).size > 0;
  }

  /** To be called at the very moment of sending. */
  markSent(): void {
    this.issuer.markSent(this, this.slots);
  }

  /** To be called when an answer came, any but a refusal. */
  markAnswered(): void {
    this.issuer.markAnswered(this, this.slots);
  }

  /** To be called when the request failed or was aborted before an answer came, or where nobody can tell whether one came. */
  markUnanswered(): void {
    this.issuer.markUnanswered(this, this.slots);
  }

  /** @returns whether to send again, after `again()`; where not, the refusal is the caller's. */
  markThrottled(refusal: TooManyRequests): boolean {
    return this.issuer.markThrottled(this, this.slots, refusal, true);
  }

  /** Counts what it still holds of these limits as used by a call that nobody saw, and of which this came. */
  markUsedUnseen(limits: readonly LimitId[], end: TooManyRequests | "answered" | "unanswered"): void {
    const spent = this.handOff(limits);
    if (spent.size === 0) return;
    this.issuer.markSent(this, spent);
    if (typeof end === "object") this.issuer.markThrottled(this, spent, end, false);
    else if (end === "answered") this.issuer.markAnswered(this, spent);
    else this.issuer.markUnanswered(this, spent);
  }

  /** Waits for the next turn, in the same place in line. Rejects like `Throttle.acquire`. */
  async requeue(): Promise<void> {
    this.slots = noSlots();
    await this.issuer.requeue(this);
  }

  /** Gives back what was never sent. */
  release(): void {
    this.issuer.release(this, this.slots);
    this.slots = noSlots();
  }

  /** What it holds of these limits, but for what was held so long that it was given up for lost. */
  getSlots(limits: readonly LimitId[]): Slots<LimitId> {
    return new Map(Array.from(this.slots).filter(([limit, slot]) => limits.includes(limit) && !isLeaseExpired(slot)));
  }

  /** Takes the slots of these limits out, for another layer's permit. */
  handOff(limits: readonly LimitId[]): Slots<LimitId> {
    const handed = this.getSlots(limits);
    handed.forEach((_, limit) => this.slots.delete(limit));
    return handed;
  }
}
