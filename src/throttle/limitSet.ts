import { AccountBudget, AccountBudgetStatus } from "./accountBudget";
import { AccountPause } from "./accountPause";
import { Call } from "./call";
import { Clock, Random } from "./clock";
import { ThrottleConfig } from "./config";
import { ThrottleErrorDetails } from "./errors";
import { Slots } from "./permit";
import { QueueEntry } from "./queuedCall";
import { RateLimit } from "./rateLimit";
import { findLongestWait } from "./status";
import { CoolDownCause } from "./tooManyRequests";

/** How long before the end of a cool-down calls ask the account's budget for turns. */
const MAX_EARLY_MS = 1000;

/** All limits of a throttle. A call gets a slot of each of its limits, or of none. */
export class LimitSet<LimitId extends string> {
  private readonly accountPause: AccountPause;
  readonly byId: ReadonlyMap<LimitId, RateLimit<LimitId>>;

  constructor(
    private readonly config: ThrottleConfig<LimitId>,
    private readonly clock: Clock,
    random: Random,
    private readonly budget: AccountBudget,
  ) {
    const { rates } = this.config.settings;
    this.accountPause = new AccountPause(random);
    const ids = Object.keys(rates) as LimitId[];
    this.byId = new Map(ids.map((id) => [id, new RateLimit(id, rates[id], random, this.budget, this.accountPause)]));
  }

  /** Reports to the account budget how many calls are queued for a limit, and how many of them are urgent. */
  setDemand(limit: string, waiting: number, urgent: number): void {
    this.budget.setDemand(limit, waiting, urgent);
  }

  accountBudgetStatus(): AccountBudgetStatus {
    return this.budget.status(this.clock.now());
  }

  configure(): void {
    const { rates } = this.config.settings;
    this.byId.forEach((limit) => limit.configure(rates[limit.id], this.clock.now()));
  }

  get(id: LimitId): RateLimit<LimitId> {
    return this.byId.get(id) as RateLimit<LimitId>;
  }

  /**
   * Milliseconds until a call may be sent, 0 for at once.
   *
   * @param missing the limits of which it needs a slot.
   * @param held the slots that it already has.
   */
  waitMs(
    { leadMs }: Call<LimitId>,
    missing: readonly LimitId[],
    held: Slots<LimitId> | undefined,
    nowMs: number,
  ): number {
    if (this.config.mode !== "enforce") return 0;
    let coolDownUntilMs = missing.reduce((maxMs, id) => Math.max(maxMs, this.get(id).coolDownUntilMs), 0);
    held?.forEach((_, id) => (coolDownUntilMs = Math.max(coolDownUntilMs, this.get(id).coolDownUntilMs)));
    // During a long cool-down the account's turns would pass unused, and each request for a turn would take another one.
    if (coolDownUntilMs - nowMs > MAX_EARLY_MS) return coolDownUntilMs - nowMs;
    let longestMs = missing.reduce((maxMs, id) => Math.max(maxMs, this.get(id).waitMs(nowMs, leadMs)), 0);
    held?.forEach((slot, id) => {
      slot.turn.renew();
      longestMs = Math.max(longestMs, this.get(id).msUntilUsable(slot, nowMs));
    });
    return longestMs;
  }

  /** Call this only while `waitMs` is 0 for the same call. */
  takeSlots({ leadMs }: Call<LimitId>, limits: readonly LimitId[]): Slots<LimitId> {
    const { mode } = this.config;
    if (mode === "off") return new Map();
    const nowMs = this.clock.now();
    return new Map(limits.map((id) => [id, this.get(id).takeSlot(nowMs, mode === "enforce" ? leadMs : 0)]));
  }

  /** Finds the limit with the longest wait for a call. @param countAhead counts the queued calls before it on a limit. */
  explainWait(
    entry: Omit<QueueEntry<LimitId>, "position">,
    countAhead: (id: LimitId) => number,
  ): Required<ThrottleErrorDetails> {
    const { id, waitMs, ahead } = findLongestWait(this.byId, entry, countAhead, this.clock.now());
    return { limit: id, waitMs, ahead };
  }

  /** @returns the limits whose slots were unused: another layer may already have sent the call on the same slot. */
  markSent(slots: Slots<LimitId>, nowMs: number, transitMs?: number): LimitId[] {
    const started: LimitId[] = [];
    slots.forEach((slot, id) => {
      if (slot.sentAtMs === undefined) started.push(id);
      this.get(id).markSent(slot, nowMs, transitMs);
    });
    return started;
  }

  markEnded({ answersForAccount }: Call<LimitId>, slots: Slots<LimitId>, end: "answered" | "unanswered"): void {
    slots.forEach((slot, id) => {
      if (end === "unanswered") return this.get(id).markUnanswered(slot);
      this.get(id).markAnswered(slot, this.clock.now());
      if (answersForAccount) this.accountPause.recordSuccess(slot.sentAtMs ?? -Infinity);
    });
  }

  markArrived(slots: Slots<LimitId>, arrivedAtMs: number): void {
    slots.forEach((slot, id) => this.get(id).markArrived(slot, arrivedAtMs, this.clock.now()));
  }

  markThrottled(slots: Slots<LimitId>, cause: CoolDownCause, nowMs: number): void {
    slots.forEach((slot, id) => this.get(id).markThrottled(slot, nowMs, cause));
    if (cause.scope !== "account") return;
    const sentAtMs = Math.max(...Array.from(slots.values(), (slot) => slot.sentAtMs ?? nowMs));
    this.accountPause.begin(nowMs, sentAtMs, cause);
  }

  release(slots: Slots<LimitId>): void {
    slots.forEach((slot, id) => this.get(id).release(slot, this.clock.now()));
  }

  suspendLeases(held: Slots<LimitId> | undefined): void {
    held?.forEach((slot, id) => this.get(id).suspendLease(slot));
  }

  renewLeases(held: Slots<LimitId> | undefined, nowMs: number): void {
    held?.forEach((slot, id) => this.get(id).renewLease(slot, nowMs));
  }

  endCoolDowns(): void {
    this.accountPause.end();
    this.byId.forEach((limit) => limit.endCoolDown());
  }
}
