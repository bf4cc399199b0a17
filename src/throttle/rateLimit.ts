/**
 * One limit. A call may start when the token bucket has a token, the sliding-window log has a free slot, the account's
 * budget grants a turn, and no cool-down or probe is pending.
 *
 * @see docs/adr/0006-token-bucket-plus-sliding-window-log.md for why the token bucket is not enough.
 * @see docs/adr/0004-count-a-start-from-its-answer.md for when a slot expires.
 */

import { AccountBudget, NO_ACCOUNT_BUDGET } from "./accountBudget";
import { AccountPause } from "./accountPause";
import { AdaptiveRate } from "./adaptiveRate";
import { pauseMs } from "./backoff";
import { Random } from "./clock";
import { ClockedTokenBucket } from "./clockedTokenBucket";
import { Collisions } from "./collisions";
import { Heap, NOWHERE } from "./heap";
import { Latency } from "./latency";
import { LEASE_TIMEOUT_MS, PROBE_TIMEOUT_MS } from "./permitLifetimes";
import { RetryBudget } from "./retryBudget";
import { RateSetting } from "./settings";
import { CLOCK_ROUNDING_MS, isLeaseExpired, MAX_TRANSIT_MS, SECOND_MS, Slot } from "./slot";
import { CoolDownCause } from "./tooManyRequests";

/** The one call that is sent after a cool-down to find out whether the limit is open again. */
interface Probe {
  readonly slot: Slot;
  readonly untilMs: number;
}

export class RateLimit<LimitId extends string> {
  private readonly bucket: ClockedTokenBucket;
  private readonly adaptiveRate = new AdaptiveRate(1);
  private readonly retryBudget = new RetryBudget(1);
  private readonly latency = new Latency();
  private readonly collisions = new Collisions();
  private readonly slots = new Heap<"index", Slot>("index", (a, b) => a.expiresAtMs < b.expiresAtMs);
  private largestBurst = 1;
  private maxSlots = 1;
  private windowMs = SECOND_MS;

  /** Starts per second, from the settings. */
  configuredPerSecond = 1;
  private coolDownEndMs = -Infinity;
  private coolDownStartMs = -Infinity;
  private ownCause: CoolDownCause | undefined;
  /** How many 429s it has got since its last success. Those of one burst count once. */
  throttledInARow = 0;
  private probe: Probe | undefined;

  constructor(
    readonly id: LimitId,
    setting: RateSetting,
    private readonly random: Random,
    private readonly budget: AccountBudget = NO_ACCOUNT_BUDGET,
    private readonly accountPause = new AccountPause(random),
  ) {
    this.bucket = new ClockedTokenBucket(setting.burst, setting.perSecond);
    this.configure(setting, 0);
  }

  configure({ perSecond, burst }: RateSetting, nowMs: number): void {
    this.configuredPerSecond = perSecond;
    this.largestBurst = burst;
    this.maxSlots = Math.max(1, Math.floor(perSecond));
    this.windowMs = SECOND_MS * Math.max(1, 1 / perSecond);
    this.adaptiveRate.configure(perSecond);
    this.retryBudget.configure(perSecond);
    this.applyAdaptiveRate(nowMs);
  }

  /** Estimates the wait in milliseconds of a call that has `ahead` calls before it on this limit. */
  estimateWaitMs(nowMs: number, ahead: number): number {
    const waitMs = this.localWaitMs(nowMs);
    const first = this.slots.peek();
    // It is unknown when a leased slot will be used: assume one window.
    const isLeased = this.slots.size >= this.maxSlots && first?.sentAtMs === undefined;
    const firstMs = isLeased ? Math.max(this.windowMs, this.coolDownUntilMs - nowMs) : waitMs;
    const atAdaptiveRateMs = (ahead * SECOND_MS) / this.adaptiveRate.perSecond(nowMs);
    const windowsMs = Math.floor(ahead / this.maxSlots) * this.windowMs;
    const localMs = firstMs + (this.adaptiveRate.isReduced ? Math.max(atAdaptiveRateMs, windowsMs) : windowsMs);
    return Math.max(localMs, this.budget.estimateWaitMs(this.id, nowMs, ahead));
  }

  /** Starts per second that the account currently supports, at most the configured ones. */
  adaptivePerSecond(nowMs: number): number {
    return this.adaptiveRate.perSecond(nowMs);
  }

  /** When the cool-down ends, on the throttle's clock. In the past if there is none. */
  get coolDownUntilMs(): number {
    return Math.max(this.coolDownEndMs, this.accountPause.endMs);
  }

  /** The 429 because of which `coolDownUntilMs` is or was in the future. */
  get coolDownCause(): CoolDownCause | undefined {
    return this.accountPause.endMs > this.coolDownEndMs ? this.accountPause.cause : this.ownCause;
  }

  /** Whether so few calls succeed that retrying no longer helps. */
  get isRetryBudgetExhausted(): boolean {
    return this.retryBudget.isExhausted;
  }

  /** Whether the last answer was a 429, so that only one call at a time may be sent as a probe. */
  private get isProbing(): boolean {
    return this.throttledInARow > 0;
  }

  /** When the next probe may be sent, if the current one stays without an answer or is not sent. */
  private get probeEndMs(): number {
    if (!this.isProbing || !this.probe) return -Infinity;
    const { slot, untilMs } = this.probe;
    return slot.sentAtMs === undefined ? Math.min(untilMs, slot.expiresAtMs) : untilMs;
  }

  /**
   * Milliseconds until a call may take a slot, 0 for now. An answer that arrives later can shorten the wait.
   *
   * @param leadMs how long before its start the call may take the slot.
   */
  waitMs(nowMs: number, leadMs = 0): number {
    const turnMs = this.budget.waitMs(this.id, nowMs) - (this.isProbing ? 0 : leadMs);
    return Math.max(this.localWaitMs(nowMs, leadMs), turnMs);
  }

  private localWaitMs(nowMs: number, leadMs = 0): number {
    this.expireSlots(nowMs);
    this.bucket.advanceTo(nowMs);
    const isFull = this.slots.size >= this.maxSlots;
    const usableLeadMs = this.isProbing ? 0 : leadMs;
    const slotMs = isFull ? (this.slots.peek() as Slot).expiresAtMs - nowMs - usableLeadMs : 0;
    return Math.max(0, slotMs, this.probeEndMs - nowMs, this.coolDownUntilMs - nowMs, this.bucket.getWaitTime(1));
  }

  /** Takes a slot as a lease. Call it only when `waitMs` is 0 for the same lead time. */
  takeSlot(nowMs: number, leadMs = 0): Slot {
    this.expireSlots(nowMs);
    this.applyAdaptiveRate(nowMs);
    this.bucket.tryRemoveTokens(1);
    // With a lead time, the slot replaces the one that expires next and is usable once that one has expired.
    const replaced = leadMs > 0 && this.slots.size >= this.maxSlots ? this.slots.pop() : undefined;
    const turn = this.budget.take(this.id, nowMs);
    const slot: Slot = {
      sentAtMs: undefined,
      notBeforeMs: replaced?.expiresAtMs ?? nowMs,
      expiresAtMs: nowMs + LEASE_TIMEOUT_MS,
      turn,
      index: NOWHERE,
    };
    this.slots.push(slot);
    if (this.isProbing) this.probe = { slot, untilMs: nowMs + PROBE_TIMEOUT_MS };
    return slot;
  }

  /** @param transitMs how long after its sending Twilio counts the call at the latest. */
  markSent(slot: Slot, nowMs: number, transitMs = MAX_TRANSIT_MS): void {
    if (slot.sentAtMs === undefined) slot.turn.markUsed();
    slot.sentAtMs = nowMs;
    slot.arrivedAtMs = undefined;
    if (slot.index === NOWHERE) this.slots.push(slot);
    this.setExpiry(slot, nowMs + this.windowMs + transitMs);
  }

  /** Records an answer other than 429. */
  markAnswered(slot: Slot, nowMs: number): void {
    this.recordRoundTrip(slot, nowMs);
    this.endProbe(slot);
    if (slot.sentAtMs === undefined || slot.sentAtMs < this.coolDownStartMs) return;
    this.throttledInARow = 0;
    this.collisions.end();
    this.retryBudget.earn();
    this.adaptiveRate.recordSuccess(nowMs, this.budget.health === "live");
    this.applyAdaptiveRate(nowMs);
  }

  /**
   * Corrects the time of an answer that the page noticed late, so that a busy page does not delay the next calls.
   *
   * @param arrivedAtMs ignored if it is not between the sending and now.
   */
  markArrived(slot: Slot, arrivedAtMs: number, nowMs: number): void {
    const { sentAtMs, answeredAtMs } = slot;
    if (sentAtMs === undefined || !(arrivedAtMs >= sentAtMs && arrivedAtMs <= nowMs)) return;
    slot.arrivedAtMs = arrivedAtMs;
    if (answeredAtMs === undefined || slot.index === NOWHERE || arrivedAtMs >= answeredAtMs) return;
    slot.answeredAtMs = arrivedAtMs;
    this.latency.correct(answeredAtMs - sentAtMs, arrivedAtMs - sentAtMs);
    this.expireAfterAnswer(slot, sentAtMs, arrivedAtMs);
  }

  /** The call failed without an answer and may still arrive, so its slot stays taken. */
  markUnanswered(slot: Slot): void {
    this.endProbe(slot);
  }

  /** Starts a cool-down. 429s of calls that were in flight together count as one. */
  markThrottled(slot: Slot, nowMs: number, cause: CoolDownCause): void {
    this.ownCause = cause;
    slot.turn.markThrottled();
    this.recordRoundTrip(slot, nowMs);
    this.endProbe(slot);
    const { sentAtMs = -Infinity } = slot;
    if (this.collisions.isTolerated(this.budget.health, cause, sentAtMs, nowMs)) return;
    if (sentAtMs >= this.coolDownStartMs) {
      this.throttledInARow += 1;
      this.coolDownStartMs = nowMs;
      this.adaptiveRate.recordThrottled(nowMs, (this.slots.size * SECOND_MS) / this.windowMs);
      this.applyAdaptiveRate(nowMs);
      this.coolDown(nowMs, pauseMs(this.throttledInARow, this.random, cause.retryAfterMs));
    } else {
      this.coolDown(nowMs, cause.retryAfterMs ?? 0);
    }
  }

  recordRetry(): void {
    this.retryBudget.spend();
  }

  /** Sends nothing on this limit for `forMs` milliseconds. Never shortens a cool-down. */
  coolDown(nowMs: number, forMs: number): void {
    this.coolDownEndMs = Math.max(this.coolDownEndMs, nowMs + forMs);
  }

  /** Ends the cool-down early, because a person asked to retry now. */
  endCoolDown(): void {
    this.coolDownEndMs = -Infinity;
  }

  /** Milliseconds until a leased slot may be used: it was taken with a lead time, or before a cool-down. */
  msUntilUsable({ notBeforeMs, turn }: Slot, nowMs: number): number {
    // The account's turn may become known, or change, after the slot was taken.
    return Math.max(0, notBeforeMs - nowMs, turn.startMs - nowMs, this.coolDownUntilMs - nowMs);
  }

  /** Stops the lease timeout while the holder waits for another limit or for a cool-down to end. */
  suspendLease(slot: Slot): void {
    if (!isLeaseExpired(slot)) this.setExpiry(slot, Infinity);
  }

  /** Restarts the lease timeout. */
  renewLease(slot: Slot, nowMs: number): void {
    if (!isLeaseExpired(slot)) this.setExpiry(slot, nowMs + LEASE_TIMEOUT_MS);
  }

  /** Frees a slot that was not used. */
  release(slot: Slot, nowMs: number): void {
    if (slot.index === NOWHERE || slot.sentAtMs !== undefined) return;
    this.endLease(slot);
    this.slots.remove(slot);
    // The start that this slot replaced may still count.
    if (slot.notBeforeMs > nowMs) this.slots.push({ ...slot, sentAtMs: nowMs, expiresAtMs: slot.notBeforeMs });
    this.bucket.returnToken();
  }

  private applyAdaptiveRate(nowMs: number): void {
    const perSecond = this.adaptiveRate.perSecond(nowMs);
    this.bucket.advanceTo(nowMs);
    this.bucket.resize(Math.max(1, Math.min(this.largestBurst, perSecond)), perSecond);
  }

  private endLease(slot: Slot): void {
    slot.turn.giveBack();
    this.endProbe(slot);
  }

  private endProbe(slot: Slot): void {
    if (this.probe?.slot === slot) this.probe = undefined;
  }

  private recordRoundTrip(slot: Slot, nowMs: number): void {
    const { sentAtMs, arrivedAtMs = nowMs } = slot;
    if (sentAtMs === undefined || slot.index === NOWHERE) return;
    slot.answeredAtMs = arrivedAtMs;
    // A call that another layer sent unseen is recorded as sent and answered at once: that is no round trip.
    if (nowMs > sentAtMs) this.latency.record(arrivedAtMs - sentAtMs, nowMs);
    this.expireAfterAnswer(slot, sentAtMs, arrivedAtMs);
  }

  private expireAfterAnswer(slot: Slot, sentAtMs: number, answeredAtMs: number): void {
    const latestArrivalMs = Math.min(answeredAtMs - this.latency.minRoundTripMs, sentAtMs + MAX_TRANSIT_MS);
    this.setExpiry(slot, Math.max(sentAtMs, latestArrivalMs) + this.windowMs + CLOCK_ROUNDING_MS);
  }

  private setExpiry(slot: Slot, expiresAtMs: number): void {
    slot.expiresAtMs = expiresAtMs;
    this.slots.moved(slot);
  }

  private expireSlots(nowMs: number): void {
    for (let first = this.slots.peek(); first && first.expiresAtMs <= nowMs; first = this.slots.peek()) {
      this.slots.pop();
      if (first.sentAtMs === undefined) this.endLease(first);
    }
  }
}
