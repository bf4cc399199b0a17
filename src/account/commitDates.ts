/** Milliseconds on the service's clock for dates that may have whole seconds only. */

/** One date in a thousand has no milliseconds by chance. This many in a row have none. */
const ENOUGH_WHOLE_SECONDS = 3;

export class CommitDates {
  private hasMilliseconds = false;
  private wholeSeconds = 0;
  /** The least time from a date to its receipt: the difference of the clocks, and the fastest delivery. */
  private leastDelayMs = Infinity;

  /**
   * Returns the date. If the service's dates turn out to have whole seconds only, estimates the milliseconds from the
   * time of receipt, within the date's second.
   * @param receivedAtMs on a monotonic clock. Undefined if the item was read later.
   */
  read(dateMs: number, receivedAtMs: number | undefined): number {
    if (dateMs % 1000 !== 0) this.hasMilliseconds = true;
    else this.wholeSeconds += 1;
    if (this.hasMilliseconds || receivedAtMs === undefined) return dateMs;
    this.leastDelayMs = Math.min(this.leastDelayMs, receivedAtMs - dateMs);
    if (this.wholeSeconds < ENOUGH_WHOLE_SECONDS) return dateMs;
    return dateMs + Math.min(999, Math.round(receivedAtMs - dateMs - this.leastDelayMs));
  }
}
