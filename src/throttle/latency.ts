/**
 * How early a request can reach Twilio after it was sent, as far as round trips tell.
 *
 * Twilio counts a request when it arrives, somewhere between its sending and its answer. To keep two arrivals a second
 * apart, the later one may be sent no sooner than a second after the earlier one's answer, less the time that even the
 * quickest round trip takes. That costs only what one request's way really took beyond the quickest, not the worst way
 * that ever was.
 */

/** Until so many round trips were seen, the quickest is taken to be no time at all, which is always safe. */
const FIRST_TRUSTED = 20;

/** The quickest and slowest way are looked for among this many of the latest round trips, up to twice as many. */
const EPOCH = 500;

interface Extent {
  count: number;
  minMs: number;
  maxMs: number;
}

const nothingSeen = (): Extent => ({ count: 0, minMs: Infinity, maxMs: 0 });

export class Latency {
  private current = nothingSeen();
  private previous = nothingSeen();

  record(roundTripMs: number): void {
    if (this.current.count >= EPOCH) {
      this.previous = this.current;
      this.current = nothingSeen();
    }
    this.current.count += 1;
    this.current.minMs = Math.min(this.current.minMs, roundTripMs);
    this.current.maxMs = Math.max(this.current.maxMs, roundTripMs);
  }

  /**
   * A round trip, in milliseconds, that none is quicker than. The quickest of n samples still lies above the quickest
   * possible, by about the spread over the root of n; so much is taken off.
   */
  get quickestMs(): number {
    const count = this.current.count + this.previous.count;
    if (count < FIRST_TRUSTED) return 0;
    const minMs = Math.min(this.current.minMs, this.previous.minMs);
    const spreadMs = Math.max(this.current.maxMs, this.previous.maxMs) - minMs;
    return Math.max(0, minMs - spreadMs * Math.sqrt(2 / count));
  }
}
