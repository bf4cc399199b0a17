/**
 * Classifies the errors that calls of Flex, its SDKs, axios and other plugins reject with: a 429, another answer of the
 * server, or a failure without an answer.
 */

import { isObject } from "../helpers/isObject";
import { readText } from "../helpers/readText";
import { tryTo } from "../helpers/tryTo";
import {
  codeIn,
  findTooManyRequests as findIn,
  hostOf,
  isTwilioHost,
  MAX_BODY_MS,
  TooManyRequests,
} from "../limits/tooManyRequests";
import type { Outcome } from "../throttle/attempts";
import { Clock, waitAtMost } from "../throttle/clock";
import type { AttemptEnd } from "../throttle/permit";

type Timers = Pick<Clock, "schedule">;

/** Lower codes are the browser's own, such as the 20 of an `AbortError`. */
const MIN_STATUS = 100;
const MAX_STATUS = 599;

/** An error may wrap an error, or even itself. */
const MAX_DEPTH = 5;

/** For calls of Flex and its chat SDK: an error that names no host comes from Twilio. */
export function createOutcomeClassifier(timers: Timers) {
  return (outcome: Outcome<unknown>): AttemptEnd | Promise<AttemptEnd> =>
    "error" in outcome ? classifyRejection(outcome.error, timers, true) : "answered";
}

/** @returns a promise only if the error has a `Response` whose body is still unread. */
export function classifyRejection(
  error: unknown,
  timers: Timers,
  isFromTwilio = false,
): AttemptEnd | Promise<AttemptEnd> {
  const response = tryTo(() => layersOf(error).find(isUnread429));
  return response
    ? waitAtMost(timers, MAX_BODY_MS, readText(response)).then((body) => classify(error, isFromTwilio, body))
    : classify(error, isFromTwilio);
}

function classify(error: unknown, isFromTwilio: boolean, body?: string): AttemptEnd {
  return (
    findTooManyRequests(error, { atMs: Date.now(), isFromTwilio, body }) ??
    (isServerAnswer(error) ? "answered" : "unanswered")
  );
}

interface RejectionContext {
  /** Wall-clock time of the answer in milliseconds, for a `Retry-After` that is a date. */
  readonly atMs: number;
  /** Whether an error that names no host comes from Twilio. */
  readonly isFromTwilio: boolean;
  /** The body of the error's `Response`, which cannot be read synchronously. */
  readonly body?: string;
}

/**
 * Recognizes the chat SDK's shapes (a `code` of 429; "… (status: 429, code: 20429)"; "… Transport failure: Too Many
 * Requests (status: 0, code: 0)"; `status`, `code` and `body`), errors with an HTTP response (axios, fetch), axios's
 * message alone, a thrown `Response`, and errors around any of them.
 *
 * @returns `undefined` for every other error.
 */
export function findTooManyRequests(
  error: unknown,
  { atMs, isFromTwilio, body }: RejectionContext,
): TooManyRequests | undefined {
  const layers = readLayers(error);
  const answer = layers.find(hasAnswer);
  if (!answer || answer.codes.some(isOtherStatus)) return undefined;
  const host = layers.map((layer) => layer.host).find(Boolean);
  return findIn({
    codes: [...layers.flatMap(({ codes }) => codes), codeIn(body)],
    says429: answer.says429,
    retryAfter: layers.map(({ retryAfter }) => retryAfter).find(Boolean),
    atMs,
    host,
    isFromTwilio: host === undefined ? isFromTwilio : isTwilioHost(host),
  });
}

/** @returns whether the server answered: the error carries a status or a code. Other calls may still reach Twilio. */
export function isServerAnswer(error: unknown): boolean {
  return readLayers(error).some(({ codes }) => codes.length > 0);
}

/** The parts of errors that say something about an HTTP answer. */
interface LooseError {
  code?: unknown;
  status?: unknown;
  message?: unknown;
  url?: unknown;
  headers?: unknown;
  config?: { url?: unknown };
  request?: { responseURL?: unknown };
  /** Of axios. */
  data?: unknown;
  /** Of the chat SDK; of a `Response` it is a stream. */
  body?: unknown;
  response?: unknown;
  cause?: unknown;
  content?: { wrappedError?: unknown };
}

/** @returns the error and what it wraps. A response comes before its error, because it is more precise. */
function layersOf(error: unknown, depth = MAX_DEPTH): LooseError[] {
  if (!isObject(error) || depth < 0) return [];
  const { response, content, cause } = error as LooseError;
  const inner = (wrapped: unknown) => layersOf(wrapped, depth - 1);
  return [...inner(response), error as LooseError, ...inner(content?.wrappedError), ...inner(cause)];
}

interface Layer {
  readonly codes: readonly number[];
  readonly says429: boolean;
  readonly retryAfter: string | undefined;
  readonly host: string | undefined;
}

/** An error with throwing getters must still reach the caller, so it has no layers. */
const readLayers = (error: unknown): readonly Layer[] => tryTo(() => layersOf(error).map(readLayer)) ?? [];

const hasAnswer = ({ codes, says429 }: Layer) => says429 || codes.length > 0;
const isOtherStatus = (code: number) => code >= MIN_STATUS && code <= MAX_STATUS && code !== 429;

function readLayer({ code, status, message, url, headers, config, request, data, body }: LooseError): Layer {
  const text = typeof message === "string" ? message : "";
  const written = /\b(?:status(?: code)?|HTTP):? (\d+)(?:, code: (\d+))?/i.exec(text) ?? [];
  return {
    codes: [status, code, written[1], written[2], codeIn(data), codeIn(body)]
      .map(Number)
      .filter((n) => n >= MIN_STATUS),
    says429: /Too Many Requests|Rate Limit Exceeded/i.test(text),
    retryAfter: retryAfterIn(headers),
    host: hostOf(request?.responseURL) ?? hostOf(url) ?? hostOf(config?.url),
  };
}

/** @param headers a `Headers`, a `Map`, or a plain object as axios has it. */
function retryAfterIn(headers: unknown): string | undefined {
  if (!isObject(headers)) return undefined;
  const pairs =
    Symbol.iterator in headers ? Array.from(headers as Iterable<[unknown, unknown]>) : Object.entries(headers);
  const [, value] = pairs.find(([name]) => /^retry-after$/i.test(String(name))) ?? [];
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

const isUnread429 = (layer: LooseError): layer is Response =>
  layer instanceof Response && layer.status === 429 && !layer.bodyUsed;
