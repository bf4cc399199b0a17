/** Decides which `fetch` requests are equal: reads of the same URL with the same headers and options. */

import { Call } from "../flexThrottle";
import { isPlain } from "../helpers/isPlain";
import { FetchSnapshot } from "./fetchArguments";

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

/** What a `Request` reports if none of them is given, read once: reading them from each takes most of the time. */
let defaults: readonly unknown[] | undefined;

/** An unknown option may change the answer, so its request is not coalesced. */
const KNOWN_OPTIONS: readonly string[] = [...COMPARED_OPTIONS, "method", "headers", "signal", "priority"];

/**
 * @returns equal keys for two requests that one answer can serve; `undefined` for a request that is sent on its own. Only
 * requests that spend limits of reading have a key: a customer's Function may create something on GET.
 */
export function getCoalescingKey(
  parsed: Request,
  { options, isRequestGiven }: Pick<FetchSnapshot, "options" | "isRequestGiven">,
  { limits }: Call,
): string | undefined {
  if (parsed.method !== "GET" || !limits.every((limit) => limit.startsWith("GET "))) return undefined;
  if (!isPlain(options)) return undefined;
  const names = Object.keys(options);
  if (!names.every((name) => KNOWN_OPTIONS.includes(name))) return undefined;
  const isGiven = (name: string) => names.includes(name);
  const readCompared = () => COMPARED_OPTIONS.map((name) => parsed[name]);
  return JSON.stringify([
    parsed.url,
    // Sorted by name.
    Array.from(parsed.headers),
    isRequestGiven || COMPARED_OPTIONS.some(isGiven) ? readCompared() : (defaults ??= readCompared()),
    // A `Request` does not have it as a property.
    String((options as { priority?: unknown }).priority),
  ]);
}
