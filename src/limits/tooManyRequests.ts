/** Recognizes Twilio's "too many requests" in HTTP answers and error codes. */

/** What a 429 says. */
export interface TooManyRequests {
  /** `account`: applies to every limit of the account, not only to those that the call spent. */
  readonly scope: "limit" | "account";
  /** How long Twilio asks to wait, in milliseconds; absent if there is no `Retry-After` or CORS hides it. */
  readonly retryAfterMs?: number;
}

/** The account's concurrency: https://www.twilio.com/docs/api/errors/20429 */
const ACCOUNT_CODE = 20429;

/** Rates of single products: 45010, 45719, 45780 Flex; 50063, 50074 Chat; 54009 Sync (twilio.com/docs/api/errors). */
const RATE_CODES: ReadonlySet<number> = new Set([ACCOUNT_CODE, 45010, 45719, 45780, 50063, 50074, 54009]);

/** Counts, not rates (45207: too many channels of one kind). Waiting does not help, so they are never retried. */
const COUNT_CODES: ReadonlySet<number> = new Set([45207]);

const TOO_MANY_REQUESTS = 429;

/** Twilio counts by the second. A longer `Retry-After` is a mistake or a date read on a wrong clock. */
const LONGEST_RETRY_AFTER_MS = 300_000;

export interface HttpAnswer {
  readonly status: number;
  /** As text or parsed; a body that is not Twilio's error is ignored. */
  readonly body?: unknown;
  /** The `Retry-After` header: seconds or an HTTP date. */
  readonly retryAfter?: string | null;
  /** Wall-clock time of the answer in milliseconds, for a `Retry-After` that is a date. */
  readonly atMs: number;
}

/** @returns the 429 in an HTTP answer; `undefined` for every other answer. */
export function readTooManyRequests({ status, body, retryAfter, atMs }: HttpAnswer): TooManyRequests | undefined {
  const code = codeIn(body);
  if (code !== undefined && hasCountCode([code])) return undefined;
  if (status !== TOO_MANY_REQUESTS) return undefined;
  return {
    scope: code === ACCOUNT_CODE ? "account" : "limit",
    retryAfterMs: parseRetryAfter(retryAfter, atMs),
  };
}

/** @returns whether a count is full, which may come as a 429 too; waiting does not help then. */
export function hasCountCode(codes: readonly number[]): boolean {
  return codes.some((code) => COUNT_CODES.has(code));
}

/**
 * @param codes HTTP statuses and Twilio error codes of one failure.
 * @param says429 whether its message says so without a code.
 * @returns the 429 that they describe; `undefined` for every other failure.
 */
export function tooManyRequestsOf(codes: readonly number[], says429: boolean): TooManyRequests | undefined {
  if (hasCountCode(codes)) return undefined;
  if (!says429 && !codes.some((code) => code === TOO_MANY_REQUESTS || RATE_CODES.has(code))) return undefined;
  return { scope: codes.includes(ACCOUNT_CODE) ? "account" : "limit" };
}

/**
 * @param value the header: whole seconds or an HTTP date.
 * @returns milliseconds from `nowMs` (wall clock), from 0 to 5 minutes; `undefined` if there is no header or it is invalid.
 */
export function parseRetryAfter(value: string | null | undefined, nowMs: number): number | undefined {
  if (value === null || value === undefined || value.trim() === "") return undefined;
  const isSeconds = /^\s*\d+(\.\d+)?\s*$/.test(value);
  const ms = isSeconds ? Number(value) * 1000 : HTTP_DATE.test(value) ? Date.parse(value) - nowMs : NaN;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(0, ms), LONGEST_RETRY_AFTER_MS);
}

/** `Date.parse` alone accepts "-5" as a date. */
const HTTP_DATE = /^\s*[A-Z][a-z]{2,},? /;

function codeIn(body: unknown): number | undefined {
  const parsed = typeof body === "string" ? parseJson(body) : body;
  if (typeof parsed !== "object" || parsed === null) return undefined;
  const { code } = parsed as { code?: unknown };
  return typeof code === "number" || typeof code === "string" ? Number(code) : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
