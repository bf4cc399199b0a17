/** When calls would have gone if they had been throttled: a queue in which nobody stands, for `"mode": "observe"`. */

import { RateLimitId } from "../limits/limits";
import { RateSetting } from "../settings/readSettings";

const SECOND_MS = 1000;

/** Who comes behind so many is not lined up: under a steady overload the line would grow for as long as the page is open. */
const MAX_QUEUE_LENGTH = 10_000;

/** What would have become of a call. */
export interface SimulatedCall {
  readonly waitMs: number;
  /** How many would have waited then, itself included. */
  readonly queueLength: number;
}

interface SimulatedLimit {
  /** When the latest would have gone, oldest first: those that count yet, and those that would still wait. */
  starts: number[];
  /** When its token bucket is full again if nobody comes. */
  fullAtMs: number;
}

export class EnforceSimulation {
  private readonly limits = new Map<RateLimitId, SimulatedLimit>();

  /** @param rates what would hold. @param nowMs when the call really went; it never goes back. */
  simulateCall(
    spent: readonly RateLimitId[],
    rates: Readonly<Record<RateLimitId, RateSetting>>,
    nowMs: number,
  ): SimulatedCall {
    const startMs = Math.max(nowMs, ...spent.map((id) => this.findEarliestStart(id, rates[id])));
    const queues = spent.map((id) => this.recordStart(id, rates[id], startMs, nowMs));
    return { waitMs: startMs - nowMs, queueLength: Math.max(...queues) };
  }

  private findEarliestStart(id: RateLimitId, { perSecond, burst }: RateSetting): number {
    const { starts, fullAtMs } = this.getLimit(id);
    const most = Math.max(1, Math.floor(perSecond));
    const windowMs = SECOND_MS * Math.max(1, 1 / perSecond);
    const slotMs = starts.length < most ? -Infinity : starts[starts.length - most] + windowMs;
    const tokenMs = fullAtMs - ((burst - 1) * SECOND_MS) / perSecond;
    // First come, first served.
    const lastMs = starts.length > 0 ? starts[starts.length - 1] : -Infinity;
    return Math.max(slotMs, tokenMs, lastMs);
  }

  private recordStart(id: RateLimitId, { perSecond }: RateSetting, startMs: number, nowMs: number): number {
    const limit = this.getLimit(id);
    const most = Math.max(1, Math.floor(perSecond));
    limit.starts.push(startMs);
    const firstAhead = limit.starts.findIndex((ms) => ms > nowMs);
    const queueLength = firstAhead < 0 ? 0 : limit.starts.length - firstAhead;
    limit.starts = limit.starts.slice(-Math.max(most, queueLength));
    if (queueLength > MAX_QUEUE_LENGTH) limit.starts.pop();
    else limit.fullAtMs = Math.max(limit.fullAtMs, startMs) + SECOND_MS / perSecond;
    return queueLength;
  }

  private getLimit(id: RateLimitId): SimulatedLimit {
    let limit = this.limits.get(id);
    if (!limit) this.limits.set(id, (limit = { starts: [], fullAtMs: -Infinity }));
    return limit;
  }
}
