/**
 * Tells Twilio's "too many requests" from every other failure, in each shape in which it reaches a browser; and a failure
 * that is an answer from one that came without.
 */

/** What a refused call learned from its refusal. */
export interface TooManyRequests {
  /** `account`: every limit of the account is meant, not only the one that the call spent. */
  readonly scope: "limit" | "account";
  /** How long Twilio asks to wait, in milliseconds; absent where it does not say or CORS hides it. */
  readonly retryAfterMs?: number;
}

/** Error 20429 speaks of the account: https://www.twilio.com/docs/api/errors/20429 */
const ACCOUNT_CODE = 20429;

/** Rates of single products: 45010, 45719, 45780 Flex; 50063, 50074 Chat; 54009 Sync (twilio.com/docs/api/errors). */
const RATE_CODES: ReadonlySet<number> = new Set([ACCOUNT_CODE, 45010, 45719, 45780, 50063, 50074, 54009]);

/** Counts, not rates (45207: too many channels of one kind): waiting does not help, so they are never retried. */
const COUNT_CODES: ReadonlySet<number> = new Set([45207]);

const TOO_MANY_REQUESTS = 429;

/** Statuses of HTTP and Twilio's own codes begin here; below are the browser's, as the 20 of an `AbortError`. */
const LEAST_STATUS = 100;

/** A FlexError may wrap a FlexError; one that wraps itself must come to an end. */
const DEEPEST_WRAP = 5;

/**
 * Twilio counts by the second: a longer `Retry-After` is a mistake, or a date read on a clock that is wrong, and would
 * leave an agent stuck.
 */
const LONGEST_RETRY_AFTER_MS = 300_000;

export interface HttpAnswer {
  readonly status: number;
  /** The body, as text or already parsed; anything that is not Twilio's error is ignored. */
  readonly body?: unknown;
  /** The `Retry-After` header: seconds or an HTTP date. */
  readonly retryAfter?: string | null;
  /** Wall-clock time of the answer in milliseconds, for a `Retry-After` that is a date. */
  readonly atMs: number;
}

/** @returns what an HTTP answer says of a refusal, or `undefined` for every other answer. */
export function readTooManyRequests({ status, body, retryAfter, atMs }: HttpAnswer): TooManyRequests | undefined {
  const code = codeIn(body);
  if (code !== undefined && COUNT_CODES.has(code)) return undefined;
  if (status !== TOO_MANY_REQUESTS) return undefined;
  return {
    scope: code === ACCOUNT_CODE ? "account" : "limit",
    retryAfterMs: parseRetryAfter(retryAfter, atMs),
  };
}

/**
 * @returns what a rejection says of a refusal, or `undefined` for every other error. Knows the chat SDK's three shapes
 * (a `code` of 429; "… (status: 429, code: 20429)"; "… Transport failure: Too Many Requests (status: 0, code: 0)"),
 * errors with an HTTP response (axios), and a FlexError around any of them.
 */
export function findTooManyRequests(error: unknown, atMs: number): TooManyRequests | undefined {
  try {
    return lookInto(error, atMs, DEEPEST_WRAP);
  } catch {
    // Something that cannot even be read is no refusal, and its own failure must not replace it.
    return undefined;
  }
}

function lookInto(error: unknown, atMs: number, depth: number): TooManyRequests | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  const { message, response, content } = error as LooseError;
  if (typeof response === "object" && response !== null) return refusalInResponse(response, atMs);

  const codes = codesIn(error);
  if (codes.some((n) => COUNT_CODES.has(n))) return undefined;
  if (codes.some((n) => n === TOO_MANY_REQUESTS || RATE_CODES.has(n)) || saysTooMany(message)) {
    return { scope: codes.includes(ACCOUNT_CODE) ? "account" : "limit" };
  }
  return content && depth > 0 ? lookInto(content.wrappedError, atMs, depth - 1) : undefined;
}

/**
 * @returns whether a rejection tells that a server has answered, in any of those shapes: it carries a status or a code.
 * Whatever else fails may have been sent, and arrive yet.
 */
export function isServerAnswer(error: unknown): boolean {
  try {
    return hasAnswer(error, DEEPEST_WRAP);
  } catch {
    return false;
  }
}

function hasAnswer(error: unknown, depth: number): boolean {
  if (typeof error !== "object" || error === null || depth < 0) return false;
  const { response, content } = error as LooseError;
  return (
    codesIn(error).some((n) => n >= LEAST_STATUS) ||
    [response, content?.wrappedError].some((inner) => hasAnswer(inner, depth - 1))
  );
}

/**
 * @param value the header: whole seconds or an HTTP date.
 * @returns milliseconds from `nowMs` (wall clock), from 0 to five minutes; `undefined` where there is no header or it is neither.
 */
export function parseRetryAfter(value: string | null | undefined, nowMs: number): number | undefined {
  if (value === null || value === undefined || value.trim() === "") return undefined;
  const isSeconds = /^\s*\d+(\.\d+)?\s*$/.test(value);
  const ms = isSeconds ? Number(value) * 1000 : HTTP_DATE.test(value) ? Date.parse(value) - nowMs : NaN;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(0, ms), LONGEST_RETRY_AFTER_MS);
}

/** A browser's `Date.parse` takes "-5" for a date, too. */
const HTTP_DATE = /^\s*[A-Z][a-z]{2,},? /;

interface LooseError {
  code?: unknown;
  status?: unknown;
  message?: unknown;
  response?: { status?: unknown; data?: unknown; headers?: Record<string, unknown> };
  content?: { wrappedError?: unknown };
}

function refusalInResponse(response: NonNullable<LooseError["response"]>, atMs: number): TooManyRequests | undefined {
  const retryAfter = response.headers?.["retry-after"];
  return readTooManyRequests({
    status: Number(response.status),
    body: response.data,
    retryAfter: typeof retryAfter === "string" ? retryAfter : undefined,
    atMs,
  });
}

/** The status and the code that an error carries, be it in words; none of them is 0. */
function codesIn({ code, status, message }: LooseError): number[] {
  const written = typeof message === "string" ? /\(status: (\d+), code: (\d+)\)/.exec(message) : undefined;
  return [code, status, written?.[1], written?.[2]].map(Number).filter((n) => n > 0);
}

function saysTooMany(message: unknown): boolean {
  return typeof message === "string" && /Too Many Requests/i.test(message);
}

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
