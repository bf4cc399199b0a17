/** Requests made with `fetch`. */

import { patchMethod, Uninstall } from "../patch";
import { AttemptEnd, Outcome } from "../throttle/attempts";
import { keepBody, keepHeaders } from "./body";
import { getCoalescingKey } from "./coalescingKey";
import { HttpGate, LimitedRequest } from "./httpGate";

type Fetch = typeof window.fetch;
type FetchArguments = Parameters<Fetch>;

export function installFetch(scope: Pick<Window, "fetch">, gate: HttpGate): Uninstall {
  return patchMethod(
    scope,
    "fetch",
    (original) =>
      function fetchInTurn(this: unknown, ...args: FetchArguments): Promise<Response> {
        const limited = readLimited(args, gate);
        if (!limited) return original.apply(this, args);
        const { request, attempts, equalTo: coalescingKey, signal } = limited;
        const send = async (giveUp: AbortSignal | undefined) => {
          const attempt = giveUp === signal ? attempts() : withSignal(attempts(), giveUp);
          const response = await gate.pass(request, () => original.apply(this, attempt));
          await countCapacity(request, response, gate);
          return response;
        };
        return gate.coalescer.run({
          call: { ...request.call, signal },
          coalescingKey,
          send,
          check: () => gate.checkCapacity(request),
          classify: (outcome) => classify429(outcome, gate),
          copy: (response) => response.clone(),
        });
      },
  );
}

/** @returns nothing for what is none of ours, or cannot be made a request: that is the browser's to refuse, in its own words. */
function readLimited(args: FetchArguments, gate: HttpGate) {
  try {
    const request = classify(args, gate);
    return (
      request && {
        request,
        attempts: repeatable(args, request),
        equalTo: getCoalescingKey(args, request),
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

/** @returns a maker of arguments for one attempt each: of the caller's own kinds, and of the moment of the call. */
function repeatable([input, init]: FetchArguments, request: LimitedRequest): () => FetchArguments {
  if (isRequest(input) || init?.body instanceof ReadableStream || !isPlain(init)) {
    const kept = new Request(input, init);
    return () => [kept.clone()];
  }
  const url = input instanceof URL ? new URL(input.href) : request.url;
  const kept = init && { ...init, headers: keepHeaders(init.headers), body: keepBody(init.body) };
  return () => [url, kept];
}

/** The same attempt, but given up by another signal, or by none. */
function withSignal([input, init]: FetchArguments, signal: AbortSignal | undefined): FetchArguments {
  const instead = { signal: signal ?? null };
  return isRequest(input) ? [new Request(input, instead)] : [input, { ...init, ...instead }];
}

/** A `Request`, for one, can be given as options too, and has nothing of its own to copy. */
function isPlain(init: RequestInit | undefined): boolean {
  return !init || Object.getPrototypeOf(init) === Object.prototype;
}

async function classify429(outcome: Outcome<Response>, gate: HttpGate): Promise<AttemptEnd | undefined> {
  if ("error" in outcome) return hasStatus(outcome.error) ? "answered" : "unanswered";
  if (outcome.value.status !== 429) return "answered";
  const { status, headers } = outcome.value;
  return gate.readTooManyRequests({
    status,
    body: await textOf(outcome.value),
    retryAfter: headers.get("Retry-After"),
  });
}

/** Another patch of `fetch` may reject with an error that carries the answer's status. */
function hasStatus(error: unknown): boolean {
  const { code, status, response } = (error ?? {}) as Partial<Record<"code" | "status", unknown>> & {
    response?: { status?: unknown };
  };
  return [code, status, response?.status].some((each) => Number(each) >= 100);
}

async function countCapacity(request: LimitedRequest, response: Response, gate: HttpGate): Promise<void> {
  if (!gate.isCounted(request, response.status)) return;
  gate.countCapacity(request, response.status, await textOf(response));
}

/** The caller's response stays unread. */
async function textOf(response: Response): Promise<string | undefined> {
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
