/**
 * Classifies the errors that calls of Flex, its chat SDK and axios reject with: a 429, another answer of the server, or
 * a failure without an answer.
 */

import { hasCountCode, readTooManyRequests, TooManyRequests, tooManyRequestsOf } from "../limits/tooManyRequests";
import { AttemptEnd, Outcome } from "../throttle/attempts";

/** Lower codes are the browser's own, such as the 20 of an `AbortError`. */
const MIN_STATUS = 100;

/** A FlexError may wrap a FlexError, or even itself. */
const MAX_WRAP_DEPTH = 5;

export function classifyOutcome(outcome: Outcome<unknown>): AttemptEnd {
  return "error" in outcome ? classifyRejection(outcome.error) : "answered";
}

export function classifyRejection(error: unknown): AttemptEnd {
  return findTooManyRequests(error, Date.now()) ?? (isServerAnswer(error) ? "answered" : "unanswered");
}

/**
 * Recognizes the chat SDK's three shapes (a `code` of 429; "… (status: 429, code: 20429)"; "… Transport failure: Too Many
 * Requests (status: 0, code: 0)"), errors with an HTTP response (axios), and a FlexError around any of them.
 *
 * @param atMs wall-clock time of the answer in milliseconds, for a `Retry-After` that is a date.
 * @returns `undefined` for every other error.
 */
export function findTooManyRequests(error: unknown, atMs: number): TooManyRequests | undefined {
  try {
    return findInError(error, atMs, MAX_WRAP_DEPTH);
  } catch {
    // An error with throwing getters must still reach the caller.
    return undefined;
  }
}

function findInError(error: unknown, atMs: number, depth: number): TooManyRequests | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  const { message, response, content } = error as LooseError;
  if (typeof response === "object" && response !== null) return findInResponse(response, atMs);
  const codes = codesOf(error);
  if (hasCountCode(codes)) return undefined;
  const says429 = typeof message === "string" && /Too Many Requests/i.test(message);
  const found = tooManyRequestsOf(codes, says429);
  return found ?? (content && depth > 0 ? findInError(content.wrappedError, atMs, depth - 1) : undefined);
}

/** @returns whether the server answered: the error carries a status or a code. Other calls may still reach Twilio. */
export function isServerAnswer(error: unknown): boolean {
  try {
    return hasAnswer(error, MAX_WRAP_DEPTH);
  } catch {
    return false;
  }
}

function hasAnswer(error: unknown, depth: number): boolean {
  if (typeof error !== "object" || error === null || depth < 0) return false;
  const { response, content } = error as LooseError;
  return (
    codesOf(error).some((code) => code >= MIN_STATUS) ||
    [response, content?.wrappedError].some((inner) => hasAnswer(inner, depth - 1))
  );
}

interface LooseError {
  code?: unknown;
  status?: unknown;
  message?: unknown;
  response?: { status?: unknown; data?: unknown; headers?: Record<string, unknown> };
  content?: { wrappedError?: unknown };
}

function findInResponse(response: NonNullable<LooseError["response"]>, atMs: number): TooManyRequests | undefined {
  const retryAfter = response.headers?.["retry-after"];
  return readTooManyRequests({
    status: Number(response.status),
    body: response.data,
    retryAfter: typeof retryAfter === "string" ? retryAfter : undefined,
    atMs,
  });
}

/** The status and code of an error, as fields or in its message; never 0. */
function codesOf({ code, status, message }: LooseError): number[] {
  const written = typeof message === "string" ? /\(status: (\d+), code: (\d+)\)/.exec(message) : undefined;
  return [code, status, written?.[1], written?.[2]].map(Number).filter((n) => n > 0);
}
