/**
 * The pause of all limits after a 429 for the whole account. It is short and rare, because a 429 of one limit must
 * not delay the calls of others for long. If the account is still over its limit then, each limit gets its own 429.
 */
import { pauseMs } from "./backoff";
import { Random } from "./clock";
import { CoolDownCause } from "./tooManyRequests";

/** With a shorter interval, a limit that is throttled again and again would slow down all others. */
const MIN_INTERVAL_MS = 30_000;

export class AccountPause {
  /** On the throttle's clock; in the past if there is no pause. */
  endMs = -Infinity;
  cause: CoolDownCause | undefined;
  private startMs = -Infinity;
  private throttledSentAtMs = -Infinity;

  constructor(private readonly random: Random) {}

  /** @param sentAtMs when the throttled call was sent. */
  begin(nowMs: number, sentAtMs: number, cause: CoolDownCause): void {
    if (nowMs - this.startMs < MIN_INTERVAL_MS) return;
    this.startMs = nowMs;
    this.throttledSentAtMs = sentAtMs;
    this.cause = cause;
    // 1.1 to 3.3 s. `Retry-After` applies to the limits of the throttled call only.
    this.endMs = nowMs + pauseMs(2, this.random);
  }

  /** Ends the pause if a call succeeded that was sent after the throttled one. */
  recordSuccess(sentAtMs: number): void {
    if (sentAtMs > this.throttledSentAtMs) this.end();
  }

  end(): void {
    this.endMs = -Infinity;
  }
}
