/**
 * How quick a round trip to Twilio can be, as far as those tell that were seen.
 *
 * Twilio counts a request when it arrives, somewhere between its sending and its answer. To keep two arrivals a second
 * apart, the later one may be sent no sooner than a second after the earlier one's answer, less the time that even the
 * quickest round trip takes. That costs only what one request's way really took beyond the quickest, not the worst way
 * that ever was.
 */

/** Fewer round trips tell nothing. */
const FIRST_TRUSTED = 10;

/** Nor do those of one burst alone: they share the opening of the connection, and all of them are slow. */
const FIRST_TRUSTED_AFTER_MS = 1000;

/** The quickest way is looked for among this many of the latest round trips, up to twice as many. */
const EPOCH = 2000;

/**
 * The quickest of n round trips lies above the quickest possible, by about the spread times the root of 2/n when both
 * ways vary evenly; as many times that is taken off. Few round trips also tell the spread badly, hence the second part.
 * Tried with ways of 30 to 150 ms: a call comes too early less than once in a million, at any n from 10 to 4000; with ways that bunch in
 * the middle, whose quickest are seldom seen, less than three times in a hundred thousand. To be as safe with these, no caution could
 * be smaller: what it would gain in a page's first sixty calls, where only ways that vary evenly were to be borne, is a thousandth of their time.
 */
const cautionOf = (count: number) => 2 + 45 / count;

/** One round trip in a hundred that took very long says nothing of the others: the spread is at most so many times the usual excess. */
const MOST_SPREAD = 4;

/**
 * One that took longer tells of a machine that slept or a server that was busy, not of the way. Left out, it leaves the quickest
 * what it is, only sought among fewer.
 */
const LONGEST_MS = 2000;

interface Epoch {
  count: number;
  minMs: number;
  maxMs: number;
  sumMs: number;
}

const nothingSeen = (): Epoch => ({ count: 0, minMs: Infinity, maxMs: 0, sumMs: 0 });

export class Latency {
  private current = nothingSeen();
  private previous = nothingSeen();
  private firstAtMs: number | undefined;
  private lastAtMs = 0;

  record(roundTripMs: number, nowMs: number): void {
    if (roundTripMs > LONGEST_MS) return;
    const epoch = this.current.count < EPOCH ? this.current : this.nextEpoch();
    epoch.count += 1;
    epoch.minMs = Math.min(epoch.minMs, roundTripMs);
    epoch.maxMs = Math.max(epoch.maxMs, roundTripMs);
    epoch.sumMs += roundTripMs;
    this.firstAtMs ??= nowMs;
    this.lastAtMs = nowMs;
  }

  /** A round trip, in milliseconds, that none is quicker than; 0, which is always safe, until enough were seen. */
  get minRoundTripMs(): number {
    const { current, previous } = this;
    const count = current.count + previous.count;
    if (count < FIRST_TRUSTED || this.lastAtMs - (this.firstAtMs ?? 0) < FIRST_TRUSTED_AFTER_MS) return 0;
    const minMs = Math.min(current.minMs, previous.minMs);
    const usualMs = (current.sumMs + previous.sumMs) / count;
    const spreadMs = Math.min(Math.max(current.maxMs, previous.maxMs) - minMs, MOST_SPREAD * (usualMs - minMs));
    return Math.max(0, minMs - cautionOf(count) * spreadMs * Math.sqrt(2 / count));
  }

  private nextEpoch(): Epoch {
    this.previous = this.current;
    this.current = nothingSeen();
    return this.current;
  }
}
