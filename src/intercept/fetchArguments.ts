/** Snapshots of the arguments of `fetch`, read once at the call: later changes by the page have no effect. */

import { isPlain } from "../helpers/isPlain";
import { tryTo } from "../helpers/tryTo";
import { copyBody, copyHeaders } from "./body";

export type FetchArguments = Parameters<typeof window.fetch>;

export interface FetchSnapshot {
  /** @returns arguments of the caller's types, which nothing else uses. */
  readonly makeArguments: () => FetchArguments;
  /** The options of the call. */
  readonly options: RequestInit;
  /** Whether the call has a `Request`, with options of its own. */
  readonly isRequestGiven: boolean;
  /** The request as the browser understands it; `undefined` if the browser will reject the arguments. */
  readonly parsed: Request | undefined;
  readonly signal: AbortSignal | undefined;
}

/** @param url the absolute URL of the input. */
export function takeSnapshot([input, init]: FetchArguments, url: string): FetchSnapshot {
  const options = copyOptions(init);
  const isRequestGiven = isRequest(input);
  const needsRequest = isRequestGiven || options?.body instanceof ReadableStream || (options && !isPlain(options));
  const makeInput = () => (needsRequest ? input : input instanceof URL ? new URL(url) : url);
  // `fetch` begins with the same step, so it rejects whatever throws here.
  const parsed = tryTo(() => new Request(makeInput(), options));
  const inputSignal = isRequestGiven ? input.signal : undefined;
  return {
    makeArguments: needsRequest && parsed ? () => [parsed.clone()] : () => [makeInput(), copyOptions(options)],
    options: options ?? {},
    isRequestGiven,
    parsed,
    // `null` means that no signal aborts the request, not even the one of a `Request`.
    signal: (options?.signal === undefined ? inputSignal : options.signal) ?? undefined,
  };
}

export function isRequest(input: FetchArguments[0]): input is Request {
  // A frame's `Request` is an instance of another class.
  return Object.prototype.toString.call(input) === "[object Request]";
}

function copyOptions(init: RequestInit | undefined): RequestInit | undefined {
  if (!isPlain(init)) return init;
  const copy: RequestInit = { ...init };
  if (copy.headers) copy.headers = copyHeaders(copy.headers);
  if (copy.body) copy.body = copyBody(copy.body);
  return copy;
}
