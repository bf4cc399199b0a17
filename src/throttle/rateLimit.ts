/**
 * One limit: never more starts than it allows in any rolling second, as many bursts as its token bucket holds, nobody
 * while it cools down.
 *
 * `limiter`'s bucket alone lets twice the limit through in its first second; so every start also occupies a slot until
 * Twilio can no longer count it together with a later one.
 */

import { TokenBucket } from "limiter";

import { RateLimitId } from "../limits/limits";
import { Refusal } from "../limits/tooManyRequests";
import { RateSetting } from "../settings/readSettings";
import { pauseMs } from "./backoff";
import { Random } from "./clock";
import { Heap, HeapNode } from "./heap";
import { Latency } from "./latency";

const SECOND_MS = 1000;

/** Timers and clocks are not exact to the millisecond; a start is this much later than it could be. */
const GUARD_MS = 10;

/** A request without an answer is taken to have reached Twilio within this time. */
const UNANSWERED_MS = 500;

/** After a refusal one call at a time goes out until one succeeds; an unanswered one stops holding the others after this. */
const PROBE_MS = 10_000;

/** What one start takes from a limit. */
export interface Slot {
  sentAtMs?: number;
  freeAtMs: number;
}

export class RateLimit {
  private bucket!: TokenBucket;
  private most = 1;
  private windowMs = SECOND_MS;
  private readonly slots = new Heap<Slot>((a, b) => a.freeAtMs < b.freeAtMs);
  private readonly nodes = new Map<Slot, HeapNode<Slot>>();
  private readonly latency = new Latency();

  private coolUntilMs = -Infinity;
  private cooledAtMs = -Infinity;
  private refusals = 0;
  private probeUntilMs = -Infinity;

  constructor(
    readonly id: RateLimitId,
    setting: RateSetting,
    private readonly random: Random,
  ) {
    this.configure(setting);
  }

  configure({ perSecond, burst }: RateSetting): void {
    this.most = Math.max(1, Math.floor(perSecond));
    this.windowMs = SECOND_MS * Math.max(1, 1 / perSecond);
    this.bucket = new TokenBucket({ bucketSize: burst, tokensPerInterval: perSecond, interval: SECOND_MS });
    this.bucket.content = burst;
  }

  /** Starts in one window of `windowMs`: what a queue of calls can count on. */
  get perWindow(): number {
    return this.most;
  }

  get windowLengthMs(): number {
    return this.windowMs;
  }

  /** Until when nobody passes after a refusal, on the throttle's clock; in the past when nothing is wrong. */
  get coolingUntilMs(): number {
    return this.coolUntilMs;
  }

  /** Whether a refusal was the last that was heard of this limit. */
  get isTroubled(): boolean {
    return this.refusals > 0;
  }

  /** Milliseconds until a call may start, 0 for at once; `Infinity` where only an answer can tell. */
  waitMs(nowMs: number): number {
    this.freeSlots(nowMs);
    const slotMs = this.slots.size < this.most ? 0 : (this.slots.peek() as Slot).freeAtMs - nowMs;
    const probeMs = this.isTroubled ? this.probeUntilMs - nowMs : 0;
    return Math.max(0, slotMs, probeMs, this.coolUntilMs - nowMs, this.bucket.getWaitTime(1));
  }

  /** To be called only when `waitMs` is 0. The slot counts from `sent` on; until then it is held. */
  take(nowMs: number): Slot {
    this.freeSlots(nowMs);
    this.bucket.tryRemoveTokens(1);
    const slot: Slot = { freeAtMs: Infinity };
    this.nodes.set(slot, this.slots.push(slot));
    if (this.isTroubled) this.probeUntilMs = nowMs + PROBE_MS;
    return slot;
  }

  sent(slot: Slot, nowMs: number): void {
    slot.sentAtMs = nowMs;
    this.moveSlot(slot, nowMs + this.windowMs + UNANSWERED_MS);
  }

  /** The call was not refused. */
  answered(slot: Slot, nowMs: number): void {
    this.measured(slot, nowMs);
    if (this.isTroubled && this.sentAfterCoolDown(slot)) this.refusals = 0;
    this.probeUntilMs = -Infinity;
  }

  /** Pauses the whole limit. Refusals of calls that were on their way together count as one. */
  refused(slot: Slot, nowMs: number, { retryAfterMs }: Refusal): void {
    this.measured(slot, nowMs);
    this.probeUntilMs = -Infinity;
    this.coolDown(nowMs, this.sentAfterCoolDown(slot), retryAfterMs);
  }

  /** Pauses the limit for a refusal that another limit's call met. */
  coolDown(nowMs: number, isNewRound: boolean, retryAfterMs = 0): void {
    if (isNewRound) this.refusals += 1;
    const pause = isNewRound ? pauseMs(this.refusals, this.random, retryAfterMs) : retryAfterMs;
    if (isNewRound) this.cooledAtMs = nowMs;
    this.coolUntilMs = Math.max(this.coolUntilMs, nowMs + pause);
  }

  /** Ends the pause: someone wants to know now. */
  endCoolDown(): void {
    this.coolUntilMs = -Infinity;
  }

  /** Gives back what was never sent. */
  release(slot: Slot): void {
    const node = this.nodes.get(slot);
    if (!node || slot.sentAtMs !== undefined) return;
    this.slots.remove(node);
    this.nodes.delete(slot);
    this.probeUntilMs = -Infinity;
    this.bucket.content = Math.min(this.bucket.bucketSize, this.bucket.content + 1);
  }

  private sentAfterCoolDown(slot: Slot): boolean {
    return (slot.sentAtMs ?? -Infinity) >= this.cooledAtMs;
  }

  private measured(slot: Slot, nowMs: number): void {
    const { sentAtMs } = slot;
    if (sentAtMs === undefined) return;
    this.latency.record(nowMs - sentAtMs);
    const latestArrivalMs = Math.min(nowMs - this.latency.quickestMs, sentAtMs + UNANSWERED_MS);
    this.moveSlot(slot, Math.max(sentAtMs, latestArrivalMs) + this.windowMs + GUARD_MS);
  }

  private moveSlot(slot: Slot, freeAtMs: number): void {
    const node = this.nodes.get(slot);
    if (!node) return;
    slot.freeAtMs = freeAtMs;
    this.slots.moved(node);
  }

  private freeSlots(nowMs: number): void {
    for (let first = this.slots.peek(); first && first.freeAtMs <= nowMs; first = this.slots.peek()) {
      this.slots.pop();
      this.nodes.delete(first);
    }
  }
}
