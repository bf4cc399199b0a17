/** Decides which `fetch` requests are equal: reads of the same URL with the same headers and options. */

import { LimitedRequest } from "./httpGate";

type FetchArguments = Parameters<typeof window.fetch>;

/** Options that make two reads different. The signal does not: each caller aborts for itself. */
const COMPARED_OPTIONS = [
  "mode",
  "credentials",
  "cache",
  "redirect",
  "referrer",
  "referrerPolicy",
  "integrity",
  "keepalive",
  "priority",
] as const;

/** An unknown option may change the answer, so its request is not coalesced. */
const KNOWN_OPTIONS: readonly string[] = [...COMPARED_OPTIONS, "method", "headers", "signal"];

/**
 * @returns equal keys for two requests that one answer can serve; `undefined` for a request that is sent on its own. Only
 * requests that spend limits of reading have a key: a customer's Function may create something on GET.
 */
export function getCoalescingKey([input, given]: FetchArguments, { call, url }: LimitedRequest): string | undefined {
  const init = given ?? {};
  const request: Partial<Request> = input instanceof Request ? input : {};
  const method = init.method ?? request.method ?? "GET";
  if (method.toUpperCase() !== "GET" || !call.limits.every((limit) => limit.startsWith("GET "))) return undefined;
  const isKnown = Object.keys(init).every((name) => KNOWN_OPTIONS.includes(name));
  if (Object.getPrototypeOf(init) !== Object.prototype || !isKnown) return undefined;
  const headers: string[] = [];
  new Headers(init.headers ?? request.headers).forEach((value, name) => headers.push(`${name}: ${value}`));
  const options: Partial<Record<string, unknown>> = { ...init };
  return JSON.stringify([
    url,
    headers.sort(),
    ...COMPARED_OPTIONS.map((name) => options[name] ?? (request as Partial<Record<string, unknown>>)[name]),
  ]);
}
