/** How much of one limit was used lately, and how often Twilio refused it. */

import { CountRing } from "./countRing";

/** What a plot of the last minutes shows. */
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

  /** Starts since the page was loaded. */
  get calls(): number {
    return this.total;
  }

  /** Starts in each of the last seconds, oldest first; the last one is not over yet. */
  countStartsBySecond(nowMs: number): readonly number[] {
    return this.starts.read(nowMs);
  }

  countThrottledInLastHour(nowMs: number): number {
    return this.throttled.sum(nowMs);
  }
}
