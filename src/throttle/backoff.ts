/**
 * The length of a cool-down: backoff with jitter.
 *
 * @see docs/adr/0005-short-pauses-while-agents-contend.md for how these numbers were chosen.
 */

import { Random } from "./clock";

/** The longest first pause. Spreading it from 0 separates calls that were throttled together. */
const FIRST_MS = 1500;

/**
 * The average pauses after the second, third, … 429 in a row. They stay short while a hundred agents contend for the
 * account, and grow to half a minute when 429s go on for two minutes.
 */
const AVERAGES_MS = [
  ...Array<number>(9).fill(2200),
  3300,
  5000,
  7500,
  11_000,
  ...Array<number>(8).fill(12_000),
  30_000,
];

/** A pause is 0.5 to 1.5 times its average. More jitter starves some agents, less lets them collide again. */
const MIN_FACTOR = 0.5;

/**
 * Returns the length of a cool-down in milliseconds.
 *
 * @param throttledInARow how many 429s arrived in a row, 1 or more. 429s of one burst count once.
 * @param retryAfterMs what Twilio asked for. The longer of the two applies, not their sum.
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function pauseMs(throttledInARow: number, random: Random, retryAfterMs = 0): number {
  const averageMs = AVERAGES_MS[Math.min(throttledInARow - 1, AVERAGES_MS.length) - 1];
  const ownMs = throttledInARow === 1 ? random() * FIRST_MS : (MIN_FACTOR + random()) * averageMs;
  return Math.max(ownMs, retryAfterMs);
}
