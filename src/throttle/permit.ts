/** The right to send one call: a slot of each limit that it spends, held until it is sent. */

import { RateLimitId } from "../limits/limits";
import { Refusal } from "../limits/tooManyRequests";
import { Call } from "./call";
import { PlaceInLine } from "./queue";
import { isLost, Slot } from "./rateLimit";

export type Slots = Map<RateLimitId, Slot>;

/** Where a call stands in line, kept over its retries. */
export interface Place extends PlaceInLine {
  /** Since when it waits; earlier by as long as another layer has waited for it: an Action, of which this is the request. */
  readonly sinceMs: number;
  /** How often Twilio has refused it. */
  refusals: number;
}

/** What a permit tells the throttle that gave it. */
export interface PermitOffice {
  sent(permit: Permit, slots: Slots): void;
  answered(permit: Permit, slots: Slots): void;
  unanswered(permit: Permit, slots: Slots): void;
  /** @returns whether the call is to be retried; never where its refusal is its caller's already. */
  refused(permit: Permit, slots: Slots, refusal: Refusal, mayRetry: boolean): boolean;
  /** @returns when the call's turn has come again, and the permit has been granted new slots. */
  requeue(permit: Permit): Promise<unknown>;
  release(permit: Permit, slots: Slots): void;
}

const NO_SLOTS: Slots = new Map();

export class Permit {
  /** How long it took until it was granted, in all layers, in milliseconds. */
  waitedMs = 0;

  /** @param slots what another layer has acquired for the call already. */
  constructor(
    private readonly office: PermitOffice,
    readonly call: Call,
    readonly place: Place,
    private slots: Slots = NO_SLOTS,
  ) {}

  /** Slots that it has and may send on once they are open, while it waits for the others. */
  get held(): Slots | undefined {
    return this.slots.size > 0 ? this.slots : undefined;
  }

  /** By who gives it, when the call's turn has come. */
  grant(taken: Slots, waitedMs: number): void {
    this.slots = this.slots.size > 0 ? new Map([...Array.from(this.slots), ...Array.from(taken)]) : taken;
    this.waitedMs = waitedMs;
  }

  /** Whether it still holds a slot of this limit, not handed over to another layer. */
  holds(limit: RateLimitId): boolean {
    return this.slotsOf([limit]).size > 0;
  }

  /** To be called at the very moment of sending. */
  sent(): void {
    this.office.sent(this, this.slots);
  }

  /** To be called when an answer came, any but a refusal. */
  answered(): void {
    this.office.answered(this, this.slots);
  }

  /** To be called when the request failed or was aborted before an answer came, or where nobody can tell whether one came. */
  unanswered(): void {
    this.office.unanswered(this, this.slots);
  }

  /** @returns whether to send again, after `again()`; where not, the refusal is the caller's. */
  refused(refusal: Refusal): boolean {
    return this.office.refused(this, this.slots, refusal, true);
  }

  /** Counts what it still holds of these limits as used by a call that nobody saw, and of which this came. */
  spend(limits: readonly RateLimitId[], end: Refusal | "answered" | "unanswered"): void {
    const spent = this.handOver(limits);
    if (spent.size === 0) return;
    this.office.sent(this, spent);
    if (typeof end === "object") this.office.refused(this, spent, end, false);
    else this.office[end](this, spent);
  }

  /** Waits for the next turn, in the same place in line. Rejects like `Throttle.acquire`. */
  async again(): Promise<void> {
    this.slots = NO_SLOTS;
    await this.office.requeue(this);
  }

  /** Gives back what was never sent. */
  release(): void {
    this.office.release(this, this.slots);
    this.slots = NO_SLOTS;
  }

  /** What it holds of these limits, but for what was held so long that it was given up for lost. */
  slotsOf(limits: readonly RateLimitId[]): Slots {
    return new Map(Array.from(this.slots).filter(([limit, slot]) => limits.includes(limit) && !isLost(slot)));
  }

  /** Takes the slots of these limits out, for another layer's permit. */
  handOver(limits: readonly RateLimitId[]): Slots {
    const handed = this.slotsOf(limits);
    handed.forEach((_, limit) => this.slots.delete(limit));
    return handed;
  }
}
