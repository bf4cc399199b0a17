/**
 * Intercepts requests made with `XMLHttpRequest`, including those of axios. The page's own object sends every attempt.
 *
 * Why: docs/adr/0001-intercept-xhr-on-the-pages-own-object.md. Synchronous requests are not intercepted, because they
 * cannot wait.
 */

import { Interceptor } from "../interceptor";
import { patchMethod, Uninstall } from "../patch";
import { copyBody } from "./body";
import { installEventGuard } from "./eventGuard";
import { absoluteUrl, HttpGate, LimitedRequest } from "./httpGate";
import { endWithoutAnswer, NativeMethods } from "./xhrEvents";
import { LimitedXhr, OpenedRequest, XhrBody } from "./limitedXhr";

export type OpenArguments = OpenedRequest["args"];

/** What the page did with its object since `open`. */
interface OpenedXhr extends OpenedRequest {
  /** Present from `send` until the page has its answer. */
  sending?: LimitedXhr;
}

export const installXhr: Interceptor<XMLHttpRequest, HttpGate> = (prototype, gate) => {
  const opened = new WeakMap<XMLHttpRequest, OpenedXhr>();
  const limited = new WeakMap<EventTarget, LimitedXhr>();
  const native: NativeMethods = {
    open: prototype.open,
    send: prototype.send,
    abort: prototype.abort,
    setRequestHeader: prototype.setRequestHeader,
  };
  const guard = installEventGuard((event) => limited.get(event.currentTarget as EventTarget)?.onEvent(event));

  const sendInTurn = (xhr: XMLHttpRequest, state: OpenedXhr, start: (onEnd: () => void) => LimitedXhr) => {
    const targets = [xhr, xhr.upload];
    const request = start(() => {
      if (state.sending !== request) return;
      state.sending = undefined;
      targets.forEach((target) => limited.delete(target));
    });
    state.sending = request;
    targets.forEach((target) => limited.set(target, request));
    request.start();
  };

  const send = (xhr: XMLHttpRequest, state: OpenedXhr, request: LimitedRequest, body: XhrBody) =>
    sendInTurn(
      xhr,
      state,
      (onEnd) => new LimitedXhr({ xhr, opened: state, request, body: copyBody(body), gate, native, guard, onEnd }),
    );
  const uninstalls: Uninstall[] = [
    guard.uninstall,
    patchOpen(prototype, opened),
    patchSetRequestHeader(prototype, opened),
    patchSend(prototype, opened, gate, send),
    patchAbort(prototype, opened, native),
  ];
  return () => uninstalls.reverse().forEach((uninstall) => uninstall());
};

type OpenedXhrs = WeakMap<XMLHttpRequest, OpenedXhr>;

function patchOpen(prototype: XMLHttpRequest, opened: OpenedXhrs): Uninstall {
  return patchMethod(
    prototype,
    "open",
    (original) =>
      function open(this: XMLHttpRequest, ...args: OpenArguments) {
        const previous = opened.get(this)?.sending;
        // If this throws, the previous request continues.
        (original as (...all: OpenArguments) => void).apply(this, args);
        previous?.abandon();
        delete (this as { readyState?: number }).readyState;
        // A page may change its URL object, or the document's base, before the request is sent again.
        const [method, url, ...others] = args;
        opened.set(this, { args: [method, absoluteUrl(url) ?? url, ...others], headers: [] });
      } as XMLHttpRequest["open"],
  );
}

function patchSetRequestHeader(prototype: XMLHttpRequest, opened: OpenedXhrs): Uninstall {
  return patchMethod(
    prototype,
    "setRequestHeader",
    (original) =>
      function setRequestHeader(this: XMLHttpRequest, name: string, value: string) {
        const state = opened.get(this);
        if (state?.sending) throw invalidState("setRequestHeader");
        original.call(this, name, value);
        state?.headers.push([name, value]);
      },
  );
}

/** @param sendLimited sends a request that spends a limit; other requests are sent unchanged. */
function patchSend(
  prototype: XMLHttpRequest,
  opened: OpenedXhrs,
  gate: HttpGate,
  sendLimited: (xhr: XMLHttpRequest, state: OpenedXhr, request: LimitedRequest, body: XhrBody) => void,
): Uninstall {
  return patchMethod(
    prototype,
    "send",
    (original) =>
      function send(this: XMLHttpRequest, body?: XhrBody) {
        const state = opened.get(this);
        if (state?.sending) throw invalidState("send");
        const isAsync = state && (state.args.length < 3 || Boolean(state.args[2]));
        const request = isAsync ? gate.classify(state.args[0], state.args[1], body) : undefined;
        if (state && request) sendLimited(this, state, request, body);
        else original.call(this, body);
      },
  );
}

function patchAbort(prototype: XMLHttpRequest, opened: OpenedXhrs, native: NativeMethods): Uninstall {
  return patchMethod(
    prototype,
    "abort",
    (original) =>
      function abort(this: XMLHttpRequest) {
        const sending = opened.get(this)?.sending;
        if (!sending || sending.isSending) {
          original.call(this);
          return;
        }
        sending.abandon();
        endWithoutAnswer(this, "abort", native);
      },
  );
}

function invalidState(method: string): DOMException {
  return new DOMException(
    `Failed to execute '${method}' on 'XMLHttpRequest': The object's state must be OPENED.`,
    "InvalidStateError",
  );
}
