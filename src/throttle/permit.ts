/** The right to send one call: a slot of each limit that it spends, held until it is sent. */

import { RateLimitId } from "../limits/limits";
import { Refusal } from "../limits/tooManyRequests";
import { Call } from "./call";
import { PlaceInLine } from "./queue";
import { Slot } from "./rateLimit";

export type Slots = Map<RateLimitId, Slot>;

/** Where a call stands in line, kept over its retries. */
export interface Place extends PlaceInLine {
  readonly sinceMs: number;
  /** How often Twilio has refused it. */
  refusals: number;
}

/** What a permit tells the throttle that gave it. */
export interface PermitOffice {
  sent(slots: Slots): void;
  answered(permit: Permit, slots: Slots): void;
  /** @returns whether the call is to be retried. */
  refused(permit: Permit, slots: Slots, refusal: Refusal): boolean;
  /** @returns new slots when the call's turn has come again. */
  requeue(permit: Permit): Promise<Slots>;
  release(slots: Slots): void;
}

export class Permit {
  constructor(
    private readonly office: PermitOffice,
    readonly call: Call,
    readonly place: Place,
    private slots: Slots,
  ) {}

  /** Whether it still holds a slot of this limit, not handed over to another layer. */
  holds(limit: RateLimitId): boolean {
    return this.slots.has(limit);
  }

  /** To be called at the very moment of sending. */
  sent(): void {
    this.office.sent(this.slots);
  }

  /** To be called when an answer came, any but a refusal, or when the request failed. */
  answered(): void {
    this.office.answered(this, this.slots);
  }

  /** @returns whether to send again, after `again()`; where not, the refusal is the caller's. */
  refused(refusal: Refusal): boolean {
    return this.office.refused(this, this.slots, refusal);
  }

  /** Waits for the next turn, in the same place in line. Rejects like `Throttle.acquire`. */
  async again(): Promise<void> {
    this.slots = await this.office.requeue(this);
  }

  /** Gives back what was never sent. */
  release(): void {
    this.office.release(this.slots);
    this.slots = new Map();
  }

  slotsOf(limits: readonly RateLimitId[]): Slots {
    return new Map(Array.from(this.slots).filter(([limit]) => limits.includes(limit)));
  }

  /** Takes the slots of these limits out, for another layer's permit. */
  handOver(limits: readonly RateLimitId[]): Slots {
    const handed = this.slotsOf(limits);
    handed.forEach((_, limit) => this.slots.delete(limit));
    return handed;
  }
}
