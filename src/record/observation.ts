/** What `"mode": "observe"` has measured: peaks, what would have waited, and what Twilio refused all the same. */

import { RateLimitId } from "../limits/limits";
import { Settings } from "../settings/readSettings";
import { EnforceSimulation } from "./enforceSimulation";

/** Up to how many milliseconds a wait falls into a step; the last step holds all longer ones. */
const WAIT_BUCKETS_MS = [250, 500, 1000, 2000, 5000, 10_000, 20_000, 30_000, 60_000, Infinity] as const;

const SECOND_MS = 1000;

export interface LimitObservation {
  readonly calls: number;
  /** The most starts in any rolling second. */
  readonly peakPerSecond: number;
  /** How many would have waited. */
  readonly wouldWait: number;
  /** How many of them for how long, by `WAIT_STEPS_MS`. */
  readonly waits: readonly number[];
  readonly longestWaitMs: number;
  readonly longestQueue: number;
  /** How many Twilio refused with 429. */
  readonly throttled: number;
  /** How many of those although this browser kept to the limit: others spend it, too. */
  readonly throttledWithinLimit: number;
}

export interface Observation {
  /** When it began, in milliseconds since 1970. */
  readonly sinceMs: number;
  /** How long was measured, in milliseconds: while Flex was open and the mode was `observe`. */
  readonly measuredMs: number;
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
  /** The latest starts: those of one second, and the one ahead of the latest, however long ago that was. */
  private readonly recentStarts = new Map<RateLimitId, readonly number[]>();
  private readonly limits = new Map<RateLimitId, LimitObservation>();
  private measuredMs = 0;

  /** @param before what an earlier page has measured. */
  constructor(
    private readonly sinceMs: number,
    before?: Observation,
  ) {
    if (!before) return;
    this.sinceMs = before.sinceMs;
    this.measuredMs = before.measuredMs;
    (Object.keys(before.limits) as RateLimitId[]).forEach((id) =>
      this.limits.set(id, { ...NO_CALLS, ...before.limits[id] }),
    );
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
        longestWaitMs: Math.max(before.longestWaitMs, waitMs),
        longestQueue: Math.max(before.longestQueue, queueLength),
      });
    }
  }

  recordThrottled(spent: readonly RateLimitId[], rates: Settings["rates"]): void {
    for (const id of spent) {
      const before = this.getLimit(id);
      const { perSecond } = rates[id];
      // Half a call in one second is one in two.
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

  /** @returns the starts of so many milliseconds that end with the latest. */
  private countRecentStarts(id: RateLimitId, withinMs: number): number {
    const recent = this.recentStarts.get(id) ?? [];
    return recent.filter((ms) => ms > recent[recent.length - 1] - withinMs).length;
  }
}

function countWait(waits: readonly number[], waitMs: number): readonly number[] {
  const step = WAIT_BUCKETS_MS.findIndex((upToMs) => waitMs <= upToMs);
  return waits.map((count, index) => (index === step ? count + 1 : count));
}

/** @returns up to how long so many of those that would have waited would have done so: an upper bound, by the steps. */
export function waitPercentile({ waits, wouldWait, longestWaitMs }: LimitObservation, share: number): number {
  let seen = 0;
  const step = waits.findIndex((count) => (seen += count) >= share * wouldWait);
  return wouldWait === 0 ? 0 : Math.min(WAIT_BUCKETS_MS[step], longestWaitMs);
}
