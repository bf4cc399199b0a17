/** How long to pause after a refusal: backoff with full jitter. */

import { Random } from "./clock";

/**
 * The longest pause after the first, second, … refusal in a row. Twilio counts by the second, so the first pause is up
 * to one. While agents contend for one account the pauses stay short, so that none of its seconds goes unused and the
 * last agent does not wait long; what is refused for half a minute is asked less and less.
 */
const CEILINGS_MS = [1000, 2000, 4000, 4000, 4000, 4000, 4000, 4000, 4000, 4000, 8000, 16_000, 30_000];

/**
 * @param refusals how many rounds were refused in a row, 1 or more.
 * @param retryAfterMs what Twilio asked for; the longer of the two counts, never their sum.
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function pauseMs(refusals: number, random: Random, retryAfterMs = 0): number {
  const ceilingMs = CEILINGS_MS[Math.min(refusals, CEILINGS_MS.length) - 1];
  return Math.max(random() * ceilingMs, retryAfterMs);
}
