/** Recent starts and 429s of one limit. */

import { CountRing } from "./countRing";

/** The time span of the plot in the view. */
const SHOWN_SECONDS = 300;

const MINUTE_MS = 60_000;
const MINUTES = 60;

export class LimitUsage {
  private readonly starts = new CountRing(1000, SHOWN_SECONDS);
  private readonly throttled = new CountRing(MINUTE_MS, MINUTES);
  private total = 0;

  recordStart(nowMs: number): void {
    this.total += 1;
    this.starts.increment(nowMs);
  }

  recordThrottled(nowMs: number): void {
    this.throttled.increment(nowMs);
  }

  /** Starts since the page loaded. */
  get calls(): number {
    return this.total;
  }

  /** @returns starts per second for the last five minutes, oldest first. The last second is still running. */
  countStartsBySecond(nowMs: number): readonly number[] {
    return this.starts.read(nowMs);
  }

  countThrottledInLastHour(nowMs: number): number {
    return this.throttled.sum(nowMs);
  }
}
