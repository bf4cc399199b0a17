/** How much of one limit was used lately, and how often Twilio refused it. */

import { CountRing } from "./countRing";

/** What a plot of the last minutes shows. */
export const SHOWN_SECONDS = 300;

const MINUTE_MS = 60_000;
const MINUTES = 60;

export class Usage {
  private readonly starts = new CountRing(1000, SHOWN_SECONDS);
  private readonly refusals = new CountRing(MINUTE_MS, MINUTES);

  started(nowMs: number): void {
    this.starts.add(nowMs);
  }

  refused(nowMs: number): void {
    this.refusals.add(nowMs);
  }

  /** Starts in each of the last seconds, oldest first. */
  startsBySecond(nowMs: number): readonly number[] {
    return this.starts.read(nowMs);
  }

  refusedInLastHour(nowMs: number): number {
    return this.refusals.sum(nowMs);
  }
}
