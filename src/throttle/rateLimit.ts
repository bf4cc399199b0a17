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
import { Refusal } from "../limits/tooManyRequests";
import { RateSetting } from "../settings/readSettings";
import { pauseMs } from "./backoff";
import { Random } from "./clock";
import { Heap, NOWHERE } from "./heap";
import { Latency } from "./latency";
import { LearnedRate } from "./learnedRate";
import { RetryBudget } from "./retryBudget";

const SECOND_MS = 1000;

/** Browsers round their clock to a millisecond, at the sending and at the answer; a start is this much later than it could be. */
const GUARD_MS = 3;

/** A request without an answer, whether it failed or is waited for, is taken to have reached Twilio within this time. */
const UNANSWERED_MS = 1000;

/**
 * A permit that is not used and not given back by then holds others up no longer: it was lost, or who holds it waits for one
 * of them. A request of its own that comes later takes its own turn.
 */
const HELD_MS = 3000;

/** After a refusal one call at a time goes out until one succeeds; an unanswered one stops holding the others after this. */
const PROBE_MS = 10_000;

/** What one start takes from a limit. */
export interface Slot {
  sentAtMs?: number;
  /** Until then it still belongs to the start before it: it may be held, but nothing may be sent on it. */
  readonly notBeforeMs: number;
  freeAtMs: number;
  /** Where it stands among those that are taken; `NOWHERE` once it is free again. Kept by the heap. */
  index: number;
}

/** Whether it was held for so long, and never sent, that others have it now. */
export function isLost({ sentAtMs, index }: Slot): boolean {
  return sentAtMs === undefined && index === NOWHERE;
}

interface Probe {
  readonly slot: Slot;
  readonly untilMs: number;
}

export class RateLimit {
  private readonly bucket = new TokenBucket({ bucketSize: 0, tokensPerInterval: 1, interval: SECOND_MS });
  private readonly learned = new LearnedRate(1);
  private readonly budget = new RetryBudget(1);
  private readonly latency = new Latency();
  private readonly slots = new Heap<"index", Slot>("index", (a, b) => a.freeAtMs < b.freeAtMs);
  private perSecond = 1;
  private burst = 1;
  private most = 1;
  private windowMs = SECOND_MS;

  private coolUntilMs = -Infinity;
  private cooledAtMs = -Infinity;
  private refusals = 0;
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
    this.most = Math.max(1, Math.floor(perSecond));
    this.windowMs = SECOND_MS * Math.max(1, 1 / perSecond);
    this.learned.configure(perSecond);
    this.budget.configure(perSecond);
    this.applyLearned(nowMs);
  }

  /** How long a call waits that so many stand before; a guess where an answer must come first. */
  estimateWaitMs(nowMs: number, ahead: number): number {
    const waitMs = this.waitMs(nowMs);
    const first = this.slots.peek();
    // When a permit that is held will be used, nobody can tell; a window later is as good a guess as any.
    const isHeld = this.slots.size >= this.most && first?.sentAtMs === undefined;
    const firstMs = isHeld ? Math.max(this.windowMs, this.coolUntilMs - nowMs) : waitMs;
    const learnedMs = (ahead * SECOND_MS) / this.learned.perSecond(nowMs);
    const windowsMs = Math.floor(ahead / this.most) * this.windowMs;
    return firstMs + (this.learned.isLess ? Math.max(learnedMs, windowsMs) : windowsMs);
  }

  get configuredPerSecond(): number {
    return this.perSecond;
  }

  /** What the account has shown it bears. */
  learnedPerSecond(nowMs: number): number {
    return this.learned.perSecond(nowMs);
  }

  /** Until when nobody passes after a refusal, on the throttle's clock; in the past when nothing is wrong. */
  get coolingUntilMs(): number {
    return this.coolUntilMs;
  }

  /** Whether so much was refused, and so little not, that retrying is no help. */
  get isRetryBudgetSpent(): boolean {
    return this.budget.isSpent;
  }

  /** Whether a refusal was the last that was heard of this limit. */
  private get isTroubled(): boolean {
    return this.refusals > 0;
  }

  /**
   * Milliseconds until a call may start, 0 for at once; a later answer may make it sooner.
   *
   * @param leadMs how much ahead of its start a slot is wanted.
   */
  waitMs(nowMs: number, leadMs = 0): number {
    this.freeSlots(nowMs);
    const slotMs =
      this.slots.size < this.most ? 0 : (this.slots.peek() as Slot).freeAtMs - nowMs - (this.isTroubled ? 0 : leadMs);
    const probeMs = this.isTroubled && this.probe ? this.probe.untilMs - nowMs : 0;
    return Math.max(0, slotMs, probeMs, this.coolUntilMs - nowMs, this.bucket.getWaitTime(1));
  }

  /** To be called only when `waitMs` is 0 for the same lead. The slot counts from `sent` on; until then it is held. */
  take(nowMs: number, leadMs = 0): Slot {
    this.freeSlots(nowMs);
    this.applyLearned(nowMs);
    this.bucket.tryRemoveTokens(1);
    // Ahead of its time it takes the place of the start that ends first, which it must await.
    const ending = leadMs > 0 && this.slots.size >= this.most ? this.slots.pop() : undefined;
    const notBeforeMs = ending?.freeAtMs ?? nowMs;
    const slot: Slot = { sentAtMs: undefined, notBeforeMs, freeAtMs: nowMs + HELD_MS, index: NOWHERE };
    this.slots.push(slot);
    if (this.isTroubled) this.probe = { slot, untilMs: nowMs + PROBE_MS };
    return slot;
  }

  sent(slot: Slot, nowMs: number): void {
    slot.sentAtMs = nowMs;
    if (slot.index === NOWHERE) this.slots.push(slot);
    this.moveSlot(slot, nowMs + this.windowMs + UNANSWERED_MS);
  }

  /** An answer came that was no refusal. */
  answered(slot: Slot, nowMs: number): void {
    this.measured(slot, nowMs);
    this.endProbe(slot);
    if (slot.sentAtMs === undefined || slot.sentAtMs < this.cooledAtMs) return;
    this.refusals = 0;
    this.budget.succeeded();
    this.learned.succeeded(nowMs);
    this.applyLearned(nowMs);
  }

  /** It failed, and may yet arrive: nothing is learned, its slot stays as taken as while it was under way, and the next finds out. */
  unanswered(slot: Slot): void {
    this.endProbe(slot);
  }

  /** Pauses the whole limit. Refusals of calls that were on their way together count as one. */
  refused(slot: Slot, nowMs: number, { retryAfterMs }: Refusal): void {
    this.measured(slot, nowMs);
    this.endProbe(slot);
    if ((slot.sentAtMs ?? -Infinity) >= this.cooledAtMs) {
      this.refusals += 1;
      this.cooledAtMs = nowMs;
      this.learned.refused(nowMs, (this.slots.size * SECOND_MS) / this.windowMs);
      this.applyLearned(nowMs);
      this.coolDown(nowMs, pauseMs(this.refusals, this.random, retryAfterMs));
    } else {
      this.coolDown(nowMs, retryAfterMs ?? 0);
    }
  }

  retried(): void {
    this.budget.retried();
  }

  /** Lets nobody pass for so long. */
  coolDown(nowMs: number, forMs: number): void {
    this.coolUntilMs = Math.max(this.coolUntilMs, nowMs + forMs);
  }

  /** Ends the pause: someone wants to know now. */
  endCoolDown(): void {
    this.coolUntilMs = -Infinity;
  }

  /** Milliseconds until something may be sent on a slot that was taken before: ahead of its time, or before a pause. */
  openInMs({ notBeforeMs }: Slot, nowMs: number): number {
    return Math.max(0, notBeforeMs - nowMs, this.coolUntilMs - nowMs);
  }

  /** For a call that waits with it for another slot, or for a pause to end, however long; `hold` ends that. */
  keep(slot: Slot): void {
    if (!isLost(slot)) this.moveSlot(slot, Infinity);
  }

  /** From now on it is held as if just taken. */
  hold(slot: Slot, nowMs: number): void {
    if (!isLost(slot)) this.moveSlot(slot, nowMs + HELD_MS);
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

  private applyLearned(nowMs: number): void {
    const { bucket } = this;
    const perSecond = this.learned.perSecond(nowMs);
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

  private measured(slot: Slot, nowMs: number): void {
    const { sentAtMs } = slot;
    if (sentAtMs === undefined || slot.index === NOWHERE) return;
    // What is answered at once was sent where it cannot be seen: that is no round trip.
    if (nowMs > sentAtMs) this.latency.record(nowMs - sentAtMs, nowMs);
    const latestArrivalMs = Math.min(nowMs - this.latency.quickestMs, sentAtMs + UNANSWERED_MS);
    this.moveSlot(slot, Math.max(sentAtMs, latestArrivalMs) + this.windowMs + GUARD_MS);
  }

  private moveSlot(slot: Slot, freeAtMs: number): void {
    slot.freeAtMs = freeAtMs;
    this.slots.moved(slot);
  }

  private freeSlots(nowMs: number): void {
    for (let first = this.slots.peek(); first && first.freeAtMs <= nowMs; first = this.slots.peek()) this.slots.pop();
  }
}
