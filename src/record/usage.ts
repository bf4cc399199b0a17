/** How much of one limit was used lately, and how often Twilio refused it. */

import { CountRing } from "./countRing";

/** What a plot of the last minutes shows. */
const SHOWN_SECONDS = 300;

const MINUTE_MS = 60_000;
const MINUTES = 60;

export class Usage {
  private readonly starts = new CountRing(1000, SHOWN_SECONDS);
  private readonly refusals = new CountRing(MINUTE_MS, MINUTES);
  private total = 0;

  started(nowMs: number): void {
    this.total += 1;
    this.starts.add(nowMs);
  }

  refused(nowMs: number): void {
    this.refusals.add(nowMs);
  }

  /** Starts since the page was loaded. */
  get calls(): number {
    return this.total;
  }

  /** Starts in each of the last seconds, oldest first; the last one is not over yet. */
  startsBySecond(nowMs: number): readonly number[] {
    return this.starts.read(nowMs);
  }

  refusedInLastHour(nowMs: number): number {
    return this.refusals.sum(nowMs);
  }
}
