/** Which requests made with `fetch` are no more than one: reads of the same thing, asked for in the same way. */

import { LimitedRequest } from "./httpGate";

type FetchArguments = Parameters<typeof window.fetch>;

/** What tells two reads apart, beside their addresses and headers. The signal does not: who leaves, leaves alone. */
const TOLD_BY = [
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

/** An option that is not known here may mean anything. */
const KNOWN: readonly string[] = [...TOLD_BY, "method", "headers", "signal"];

/**
 * @returns the same for two requests of which one answer serves both; `undefined` for one that stands for itself. Whatever
 * spends a limit of writing does, though it be sent with GET: an admin's route may lead to a Function that creates.
 */
export function getCoalescingKey([input, given]: FetchArguments, { call, url }: LimitedRequest): string | undefined {
  const init = given ?? {};
  const made: Partial<Request> = input instanceof Request ? input : {};
  const method = init.method ?? made.method ?? "GET";
  if (method.toUpperCase() !== "GET" || !call.limits.every((limit) => limit.startsWith("GET "))) return undefined;
  if (Object.getPrototypeOf(init) !== Object.prototype || !Object.keys(init).every((name) => KNOWN.includes(name)))
    return undefined;
  const headers: string[] = [];
  new Headers(init.headers ?? made.headers).forEach((value, name) => headers.push(`${name}: ${value}`));
  const options: Partial<Record<string, unknown>> = { ...init };
  return JSON.stringify([
    url,
    headers.sort(),
    ...TOLD_BY.map((name) => options[name] ?? (made as Partial<Record<string, unknown>>)[name]),
  ]);
}
