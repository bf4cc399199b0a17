/**
 * One limit: never more starts than it allows in any rolling second, as many bursts as its token bucket holds, nobody
 * while it cools down.
 *
 * `limiter`'s bucket alone lets twice the limit through in its first second; so every start also occupies a slot until
 * Twilio can no longer count it together with a later one. The bucket reads the page's own `performance.now`, whatever
 * clock is handed in.
 */

import { TokenBucket } from "limiter";

import { RateLimitId } from "../limits/limits";
import { TooManyRequests } from "../limits/tooManyRequests";
import { RateSetting } from "../settings/readSettings";
import { pauseMs } from "./backoff";
import { Random } from "./clock";
import { Heap, NOWHERE } from "./heap";
import { Latency } from "./latency";
import { AdaptiveRate } from "./adaptiveRate";
import { RetryBudget } from "./retryBudget";

const SECOND_MS = 1000;

/** Browsers round their clock to a millisecond, at the sending and at the answer; a start is this much later than it could be. */
const GUARD_MS = 3;

/** A request without an answer, whether it failed or is waited for, is taken to have reached Twilio within this time. */
const MAX_TRANSIT_MS = 1000;

/**
 * A permit that is not used and not given back by then holds others up no longer: it was lost, or who holds it waits for one
 * of them. A request of its own that comes later takes its own turn.
 */
const LEASE_TIMEOUT_MS = 3000;

/** After a refusal one call at a time goes out until one succeeds; an unanswered one stops holding the others after this. */
const PROBE_TIMEOUT_MS = 10_000;

/** What one start takes from a limit. */
export interface Slot {
  sentAtMs?: number;
  /** Until then it still belongs to the start before it: it may be held, but nothing may be sent on it. */
  readonly notBeforeMs: number;
  expiresAtMs: number;
  /** Where it stands among those that are taken; `NOWHERE` once it is free again. Kept by the heap. */
  index: number;
}

/** Whether it was held for so long, and never sent, that others have it now. */
export function isLeaseExpired({ sentAtMs, index }: Slot): boolean {
  return sentAtMs === undefined && index === NOWHERE;
}

interface Probe {
  readonly slot: Slot;
  readonly untilMs: number;
}

export class RateLimit {
  private readonly bucket = new TokenBucket({ bucketSize: 0, tokensPerInterval: 1, interval: SECOND_MS });
  private readonly adaptiveRate = new AdaptiveRate(1);
  private readonly retryBudget = new RetryBudget(1);
  private readonly latency = new Latency();
  private readonly slots = new Heap<"index", Slot>("index", (a, b) => a.expiresAtMs < b.expiresAtMs);
  private perSecond = 1;
  private burst = 1;
  private maxSlots = 1;
  private windowMs = SECOND_MS;

  private coolDownEndMs = -Infinity;
  private coolDownStartMs = -Infinity;
  private throttledInARow = 0;
  private probe: Probe | undefined;

  constructor(
    readonly id: RateLimitId,
    setting: RateSetting,
    private readonly random: Random,
  ) {
    this.configure(setting, 0);
    this.bucket.content = this.burst;
  }

  configure({ perSecond, burst }: RateSetting, nowMs: number): void {
    this.perSecond = perSecond;
    this.burst = burst;
    this.maxSlots = Math.max(1, Math.floor(perSecond));
    this.windowMs = SECOND_MS * Math.max(1, 1 / perSecond);
    this.adaptiveRate.configure(perSecond);
    this.retryBudget.configure(perSecond);
    this.applyAdaptiveRate(nowMs);
  }

  /** How long a call waits that so many stand before; a guess where an answer must come first. */
  estimateWaitMs(nowMs: number, ahead: number): number {
    const waitMs = this.waitMs(nowMs);
    const first = this.slots.peek();
    // When a permit that is held will be used, nobody can tell; a window later is as good a guess as any.
    const isHeld = this.slots.size >= this.maxSlots && first?.sentAtMs === undefined;
    const firstMs = isHeld ? Math.max(this.windowMs, this.coolDownEndMs - nowMs) : waitMs;
    const learnedMs = (ahead * SECOND_MS) / this.adaptiveRate.perSecond(nowMs);
    const windowsMs = Math.floor(ahead / this.maxSlots) * this.windowMs;
    return firstMs + (this.adaptiveRate.isReduced ? Math.max(learnedMs, windowsMs) : windowsMs);
  }

  get configuredPerSecond(): number {
    return this.perSecond;
  }

  /** What the account has shown it bears. */
  adaptivePerSecond(nowMs: number): number {
    return this.adaptiveRate.perSecond(nowMs);
  }

  /** Until when nobody passes after a refusal, on the throttle's clock; in the past when nothing is wrong. */
  get coolDownUntilMs(): number {
    return this.coolDownEndMs;
  }

  /** Whether so much was refused, and so little not, that retrying is no help. */
  get isRetryBudgetExhausted(): boolean {
    return this.retryBudget.isExhausted;
  }

  /** Whether a refusal was the last that was heard of this limit. */
  private get isProbing(): boolean {
    return this.throttledInARow > 0;
  }

  /**
   * Milliseconds until a call may start, 0 for at once; a later answer may make it sooner.
   *
   * @param leadMs how much ahead of its start a slot is wanted.
   */
  waitMs(nowMs: number, leadMs = 0): number {
    this.expireSlots(nowMs);
    const slotMs =
      this.slots.size < this.maxSlots
        ? 0
        : (this.slots.peek() as Slot).expiresAtMs - nowMs - (this.isProbing ? 0 : leadMs);
    const probeMs = this.isProbing && this.probe ? this.probe.untilMs - nowMs : 0;
    return Math.max(0, slotMs, probeMs, this.coolDownEndMs - nowMs, this.bucket.getWaitTime(1));
  }

  /** To be called only when `waitMs` is 0 for the same lead. The slot counts from `sent` on; until then it is held. */
  takeSlot(nowMs: number, leadMs = 0): Slot {
    this.expireSlots(nowMs);
    this.applyAdaptiveRate(nowMs);
    this.bucket.tryRemoveTokens(1);
    // Ahead of its time it takes the place of the start that ends first, which it must await.
    const ending = leadMs > 0 && this.slots.size >= this.maxSlots ? this.slots.pop() : undefined;
    const notBeforeMs = ending?.expiresAtMs ?? nowMs;
    const slot: Slot = { sentAtMs: undefined, notBeforeMs, expiresAtMs: nowMs + LEASE_TIMEOUT_MS, index: NOWHERE };
    this.slots.push(slot);
    if (this.isProbing) this.probe = { slot, untilMs: nowMs + PROBE_TIMEOUT_MS };
    return slot;
  }

  markSent(slot: Slot, nowMs: number): void {
    slot.sentAtMs = nowMs;
    if (slot.index === NOWHERE) this.slots.push(slot);
    this.moveSlot(slot, nowMs + this.windowMs + MAX_TRANSIT_MS);
  }

  /** An answer came that was no refusal. */
  markAnswered(slot: Slot, nowMs: number): void {
    this.recordRoundTrip(slot, nowMs);
    this.endProbe(slot);
    if (slot.sentAtMs === undefined || slot.sentAtMs < this.coolDownStartMs) return;
    this.throttledInARow = 0;
    this.retryBudget.earn();
    this.adaptiveRate.recordSuccess(nowMs);
    this.applyAdaptiveRate(nowMs);
  }

  /** It failed, and may yet arrive: nothing is learned, its slot stays as taken as while it was under way, and the next finds out. */
  markUnanswered(slot: Slot): void {
    this.endProbe(slot);
  }

  /** Pauses the whole limit. Refusals of calls that were on their way together count as one. */
  markThrottled(slot: Slot, nowMs: number, { retryAfterMs }: TooManyRequests): void {
    this.recordRoundTrip(slot, nowMs);
    this.endProbe(slot);
    if ((slot.sentAtMs ?? -Infinity) >= this.coolDownStartMs) {
      this.throttledInARow += 1;
      this.coolDownStartMs = nowMs;
      this.adaptiveRate.recordThrottled(nowMs, (this.slots.size * SECOND_MS) / this.windowMs);
      this.applyAdaptiveRate(nowMs);
      this.coolDown(nowMs, pauseMs(this.throttledInARow, this.random, retryAfterMs));
    } else {
      this.coolDown(nowMs, retryAfterMs ?? 0);
    }
  }

  recordRetry(): void {
    this.retryBudget.spend();
  }

  /** Lets nobody pass for so long. */
  coolDown(nowMs: number, forMs: number): void {
    this.coolDownEndMs = Math.max(this.coolDownEndMs, nowMs + forMs);
  }

  /** Ends the pause: someone wants to know now. */
  endCoolDown(): void {
    this.coolDownEndMs = -Infinity;
  }

  /** Milliseconds until something may be sent on a slot that was taken before: ahead of its time, or before a pause. */
  msUntilUsable({ notBeforeMs }: Slot, nowMs: number): number {
    return Math.max(0, notBeforeMs - nowMs, this.coolDownEndMs - nowMs);
  }

  /** For a call that waits with it for another slot, or for a pause to end, however long; `hold` ends that. */
  suspendLease(slot: Slot): void {
    if (!isLeaseExpired(slot)) this.moveSlot(slot, Infinity);
  }

  /** From now on it is held as if just taken. */
  renewLease(slot: Slot, nowMs: number): void {
    if (!isLeaseExpired(slot)) this.moveSlot(slot, nowMs + LEASE_TIMEOUT_MS);
  }

  /** Gives back what was never sent. */
  release(slot: Slot, nowMs: number): void {
    if (slot.index === NOWHERE || slot.sentAtMs !== undefined) return;
    // The start whose place it took may still be counted.
    if (slot.notBeforeMs > nowMs) this.moveSlot(slot, slot.notBeforeMs);
    else this.slots.remove(slot);
    this.endProbe(slot);
    this.bucket.content = Math.min(this.bucket.bucketSize, this.bucket.content + 1);
  }

  private applyAdaptiveRate(nowMs: number): void {
    const { bucket } = this;
    const perSecond = this.adaptiveRate.perSecond(nowMs);
    const bucketSize = Math.max(1, Math.min(this.burst, perSecond));
    if (bucket.tokensPerInterval === perSecond && bucket.bucketSize === bucketSize) return;
    // What has dripped in at the old rate stays.
    bucket.drip();
    bucket.tokensPerInterval = perSecond;
    bucket.bucketSize = bucketSize;
    bucket.content = Math.min(bucket.content, bucket.bucketSize);
  }

  private endProbe(slot: Slot): void {
    if (this.probe?.slot === slot) this.probe = undefined;
  }

  private recordRoundTrip(slot: Slot, nowMs: number): void {
    const { sentAtMs } = slot;
    if (sentAtMs === undefined || slot.index === NOWHERE) return;
    // What is answered at once was sent where it cannot be seen: that is no round trip.
    if (nowMs > sentAtMs) this.latency.record(nowMs - sentAtMs, nowMs);
    const latestArrivalMs = Math.min(nowMs - this.latency.minRoundTripMs, sentAtMs + MAX_TRANSIT_MS);
    this.moveSlot(slot, Math.max(sentAtMs, latestArrivalMs) + this.windowMs + GUARD_MS);
  }

  private moveSlot(slot: Slot, freeAtMs: number): void {
    slot.expiresAtMs = freeAtMs;
    this.slots.moved(slot);
  }

  private expireSlots(nowMs: number): void {
    for (let first = this.slots.peek(); first && first.expiresAtMs <= nowMs; first = this.slots.peek())
      this.slots.pop();
  }
}
