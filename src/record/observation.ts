/** Measurements of mode `observe`: peaks, calls that `enforce` would have queued, and 429s. */

import { RateLimitId } from "../limits/limits";
import { Settings } from "../settings/readSettings";
import { EnforceSimulation } from "./enforceSimulation";

/** Upper bounds of the histogram of waits. */
const WAIT_BUCKETS_MS = [250, 500, 1000, 2000, 5000, 10_000, 20_000, 30_000, 60_000, Infinity] as const;

const SECOND_MS = 1000;

/** What was measured about one limit. */
export interface LimitObservation {
  /** Calls that were sent. */
  readonly calls: number;
  /** Most starts in any rolling second. */
  readonly peakPerSecond: number;
  /** Calls that would have been queued. */
  readonly wouldWait: number;
  /** How many of them would have waited up to 0.25, 0.5, 1, 2, 5, 10, 20, 30 and 60 seconds, and longer. */
  readonly waits: readonly number[];
  /** The longest of these waits, in milliseconds. */
  readonly longestWaitMs: number;
  /** The largest number of calls that would have been queued at once. */
  readonly longestQueue: number;
  /** Calls that got a 429. */
  readonly throttled: number;
  /** 429s although this browser stayed within the limit: other clients share it. */
  readonly throttledWithinLimit: number;
}

/** Measurements of mode `observe`, kept over reloads. */
export interface Observation {
  /** When they began, in milliseconds since 1970. */
  readonly sinceMs: number;
  /** How long Flex was open in mode `observe`, in milliseconds. */
  readonly measuredMs: number;
  /** By limit id. Limits without a call are absent. */
  readonly limits: Readonly<Partial<Record<RateLimitId, LimitObservation>>>;
}

const NO_CALLS: LimitObservation = {
  calls: 0,
  peakPerSecond: 0,
  wouldWait: 0,
  waits: WAIT_BUCKETS_MS.map(() => 0),
  longestWaitMs: 0,
  longestQueue: 0,
  throttled: 0,
  throttledWithinLimit: 0,
};

export class ObservationRecorder {
  private readonly simulation = new EnforceSimulation();
  /** Starts of the last second, plus the one before the latest: limits below 1/s need it. */
  private readonly recentStarts = new Map<RateLimitId, readonly number[]>();
  private readonly limits = new Map<RateLimitId, LimitObservation>();
  private readonly sinceMs: number;
  private measuredMs: number;

  /** @param before measurements of an earlier page, or only their beginning. */
  constructor({ sinceMs, measuredMs = 0, limits = {} }: Partial<Observation> & Pick<Observation, "sinceMs">) {
    this.sinceMs = sinceMs;
    this.measuredMs = measuredMs;
    for (const id of Object.keys(limits) as RateLimitId[]) this.limits.set(id, { ...NO_CALLS, ...limits[id] });
  }

  addMeasuredTime(ms: number): void {
    this.measuredMs += ms;
  }

  /** @param nowMs on a monotonic clock. */
  recordStart(spent: readonly RateLimitId[], rates: Settings["rates"], nowMs: number): void {
    const { waitMs, queueLength } = this.simulation.simulateCall(spent, rates, nowMs);
    for (const id of spent) {
      const before = this.getLimit(id);
      this.rememberStart(id, nowMs);
      this.limits.set(id, {
        ...before,
        calls: before.calls + 1,
        peakPerSecond: Math.max(before.peakPerSecond, this.countRecentStarts(id, SECOND_MS)),
        wouldWait: before.wouldWait + (waitMs > 0 ? 1 : 0),
        waits: waitMs > 0 ? countWait(before.waits, waitMs) : before.waits,
        longestWaitMs: Math.max(before.longestWaitMs, Math.ceil(waitMs)),
        longestQueue: Math.max(before.longestQueue, queueLength),
      });
    }
  }

  recordThrottled(spent: readonly RateLimitId[], rates: Settings["rates"]): void {
    for (const id of spent) {
      const before = this.getLimit(id);
      const { perSecond } = rates[id];
      // 0.5 calls per second means one call in two seconds.
      const isWithin = this.countRecentStarts(id, SECOND_MS * Math.max(1, 1 / perSecond)) <= Math.max(1, perSecond);
      this.limits.set(id, {
        ...before,
        throttled: before.throttled + 1,
        throttledWithinLimit: before.throttledWithinLimit + (isWithin ? 1 : 0),
      });
    }
  }

  read(): Observation {
    return { sinceMs: this.sinceMs, measuredMs: this.measuredMs, limits: Object.fromEntries(Array.from(this.limits)) };
  }

  private getLimit(id: RateLimitId): LimitObservation {
    return this.limits.get(id) ?? NO_CALLS;
  }

  private rememberStart(id: RateLimitId, nowMs: number): void {
    const recent = this.recentStarts.get(id) ?? [];
    this.recentStarts.set(id, [
      ...recent.filter((ms, at) => ms > nowMs - SECOND_MS || at === recent.length - 1),
      nowMs,
    ]);
  }

  /** @returns the number of starts within `withinMs` before the latest start, itself included. */
  private countRecentStarts(id: RateLimitId, withinMs: number): number {
    const recent = this.recentStarts.get(id) ?? [];
    return recent.filter((ms) => ms > recent[recent.length - 1] - withinMs).length;
  }
}

function countWait(waits: readonly number[], waitMs: number): readonly number[] {
  const bucket = WAIT_BUCKETS_MS.findIndex((upToMs) => waitMs <= upToMs);
  return waits.map((count, index) => (index === bucket ? count + 1 : count));
}

/** @param share from 0 to 1. @returns an upper bound of that percentile of the simulated waits, in milliseconds. */
export function waitPercentile({ waits, wouldWait, longestWaitMs }: LimitObservation, share: number): number {
  let seen = 0;
  const bucket = waits.findIndex((count) => (seen += count) >= share * wouldWait);
  return wouldWait === 0 ? 0 : Math.min(WAIT_BUCKETS_MS[bucket], longestWaitMs);
}
