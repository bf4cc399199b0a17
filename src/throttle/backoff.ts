/** How long to pause after a refusal: backoff with full jitter. */

import { Random } from "./clock";

/**
 * The longest pause after the first, second, … refusal in a row. Twilio counts by the second, so the first pause is up
 * to one. While agents contend for one account the pauses stay short, so that none of its seconds goes unused and the
 * last agent does not wait long; they become a little shorter again, as those who began together become fewer. What is
 * still refused after that is no contention, and is asked less and less.
 *
 * Tried with `npm run simulate`: of what was, this joins the chats of a hundred agents soonest.
 */
const CEILINGS_MS = [1000, 2000, 4000, 4000, 4000, 4000, 4000, 3000, 3000, 3000, 3000, 3000, 8000, 16_000, 30_000];

/**
 * @param refusals how many rounds were refused in a row, 1 or more.
 * @param retryAfterMs what Twilio asked for; the longer of the two counts, never their sum.
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function pauseMs(refusals: number, random: Random, retryAfterMs = 0): number {
  const ceilingMs = CEILINGS_MS[Math.min(refusals, CEILINGS_MS.length) - 1];
  return Math.max(random() * ceilingMs, retryAfterMs);
}
