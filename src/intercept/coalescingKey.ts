/** Decides which `fetch` requests are equal: reads of the same URL with the same headers and options. */

import { Call } from "../flexThrottle";

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
] as const;

/** An unknown option may change the answer, so its request is not coalesced. */
const KNOWN_OPTIONS: readonly string[] = [...COMPARED_OPTIONS, "method", "headers", "signal", "priority"];

/**
 * @param parsed the request as the browser understands it, so that every value was read only once.
 * @param options the second argument of `fetch`.
 * @returns equal keys for two requests that one answer can serve; `undefined` for a request that is sent on its own. Only
 * requests that spend limits of reading have a key: a customer's Function may create something on GET.
 */
export function getCoalescingKey(parsed: Request, options: RequestInit, { limits }: Call): string | undefined {
  if (parsed.method !== "GET" || !limits.every((limit) => limit.startsWith("GET "))) return undefined;
  if (Object.getPrototypeOf(options) !== Object.prototype) return undefined;
  if (!Object.keys(options).every((name) => KNOWN_OPTIONS.includes(name))) return undefined;
  const { priority } = options as { priority?: unknown };
  return JSON.stringify([
    parsed.url,
    // Sorted by name.
    Array.from(parsed.headers),
    ...COMPARED_OPTIONS.map((name) => parsed[name]),
    // A `Request` does not have it as a property.
    String(priority),
  ]);
}
