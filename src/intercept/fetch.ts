/** Intercepts requests made with `fetch`. */

import { readText } from "../helpers/readText";
import { tryTo } from "../helpers/tryTo";
import { patchMethod } from "../patch";
import { getCoalescingKey } from "./coalescingKey";
import { FetchArguments, isRequest, takeSnapshot } from "./fetchArguments";
import { HttpGate, Transport } from "./httpGate";
import { HttpInterceptor } from "./httpInterceptor";
import { sendBeforeLeaving } from "./keepalive";

export const installFetch: HttpInterceptor<Pick<Window, "fetch">> = (scope, getGate) =>
  patchMethod(
    scope,
    "fetch",
    (original) =>
      function fetchInTurn(this: unknown, ...args: FetchArguments): Promise<Response> {
        const gate = getGate();
        // Arguments that cannot be read are the browser's business.
        const limited = gate && tryTo(() => readLimited(args, gate));
        if (!limited) return original.apply(this, args);
        const { request, snapshot } = limited;
        const { makeArguments, parsed, signal } = snapshot;
        // The page's mistake: the browser rejects it as without the plugin.
        if (!parsed) return original.apply(this, makeArguments());
        const transport: Transport<Response> = {
          signal,
          coalescingKey: getCoalescingKey(parsed, snapshot, request.call),
          send: (abort) =>
            original.apply(this, abort === signal ? makeArguments() : withSignal(makeArguments(), abort)),
          read: readAnswer,
          clone: (response) => response.clone(),
        };
        return parsed.keepalive ? sendBeforeLeaving(gate, request, transport) : gate.run(request, transport);
      },
  );

/** @returns `undefined` for a request that is not limited. */
function readLimited(args: FetchArguments, gate: HttpGate) {
  const [input, init] = args;
  const { method, url } = isRequest(input) ? input : { method: "GET", url: input };
  const request = gate.classify(init?.method ?? method, url, init?.body);
  return request && { request, snapshot: takeSnapshot(args, request.url) };
}

function withSignal([input, init]: FetchArguments, signal: AbortSignal | undefined): FetchArguments {
  const options = { signal: signal ?? null };
  return isRequest(input) ? [new Request(input, options)] : [input, { ...init, ...options }];
}

function readAnswer(response: Response): ReturnType<Transport<Response>["read"]> {
  const { status, headers, url } = response;
  return { status, retryAfter: headers.get("Retry-After"), url, readBody: () => readText(response) };
}
