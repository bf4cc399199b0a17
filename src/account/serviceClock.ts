/** Converts between the service's clock and the throttle's, by the round trips of this browser's own writes. */

interface RoundTrip {
  readonly sentMs: number;
  readonly answeredMs: number;
  readonly committedAtMs: number;
}

/** Old round trips say little: clocks drift. */
const MAX_KEPT = 10;

/** Longer round trips measure sleep or load. */
const MAX_ROUND_TRIP_MS = 2000;

/** Clocks drift by less than a few milliseconds in this time. */
const PERIOD_MS = 300_000;

/** A larger difference between the two estimates of a start comes from a page that was held up at its own writes. */
const MAX_EARLIER_MS = 15;

/** Assumed while this browser has not written anything. */
const USUAL_ROUND_TRIP_MS = 120;

export class ServiceClock {
  /** The largest differences between a date and the arrival of its item: of the quickest item, in two periods. */
  private arrivals = { sinceMs: -Infinity, offsetMs: -Infinity, previousMs: -Infinity };
  private kept: RoundTrip[] = [];
  /** How long the last reads took. */
  private readMs: number[] = [];

  /** Records an own write, with times on the throttle's clock. */
  record(sentMs: number, answeredMs: number, committedAtMs: number): void {
    const latest = { sentMs, answeredMs, committedAtMs };
    if (answeredMs - sentMs > MAX_ROUND_TRIP_MS) return;
    if (this.arrivalOffsetMs > committedAtMs - sentMs)
      this.arrivals = { sinceMs: answeredMs, offsetMs: committedAtMs - answeredMs, previousMs: -Infinity };
    // The throttle's clock may stop while the machine sleeps. Older round trips then contradict the new one.
    const agrees = (trip: RoundTrip) =>
      trip.committedAtMs - trip.answeredMs <= committedAtMs - sentMs &&
      trip.committedAtMs - trip.sentMs >= committedAtMs - answeredMs;
    this.kept = [...this.kept.filter(agrees), latest].slice(-MAX_KEPT);
  }

  /** Records a read, which has no date. Most take place before the page has anything else to do. */
  recordRead(roundTripMs: number): void {
    this.readMs = [...this.readMs, roundTripMs].slice(-MAX_KEPT);
  }

  /** Records an item that has just arrived. Gives an estimate until this browser has written something. */
  recordArrival(receivedMs: number, committedAtMs: number): void {
    const { sinceMs, offsetMs } = this.arrivals;
    const latestMs = committedAtMs - receivedMs;
    if (receivedMs - sinceMs > PERIOD_MS) {
      this.arrivals = { sinceMs: receivedMs, offsetMs: latestMs, previousMs: offsetMs };
    } else if (latestMs > offsetMs) {
      this.arrivals.offsetMs = latestMs;
    }
  }

  /** Whether times can be converted. */
  get isKnown(): boolean {
    return this.kept.length > 0 || this.arrivalOffsetMs > -Infinity;
  }

  /** When to send a call so that it arrives at this time of the service. */
  toStart(serviceMs: number): number {
    const latestMs = serviceMs - this.arrivalOffsetMs - this.minRoundTripMs;
    if (this.kept.length === 0) return latestMs;
    const earliestMs = serviceMs - this.writeOffsetMs;
    return Math.max((earliestMs + latestMs) / 2, latestMs - MAX_EARLIER_MS);
  }

  /** When a call that is sent at this time arrives at the service, if it travels as fast as the quickest write. */
  toArrival(ms: number): number {
    if (this.kept.length === 0) return this.toService(ms);
    return Math.round(ms + this.writeOffsetMs);
  }

  toService(ms: number): number {
    return Math.round(ms + this.bestOffsetMs);
  }

  /** The shortest of the last round trips, in milliseconds. */
  private get minRoundTripMs(): number {
    const known = [...this.readMs, ...this.kept.map(({ sentMs, answeredMs }) => answeredMs - sentMs)];
    return known.length > 0 ? Math.min(...known) : USUAL_ROUND_TRIP_MS;
  }

  /** The smallest difference between the date and the start of an own write. */
  private get writeOffsetMs(): number {
    return Math.min(...this.kept.map(({ sentMs, committedAtMs }) => committedAtMs - sentMs));
  }

  private get arrivalOffsetMs(): number {
    return Math.max(this.arrivals.offsetMs, this.arrivals.previousMs);
  }

  private get best(): RoundTrip | undefined {
    const length = (trip: RoundTrip) => trip.answeredMs - trip.sentMs;
    return this.kept.reduce<RoundTrip | undefined>((a, b) => (a && length(a) <= length(b) ? a : b), undefined);
  }

  private get bestOffsetMs(): number {
    const { best } = this;
    if (!best) return this.arrivalOffsetMs + USUAL_ROUND_TRIP_MS / 2;
    const { sentMs, answeredMs, committedAtMs } = best;
    return committedAtMs - (sentMs + answeredMs) / 2;
  }
}
