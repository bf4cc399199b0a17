/** Intercepts requests made with `fetch`. */

import { Interceptor } from "../interceptor";
import { patchMethod } from "../patch";
import { copyBody, copyHeaders } from "./body";
import { getCoalescingKey } from "./coalescingKey";
import { HttpGate, LimitedRequest, Transport } from "./httpGate";

type Fetch = typeof window.fetch;
type FetchArguments = Parameters<Fetch>;

export const installFetch: Interceptor<Pick<Window, "fetch">, HttpGate> = (scope, gate) =>
  patchMethod(
    scope,
    "fetch",
    (original) =>
      function fetchInTurn(this: unknown, ...args: FetchArguments): Promise<Response> {
        const limited = readLimited(args, gate);
        if (!limited) return original.apply(this, args);
        const { request, makeArguments, coalescingKey, signal } = limited;
        const transport: Transport<Response> = {
          signal,
          coalescingKey,
          send: (abort) =>
            original.apply(this, abort === signal ? makeArguments() : withSignal(makeArguments(), abort)),
          read: readAnswer,
          clone: (response) => response.clone(),
        };
        return gate.run(request, transport);
      },
  );

/** @returns `undefined` for arguments that are not limited, or that the browser has to reject itself. */
function readLimited(args: FetchArguments, gate: HttpGate) {
  try {
    const request = classify(args, gate);
    return (
      request && {
        request,
        makeArguments: snapshotArguments(args, request),
        coalescingKey: getCoalescingKey(args, request),
        signal: signalOf(args),
      }
    );
  } catch {
    return undefined;
  }
}

function classify([input, init]: FetchArguments, gate: HttpGate): LimitedRequest | undefined {
  if (isRequest(input)) return gate.classify(init?.method ?? input.method, input.url, init?.body);
  return gate.classify(init?.method ?? "GET", input, init?.body);
}

/** @returns makes the arguments of one attempt: of the caller's types, as they were at the call. */
function snapshotArguments([input, init]: FetchArguments, request: LimitedRequest): () => FetchArguments {
  if (isRequest(input) || init?.body instanceof ReadableStream || !isPlain(init)) {
    const copy = new Request(input, init);
    return () => [copy.clone()];
  }
  const url = input instanceof URL ? new URL(input.href) : request.url;
  const copy = init && { ...init, headers: copyHeaders(init.headers), body: copyBody(init.body) };
  return () => [url, copy];
}

function withSignal([input, init]: FetchArguments, signal: AbortSignal | undefined): FetchArguments {
  const options = { signal: signal ?? null };
  return isRequest(input) ? [new Request(input, options)] : [input, { ...init, ...options }];
}

/** The options may be another object, such as a `Request`, that has no own properties to copy. */
function isPlain(init: RequestInit | undefined): boolean {
  return !init || Object.getPrototypeOf(init) === Object.prototype;
}

function readAnswer(response: Response): ReturnType<Transport<Response>["read"]> {
  const { status, headers } = response;
  return { status, retryAfter: headers.get("Retry-After"), readBody: () => readText(response) };
}

async function readText(response: Response): Promise<string | undefined> {
  try {
    return await response.clone().text();
  } catch {
    return undefined;
  }
}

function signalOf([input, init]: FetchArguments): AbortSignal | undefined {
  return init?.signal ?? (isRequest(input) ? input.signal : undefined);
}

function isRequest(input: FetchArguments[0]): input is Request {
  return input instanceof Request;
}
