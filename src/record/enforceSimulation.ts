/** Mode `observe`: calculates when mode `enforce` would have sent each call. Nothing is queued. */

import { RateLimitId } from "../limits/limits";
import { maxBurst } from "../settings/defaults";
import { RateSetting } from "../settings/readSettings";

const SECOND_MS = 1000;

/** Caps the simulated queue: it would grow without end under a steady overload. */
const MAX_QUEUE_LENGTH = 10_000;

/** What `enforce` would have done with a call. */
export interface SimulatedCall {
  readonly waitMs: number;
  /** Calls in the simulated queue, this one included. */
  readonly queueLength: number;
}

interface SimulatedLimit {
  /** Simulated start times, oldest first: those still in the sliding window and those in the queue. */
  starts: number[];
  /** When the token bucket is full again without further calls. */
  fullAtMs: number;
}

export class EnforceSimulation {
  private readonly limits = new Map<RateLimitId, SimulatedLimit>();

  /** @param nowMs when the call was really sent; must not decrease. */
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
    const windowMs = SECOND_MS * Math.max(1, 1 / perSecond);
    const slotMs = (starts[starts.length - maxBurst(perSecond)] ?? -Infinity) + windowMs;
    const tokenMs = fullAtMs - ((burst - 1) * SECOND_MS) / perSecond;
    // First come, first served: no call overtakes the last one.
    const lastMs = starts[starts.length - 1] ?? -Infinity;
    return Math.max(slotMs, tokenMs, lastMs);
  }

  private recordStart(id: RateLimitId, { perSecond }: RateSetting, startMs: number, nowMs: number): number {
    const limit = this.getLimit(id);
    limit.starts.push(startMs);
    const firstQueued = limit.starts.findIndex((ms) => ms > nowMs);
    const queueLength = firstQueued < 0 ? 0 : limit.starts.length - firstQueued;
    limit.starts = limit.starts.slice(-Math.max(maxBurst(perSecond), queueLength));
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
