// Three ways to count "N per second". Twilio does not document which one it uses, so the stand-in offers all of them.

export type Counting = "rolling" | "calendar" | "bucket";

/** Counts the calls of one limit. Times are milliseconds of one monotonic clock. */
export interface Counter {
  /** Whether one more call is admitted now. Only an admitted call is counted. */
  admit(nowMs: number, perSecond: number): boolean;
  /** Milliseconds until the next call would be admitted; Infinity at a limit of 0. */
  waitMs(nowMs: number, perSecond: number): number;
}

const SECOND_MS = 1000;

/** At most N calls in any window (t - 1000, t]. */
class RollingSecond implements Counter {
  private admittedAtMs: number[] = [];

  admit(nowMs: number, perSecond: number): boolean {
    this.expire(nowMs);
    if (this.admittedAtMs.length >= perSecond) return false;
    this.admittedAtMs.push(nowMs);
    return true;
  }

  waitMs(nowMs: number, perSecond: number): number {
    this.expire(nowMs);
    if (this.admittedAtMs.length < perSecond) return 0;
    const blocking = this.admittedAtMs[this.admittedAtMs.length - perSecond];
    return blocking === undefined ? Infinity : blocking + SECOND_MS - nowMs;
  }

  private expire(nowMs: number): void {
    this.admittedAtMs = this.admittedAtMs.filter((atMs) => atMs > nowMs - SECOND_MS);
  }
}

/** At most N calls in each second of the account's clock: around its boundary, 2N may pass within milliseconds. */
class CalendarSecond implements Counter {
  private second = -Infinity;
  private admitted = 0;

  admit(nowMs: number, perSecond: number): boolean {
    this.advanceTo(nowMs);
    if (this.admitted >= perSecond) return false;
    this.admitted += 1;
    return true;
  }

  waitMs(nowMs: number, perSecond: number): number {
    this.advanceTo(nowMs);
    if (this.admitted < perSecond) return 0;
    return perSecond > 0 ? (this.second + 1) * SECOND_MS - nowMs : Infinity;
  }

  private advanceTo(nowMs: number): void {
    const second = Math.floor(nowMs / SECOND_MS);
    if (second === this.second) return;
    this.second = second;
    this.admitted = 0;
  }
}

/** A full bucket of N tokens, refilled at N tokens a second: almost 2N calls may pass in the first second, then N. */
class TokenBucket implements Counter {
  /** Thousandths of a token: N tokens a second are N of them a millisecond, which keeps whole milliseconds exact. */
  private milliTokens = Infinity;
  private atMs = 0;

  admit(nowMs: number, perSecond: number): boolean {
    this.refill(nowMs, perSecond);
    if (this.milliTokens < 1000) return false;
    this.milliTokens -= 1000;
    return true;
  }

  waitMs(nowMs: number, perSecond: number): number {
    this.refill(nowMs, perSecond);
    if (this.milliTokens >= 1000) return 0;
    return perSecond > 0 ? (1000 - this.milliTokens) / perSecond : Infinity;
  }

  private refill(nowMs: number, perSecond: number): void {
    this.milliTokens = Math.min(perSecond * 1000, this.milliTokens + (nowMs - this.atMs) * perSecond);
    this.atMs = nowMs;
  }
}

export function createCounter(counting: Counting): Counter {
  switch (counting) {
    case "rolling":
      return new RollingSecond();
    case "calendar":
      return new CalendarSecond();
    case "bucket":
      return new TokenBucket();
  }
}
