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

/**
 * The account's limit and the plugin's are 10 calls a second by default. A machine that stalls for a second delivers
 * calls closer together than they were sent. So where a test is not about the exact rate, the account allows twice as
 * many calls as the plugin sends, and a plugin that does not pace still gets a 429.
 */
export const TWICE = 20;
export const HALF = { perSecond: 5 };

/** Queued calls do not expire during a test. */
export const PATIENT_QUEUE = { maxLength: 500, maxWaitSeconds: 3600 };

/** Seconds: the longest Retry-After that the plugin honours. The cool-down lasts until the test ends it. */
export const LONG_RETRY_AFTER = 300;
