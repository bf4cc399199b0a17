/**
 * Settings and faults that decide a test's outcome, whatever the machine's speed: a queued call never gets its turn by
 * itself, a cool-down never ends by itself, and the stand-in answers 429 only where a test plans it.
 */

export const JOIN = "POST /WebChannels/Users";
export const CREATE = "POST /channels";
export const FLOWS = "GET /FlexFlows";

/** One call in 1000 s: after the first call, none gets its turn until the test changes the settings. */
export const ONE_CALL = { perSecond: 0.001 };

/** Far above what a test sends. */
export const FAST = { perSecond: 1000 };

/** Queued calls do not expire during a test. */
export const PATIENT_QUEUE = { maxLength: 500, maxWaitSeconds: 3600 };

/** Seconds: the longest Retry-After that the plugin honours. The cool-down lasts until the test ends it. */
export const LONG_RETRY_AFTER = 300;
