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

/** So many dates in whole seconds mean that the service sends no milliseconds. */
const MIN_COARSE = 3;

export class ServiceClock {
  private kept: RoundTrip[] = [];
  private coarse = 0;
  private hasMilliseconds = false;

  /** Records an own write, with times on the throttle's clock. */
  record(sentMs: number, answeredMs: number, committedAtMs: number): void {
    this.hasMilliseconds ||= committedAtMs % 1000 !== 0;
    this.coarse += 1;
    const latest = { sentMs, answeredMs, committedAtMs };
    if (answeredMs - sentMs > MAX_ROUND_TRIP_MS) return;
    // The throttle's clock may stop while the machine sleeps. Older round trips then contradict the new one.
    const agrees = (trip: RoundTrip) =>
      trip.committedAtMs - trip.answeredMs <= committedAtMs - sentMs &&
      trip.committedAtMs - trip.sentMs >= committedAtMs - answeredMs;
    this.kept = [...this.kept.filter((trip) => this.isCoarse || agrees(trip)), latest].slice(-MAX_KEPT);
  }

  /** Whether times can be converted. */
  get isKnown(): boolean {
    return this.kept.length > 0;
  }

  /** Whether the service's dates have no milliseconds. The throttle's clock then takes the service's place. */
  get isCoarse(): boolean {
    return this.coarse >= MIN_COARSE && !this.hasMilliseconds;
  }

  /** The shortest of the last round trips, in milliseconds. */
  get minRoundTripMs(): number {
    return this.best.answeredMs - this.best.sentMs;
  }

  toService(ms: number): number {
    return Math.round(ms + (this.isCoarse ? 0 : this.offsetMs));
  }

  fromService(serviceMs: number): number {
    return serviceMs - (this.isCoarse ? 0 : this.offsetMs);
  }

  /**
   * The date of an item for the fold.
   *
   * @param receivedMs when it arrived as an event, on the throttle's clock.
   */
  dateOf(committedAtMs: number, receivedMs?: number): number {
    if (!this.isCoarse) return committedAtMs;
    return Math.round(receivedMs ?? committedAtMs - this.offsetMs);
  }

  private get best(): RoundTrip {
    return this.kept.reduce((a, b) => (b.answeredMs - b.sentMs < a.answeredMs - a.sentMs ? b : a));
  }

  private get offsetMs(): number {
    const { sentMs, answeredMs, committedAtMs } = this.best;
    return committedAtMs - (sentMs + answeredMs) / 2;
  }
}
