/** Counts by stretches of time, of the latest stretches only: what is older is overwritten. */

export class CountRing {
  private readonly counts: Uint32Array;
  /** The stretch that was written to last, by its number since the clock's zero. */
  private latest = -1;

  /** @param intervalMs how long one stretch is. @param length how many are kept. */
  constructor(
    private readonly intervalMs: number,
    private readonly length: number,
  ) {
    this.counts = new Uint32Array(length);
  }

  increment(nowMs: number): void {
    this.advanceTo(nowMs);
    this.counts[this.latest % this.length] += 1;
  }

  /** Oldest first; the last one is the stretch of now, which is not over yet. */
  read(nowMs: number): number[] {
    this.advanceTo(nowMs);
    return Array.from(this.counts, (_, index) => this.counts[(this.latest + 1 + index) % this.length]);
  }

  sum(nowMs: number): number {
    return this.read(nowMs).reduce((sum, count) => sum + count, 0);
  }

  private advanceTo(nowMs: number): void {
    const interval = Math.floor(nowMs / this.intervalMs);
    // After a long time without a count nothing of the ring is left; it need not be gone round more than once.
    for (let next = Math.max(this.latest + 1, interval - this.length + 1); next <= interval; next += 1)
      this.counts[next % this.length] = 0;
    this.latest = Math.max(this.latest, interval);
  }
}
