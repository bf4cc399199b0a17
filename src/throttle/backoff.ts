/** How long to pause after a refusal: exponential backoff with full jitter. */

import { Random } from "./clock";

/** Twilio counts by the second, so the first pause is up to one. */
const FIRST_MS = 1000;

/** An agent who waits for a chat must not wait longer than this for the next try. */
const LONGEST_MS = 30_000;

/**
 * @param refusals how many rounds were refused in a row, 1 or more.
 * @param retryAfterMs what Twilio asked for; the longer of the two counts, never their sum.
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function pauseMs(refusals: number, random: Random, retryAfterMs = 0): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** (refusals - 1));
  return Math.max(random() * ceiling, retryAfterMs);
}
