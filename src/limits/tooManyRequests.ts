/** Recognizes Twilio's "too many requests" in HTTP answers and error codes. */

import { isObject } from "../helpers/isObject";
import { tryTo } from "../helpers/tryTo";

/** What a 429 says, and where it comes from. */
export interface TooManyRequests {
  /** `account`: applies to every limit of the account, not only to those that the call spent. */
  readonly scope: "limit" | "account";
  /** How long the sender asks to wait, in milliseconds; absent if there is no `Retry-After` or CORS hides it. */
  readonly retryAfterMs?: number;
  readonly status?: number;
  /** Twilio's error code. */
  readonly code?: number;
  /** The host that answered. */
  readonly host?: string;
}

/** The account's concurrency: https://www.twilio.com/docs/api/errors/20429 */
const ACCOUNT_CODE = 20429;

const TOO_MANY_REQUESTS = 429;

/** Higher codes are Twilio's own. */
const MAX_STATUS = 599;

/**
 * The status, the account's code, and the rates of single products: 45010, 45719, 45780 Flex; 50063, 50074 Chat; 54009
 * Sync (twilio.com/docs/api/errors).
 */
const RATE_CODES: readonly number[] = [TOO_MANY_REQUESTS, ACCOUNT_CODE, 45010, 45719, 45780, 50063, 50074, 54009];

/** A count, not a rate: too many channels of one kind. Waiting does not help, so it is never retried. */
const COUNT_CODE = 45207;

/** How long an answer's body may take before the headers alone decide: it may never end. Twilio's 429s have short bodies. */
export const MAX_BODY_MS = 1000;

/** Twilio counts by the second. A longer `Retry-After` is a mistake or a date read on a wrong clock. */
const LONGEST_RETRY_AFTER_MS = 300_000;

/** Another server shares its limit with Twilio's own requests, so its `Retry-After` must not hold them up. */
const LONGEST_FOREIGN_RETRY_AFTER_MS = 10_000;

/** Everything that is known about an answer or about the error made from it. */
export interface AnswerEvidence {
  /** HTTP statuses and Twilio error codes. NaN for one that is missing. */
  readonly codes: readonly number[];
  /** Whether a message says so without a code. */
  readonly says429?: boolean;
  /** The `Retry-After` header: seconds or an HTTP date. */
  readonly retryAfter?: string | null;
  /** Wall-clock time of the answer in milliseconds, for a `Retry-After` that is a date. */
  readonly atMs: number;
  readonly host?: string;
  /** Only Twilio can speak for the whole account. */
  readonly isFromTwilio: boolean;
}

/** @returns the 429 that the evidence describes; `undefined` for every other answer. */
export function findTooManyRequests(evidence: AnswerEvidence): TooManyRequests | undefined {
  const { codes, says429, retryAfter, atMs, host, isFromTwilio } = evidence;
  // A full count may come as a 429 too; waiting does not help then.
  if (codes.includes(COUNT_CODE)) return undefined;
  if (!says429 && !codes.some((code) => RATE_CODES.includes(code))) return undefined;
  return {
    scope: isFromTwilio && codes.includes(ACCOUNT_CODE) ? "account" : "limit",
    retryAfterMs: parseRetryAfter(retryAfter, atMs, isFromTwilio ? undefined : LONGEST_FOREIGN_RETRY_AFTER_MS),
    status: codes.find((code) => code === TOO_MANY_REQUESTS),
    code: codes.find((code) => code > MAX_STATUS),
    host,
  };
}

export interface HttpAnswer extends Pick<AnswerEvidence, "retryAfter" | "atMs"> {
  readonly status: number;
  /** As text or parsed; a body that is not Twilio's error is ignored. */
  readonly body?: unknown;
  /** Absolute. */
  readonly url?: string;
}

/** @returns the 429 in an HTTP answer; `undefined` for every other answer. */
export function readTooManyRequests(
  { status, body, retryAfter, atMs, url }: HttpAnswer,
  isTwilio = isTwilioHost,
): TooManyRequests | undefined {
  if (status !== TOO_MANY_REQUESTS) return undefined;
  const host = hostOf(url);
  const isFromTwilio = host !== undefined && isTwilio(host);
  return findTooManyRequests({ codes: [status, codeIn(body)], retryAfter, atMs, host, isFromTwilio });
}

export function isTwilioHost(host: string): boolean {
  return /(^|\.)twilio\.com\.?$/i.test(host);
}

/** @returns `undefined` if it is no absolute URL. */
export function hostOf(url: unknown): string | undefined {
  return tryTo(() => new URL(String(url)).hostname) || undefined;
}

/** @param body as text or parsed. @returns Twilio's error code, NaN if there is none. */
export function codeIn(body: unknown): number {
  const { code } = asObject(body);
  // An object may be impossible to convert.
  return typeof code === "number" || typeof code === "string" ? Number(code) : NaN;
}

/** @param body as text or parsed. @returns an empty object for a body that is none. */
export function asObject(body: unknown): Record<string, unknown> {
  const parsed: unknown = typeof body === "string" ? tryTo(() => JSON.parse(body) as unknown) : body;
  return isObject(parsed) ? parsed : {};
}

/**
 * @param value the header: seconds or an HTTP date. A header that was sent twice arrives as a list; the longest applies.
 * @returns milliseconds from `nowMs` (wall clock), from 0 to `longestMs`; `undefined` if there is no header or it is invalid.
 */
export function parseRetryAfter(
  value: string | null | undefined,
  nowMs: number,
  longestMs = LONGEST_RETRY_AFTER_MS,
): number | undefined {
  const text = value?.trim();
  if (!text) return undefined;
  const ms = SECONDS.test(text) ? Math.max(...text.split(",").map(Number)) * 1000 : parseHttpDate(text) - nowMs;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(0, ms), longestMs);
}

const SECONDS = /^\d+(\.\d+)?(\s*,\s*\d+(\.\d+)?)*$/;

/** "Mon, 01 Jan 2024 12:00:30 GMT", "Monday, 01-Jan-24 12:00:30 GMT" or "Mon Jan  1 12:00:30 2024". */
const HTTP_DATE = /^[a-z]+,? [a-z\d -]+ \d\d:\d\d:\d\d(?: \d{4})?( [a-z]{3}| [+-]\d{4})?$/i;

/**
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-date-time-formats
 * @returns NaN if it is none of the formats. `Date.parse` alone reads "-5" as a date, and a time without a zone as local.
 */
function parseHttpDate(text: string): number {
  const date = HTTP_DATE.exec(text);
  return date ? Date.parse(date[1] ? text : `${text} GMT`) : NaN;
}
