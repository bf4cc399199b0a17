/**
 * What an account has shown it bears, where that is less than what is configured: other agents, servers and customers
 * spend the same limit, and only a refusal tells of them.
 *
 * Down by a share at a refusal, up by a little while calls succeed (additive increase, multiplicative decrease, as TCP
 * and the adaptive retry of AWS's SDKs do): agents who share a limit come to share it evenly.
 */

/** What is left of the rate at which calls were sent when one was refused. */
const DECREASE_FACTOR = 0.7;

/** Never less than this share of the configured rate, nor than one in two seconds: what is left is used to find out. */
const LOWEST_SHARE = 0.05;
const LOWEST_PER_SECOND = 0.5;

/** In use without a refusal, the whole configured rate is reached again within this time. */
const RISE_MS = 30_000;

/** A refusal says nothing about the account as it is so much later. */
const FORGOTTEN_MS = 300_000;

export class AdaptiveRate {
  private current: number;
  private throttledAtMs = -Infinity;
  private succeededAtMs = -Infinity;

  /** @param configured starts per second. */
  constructor(private configured: number) {
    this.current = configured;
  }

  configure(configured: number): void {
    this.configured = configured;
    this.current = Math.min(this.current, configured);
    if (this.throttledAtMs === -Infinity) this.current = configured;
  }

  /** Whether the account bears less than what is configured. */
  get isReduced(): boolean {
    return this.current < this.configured;
  }

  /** Starts per second, at most the configured ones. */
  perSecond(nowMs: number): number {
    if (this.throttledAtMs > -Infinity && nowMs - this.throttledAtMs >= FORGOTTEN_MS) {
      this.current = this.configured;
      this.throttledAtMs = -Infinity;
    }
    return this.current;
  }

  /**
   * To be called at most once per round trip: calls that were on their way together are refused for the same reason.
   *
   * @param sentPerSecond how many were sent lately: a call now and then was not refused for being many.
   */
  recordThrottled(nowMs: number, sentPerSecond: number): void {
    const used = Math.min(this.perSecond(nowMs), Math.max(1, sentPerSecond));
    const lowest = Math.max(this.configured * LOWEST_SHARE, LOWEST_PER_SECOND);
    this.current = Math.min(this.configured, Math.max(lowest, used * DECREASE_FACTOR));
    this.throttledAtMs = nowMs;
    this.succeededAtMs = nowMs;
  }

  /** Only the time that lies between calls sent at the learned rate counts: idle time teaches nothing. */
  recordSuccess(nowMs: number): void {
    const learned = this.perSecond(nowMs);
    if (learned >= this.configured) return;
    const inUseMs = Math.min(nowMs - this.succeededAtMs, 1000 / learned);
    this.current = Math.min(this.configured, learned + (this.configured * inUseMs) / RISE_MS);
    this.succeededAtMs = nowMs;
  }
}
