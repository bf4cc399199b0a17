// The three ways in which an account may count "N per second". Twilio does not say which one is its own, so all are offered.

export type Counting = "rolling" | "calendar" | "bucket";

/** Counts the calls of one limit. Times are milliseconds of one clock that never goes back. */
export interface Counter {
  /** Whether one more call is admitted at this time. Counts it if so; a refused call leaves no trace. */
  admit(nowMs: number, perSecond: number): boolean;
  /** Milliseconds from now until a call would be admitted if none came in between. */
  waitMs(nowMs: number, perSecond: number): number;
}

const SECOND_MS = 1000;

/** At most N calls in any second (t - 1000, t], wherever it begins. */
class RollingSecond implements Counter {
  private admittedAtMs: number[] = [];

  admit(nowMs: number, perSecond: number): boolean {
    this.forget(nowMs);
    if (this.admittedAtMs.length >= perSecond) return false;
    this.admittedAtMs.push(nowMs);
    return true;
  }

  waitMs(nowMs: number, perSecond: number): number {
    this.forget(nowMs);
    if (this.admittedAtMs.length < perSecond) return 0;
    const lastInTheWay = this.admittedAtMs[this.admittedAtMs.length - perSecond];
    return lastInTheWay === undefined ? Infinity : lastInTheWay + SECOND_MS - nowMs;
  }

  private forget(nowMs: number): void {
    this.admittedAtMs = this.admittedAtMs.filter((atMs) => atMs > nowMs - SECOND_MS);
  }
}

/** At most N calls in each second of the account's clock: up to 2N may pass within a moment, around the stroke. */
class CalendarSecond implements Counter {
  private second = -Infinity;
  private admitted = 0;

  admit(nowMs: number, perSecond: number): boolean {
    this.turnTo(nowMs);
    if (this.admitted >= perSecond) return false;
    this.admitted += 1;
    return true;
  }

  waitMs(nowMs: number, perSecond: number): number {
    this.turnTo(nowMs);
    if (this.admitted < perSecond) return 0;
    return perSecond > 0 ? (this.second + 1) * SECOND_MS - nowMs : Infinity;
  }

  private turnTo(nowMs: number): void {
    const second = Math.floor(nowMs / SECOND_MS);
    if (second === this.second) return;
    this.second = second;
    this.admitted = 0;
  }
}

/** A bucket of N tokens, full at first, that gains N tokens a second: 2N calls may pass in the first second, N in each after it. */
class TokenBucket implements Counter {
  /** In thousandths of a token, so that N tokens a second are N of these a millisecond and whole milliseconds stay exact. */
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
