/** Arbitraries for the property tests of the throttle. */

import fc from "fast-check";

import { LIMITS, RateLimitId } from "../src/limits/limits";

const ids = Object.keys(LIMITS).filter((id) => id !== "Flex Flows") as RateLimitId[];
/** The limits of one call. */
export const limitsOfOne = fc.uniqueArray(
  fc.constantFrom(...ids.slice(5, 8), "POST /channels", "POST /WebChannels/Users"),
  { minLength: 1, maxLength: 3 },
);
/** Milliseconds between two calls. */
export const pause = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 5000 }));

/** Mostly `undefined`. */
export const seldom = (ms: fc.Arbitrary<number>) => fc.option(ms, { nil: undefined, freq: 5 });
