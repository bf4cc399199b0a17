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

/** Assumed while this browser has not written anything. */
const USUAL_ROUND_TRIP_MS = 120;

export class ServiceClock {
  /** The least difference between a date and the arrival of its item. */
  private leastOffsetMs = -Infinity;
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

  /** Records an item that has just arrived. Gives an estimate until this browser has written something. */
  recordArrival(receivedMs: number, committedAtMs: number): void {
    this.leastOffsetMs = Math.max(this.leastOffsetMs, committedAtMs - receivedMs);
  }

  /** Whether times can be converted. */
  get isKnown(): boolean {
    return this.kept.length > 0 || this.leastOffsetMs > -Infinity;
  }

  /** Whether the service's dates have no milliseconds. The throttle's clock then takes the service's place. */
  get isCoarse(): boolean {
    return this.coarse >= MIN_COARSE && !this.hasMilliseconds;
  }

  /** The shortest of the last round trips, in milliseconds. */
  get minRoundTripMs(): number {
    const { best } = this;
    return best ? best.answeredMs - best.sentMs : USUAL_ROUND_TRIP_MS;
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

  private get best(): RoundTrip | undefined {
    const length = (trip: RoundTrip) => trip.answeredMs - trip.sentMs;
    return this.kept.reduce<RoundTrip | undefined>((a, b) => (a && length(a) <= length(b) ? a : b), undefined);
  }

  private get offsetMs(): number {
    const { best } = this;
    if (!best) return this.leastOffsetMs + USUAL_ROUND_TRIP_MS / 2;
    const { sentMs, answeredMs, committedAtMs } = best;
    return committedAtMs - (sentMs + answeredMs) / 2;
  }
}
