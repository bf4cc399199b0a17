/**
 * Estimates the quickest possible round trip to Twilio. The sliding-window log needs it to know when a request can have
 * arrived at the latest.
 *
 * @see docs/adr/0004-count-a-start-from-its-answer.md for the statistics and their measured error.
 */

/** Too few round trips give no estimate. */
const MIN_COUNT = 10;

/** The round trips of one burst share the opening of the connection, so all of them are slow. */
const MIN_SPAN_MS = 1000;

/** The estimate uses the latest 2000 to 4000 round trips. */
const EPOCH_SIZE = 2000;

/**
 * The observed minimum of n evenly spread round trips exceeds the true one by about spread × √(2 / n). This is the
 * multiple of it to subtract: few round trips also estimate the spread badly.
 */
const safetyFactor = (count: number) => 2 + 45 / count;

/** Limits the effect of a rare very long round trip: the spread is at most this multiple of the average excess. */
const MAX_SPREAD_FACTOR = 4;

/** Discard round trips above 2 s: they measure sleep or server load, not latency. */
const MAX_ROUND_TRIP_MS = 2000;

interface Epoch {
  count: number;
  minMs: number;
  maxMs: number;
  sumMs: number;
}

const createEpoch = (): Epoch => ({ count: 0, minMs: Infinity, maxMs: 0, sumMs: 0 });

export class Latency {
  private current = createEpoch();
  private previous = createEpoch();
  private firstAtMs: number | undefined;
  private lastAtMs = 0;

  record(roundTripMs: number, nowMs: number): void {
    if (roundTripMs > MAX_ROUND_TRIP_MS) return;
    const epoch = this.current.count < EPOCH_SIZE ? this.current : this.startEpoch();
    epoch.count += 1;
    epoch.minMs = Math.min(epoch.minMs, roundTripMs);
    epoch.maxMs = Math.max(epoch.maxMs, roundTripMs);
    epoch.sumMs += roundTripMs;
    this.firstAtMs ??= nowMs;
    this.lastAtMs = nowMs;
  }

  /** Replaces a recorded round trip with a shorter one, once it is known that the page noticed the answer late. */
  correct(recordedMs: number, roundTripMs: number): void {
    if (recordedMs > MAX_ROUND_TRIP_MS) return;
    this.current.sumMs += roundTripMs - recordedMs;
    this.current.minMs = Math.min(this.current.minMs, roundTripMs);
  }

  /** The quickest possible round trip in milliseconds. 0, which is always safe, until enough were observed. */
  get minRoundTripMs(): number {
    const { current, previous } = this;
    const count = current.count + previous.count;
    if (count < MIN_COUNT || this.lastAtMs - (this.firstAtMs ?? 0) < MIN_SPAN_MS) return 0;
    const minMs = Math.min(current.minMs, previous.minMs);
    const averageMs = (current.sumMs + previous.sumMs) / count;
    const spreadMs = Math.min(Math.max(current.maxMs, previous.maxMs) - minMs, MAX_SPREAD_FACTOR * (averageMs - minMs));
    return Math.max(0, minMs - safetyFactor(count) * spreadMs * Math.sqrt(2 / count));
  }

  private startEpoch(): Epoch {
    this.previous = this.current;
    this.current = createEpoch();
    return this.current;
  }
}
