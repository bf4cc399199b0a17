/** A ring buffer of counts, one for each time interval. Old intervals are overwritten. */

export class CountRing {
  private readonly counts: Uint32Array;
  /** Number of the latest interval, counted from the clock's zero. */
  private latest = -1;

  /** @param intervalMs length of one interval. @param intervalCount number of intervals to keep. */
  constructor(
    private readonly intervalMs: number,
    private readonly intervalCount: number,
  ) {
    this.counts = new Uint32Array(this.intervalCount);
  }

  increment(nowMs: number): void {
    this.advanceTo(nowMs);
    this.counts[this.latest % this.intervalCount] += 1;
  }

  /** @returns counts, oldest interval first. The last interval is still running. */
  read(nowMs: number): number[] {
    this.advanceTo(nowMs);
    return Array.from(this.counts, (_, index) => this.counts[(this.latest + 1 + index) % this.intervalCount]);
  }

  sum(nowMs: number): number {
    return this.read(nowMs).reduce((sum, count) => sum + count, 0);
  }

  private advanceTo(nowMs: number): void {
    const interval = Math.floor(nowMs / this.intervalMs);
    // After a long pause every interval is stale; one pass over the ring clears them all.
    for (let next = Math.max(this.latest + 1, interval - this.intervalCount + 1); next <= interval; next += 1)
      this.counts[next % this.intervalCount] = 0;
    this.latest = Math.max(this.latest, interval);
  }
}
