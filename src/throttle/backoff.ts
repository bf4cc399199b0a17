/** How long to pause after a refusal: backoff with jitter. */

import { Random } from "./clock";

/** The first pause is at most so long: those who were refused together are to come apart, and few need no more than that. */
const FIRST_MS = 1500;

/**
 * The middle of the pauses after the second, third, … refusal in a row. While agents contend for one account they stay
 * short and alike, so that none of its seconds goes unused and the last agent does not wait long: in the time that a
 * hundred agents need they do not grow at all. They grow for more agents than that, and what is refused even after two
 * minutes is no contention: it is asked every half a minute.
 *
 * What else was tried stands in docs/simulation.md.
 */
const MIDDLES_MS = [...Array<number>(9).fill(2200), 3300, 5000, 7500, 11_000, ...Array<number>(8).fill(12_000), 30_000];

/** Half of a pause is chance: more of it leaves some waiting much longer than all others, less of it lets them meet again. */
const LEAST = 0.5;

/**
 * @param refusals how many rounds were refused in a row, 1 or more.
 * @param retryAfterMs what Twilio asked for; the longer of the two counts, never their sum.
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function pauseMs(refusals: number, random: Random, retryAfterMs = 0): number {
  const middleMs = MIDDLES_MS[Math.min(refusals - 1, MIDDLES_MS.length) - 1];
  const ownMs = refusals === 1 ? random() * FIRST_MS : (LEAST + random()) * middleMs;
  return Math.max(ownMs, retryAfterMs);
}
