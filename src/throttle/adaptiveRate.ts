/**
 * The rate that the account currently supports while other clients spend the same limit. It falls at a 429 and rises
 * slowly while calls succeed (additive increase, multiplicative decrease).
 *
 * @see docs/adr/0010-learn-the-rate-from-429s.md
 */

/** A 429 lowers the rate to this share of the rate at which calls were sent. */
const DECREASE_FACTOR = 0.7;

/** The rate never falls below this share of the configured rate, nor below one call in two seconds. */
const MIN_SHARE = 0.05;
const MIN_PER_SECOND = 0.5;

/** Under constant use without a 429, the rate is back at the configured one within this time. */
const RISE_MS = 30_000;

/** The same while the account's budget is live: its turns pace the calls, and those of a browser that is slow are lost. */
const SHARED_RISE_MS = 3000;

/** After this time, a 429 no longer lowers the rate. */
const FORGET_AFTER_MS = 300_000;

export class AdaptiveRate {
  private current: number;
  private throttledAtMs = -Infinity;
  private succeededAtMs = -Infinity;

  /** @param configured starts per second. */
  constructor(private configured: number) {
    this.current = this.configured;
  }

  configure(configured: number): void {
    this.configured = configured;
    this.current = Math.min(this.current, configured);
    if (this.throttledAtMs === -Infinity) this.current = configured;
  }

  /** Whether the rate is below the configured one. */
  get isReduced(): boolean {
    return this.current < this.configured;
  }

  /** Starts per second, at most the configured rate. */
  perSecond(nowMs: number): number {
    if (this.throttledAtMs > -Infinity && nowMs - this.throttledAtMs >= FORGET_AFTER_MS) {
      this.current = this.configured;
      this.throttledAtMs = -Infinity;
    }
    return this.current;
  }

  /**
   * Call this at most once per round trip: calls in flight together are throttled for the same reason.
   *
   * @param sentPerSecond how many calls per second were sent recently. The new rate is a share of it.
   */
  recordThrottled(nowMs: number, sentPerSecond: number): void {
    const used = Math.min(this.perSecond(nowMs), Math.max(1, sentPerSecond));
    const lowest = Math.max(this.configured * MIN_SHARE, MIN_PER_SECOND);
    this.current = Math.min(this.configured, Math.max(lowest, used * DECREASE_FACTOR));
    this.throttledAtMs = nowMs;
    this.succeededAtMs = nowMs;
  }

  /**
   * Raises the rate by the time in use since the last call. Idle time does not count.
   *
   * @param isShared whether the account's budget is live.
   */
  recordSuccess(nowMs: number, isShared: boolean): void {
    const rate = this.perSecond(nowMs);
    if (rate >= this.configured) return;
    const inUseMs = Math.min(nowMs - this.succeededAtMs, 1000 / rate);
    this.current = Math.min(
      this.configured,
      rate + (this.configured * inUseMs) / (isShared ? SHARED_RISE_MS : RISE_MS),
    );
    this.succeededAtMs = nowMs;
  }
}
