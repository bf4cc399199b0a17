/**
 * Intercepts requests made with `XMLHttpRequest`, including those of axios. The page's own object sends every attempt.
 *
 * Why: docs/adr/0001-intercept-xhr-on-the-pages-own-object.md. Synchronous requests are not intercepted, because they
 * cannot wait.
 */

import { installAll, patchMethod, Uninstall } from "../patch";
import { AttemptHandlers } from "./attemptHandlers";
import { copyBody } from "./body";
import { createEventGuard, installEventGuard } from "./eventGuard";
import { HttpGate, parseUrl } from "./httpGate";
import { HttpInterceptor } from "./httpInterceptor";
import { NativeMethods } from "./xhrEvents";
import { LimitedXhr, LimitedXhrOptions, OpenedRequest, XhrBody } from "./limitedXhr";

export type OpenArguments = OpenedRequest["args"];

/** What the page did with its objects since `open`. */
type OpenedXhrs = WeakMap<XMLHttpRequest, OpenedRequest>;

/** From `send` until the page has its answer, by the object and by its `upload`. */
type LimitedXhrs = WeakMap<EventTarget, LimitedXhr>;

/** Patches a prototype, which need not be the one of the global `XMLHttpRequest`. */
export const installXhr: HttpInterceptor<XMLHttpRequest> = (prototype, getGate) => {
  const opened: OpenedXhrs = new WeakMap();
  const limited: LimitedXhrs = new WeakMap();
  const native: NativeMethods = {
    open: prototype.open,
    send: prototype.send,
    abort: prototype.abort,
    setRequestHeader: prototype.setRequestHeader,
  };
  const handlers = new AttemptHandlers();
  const guard = createEventGuard((event) => {
    const request = limited.get(event.currentTarget as EventTarget);
    if (!request?.onEvent(event)) return handlers.leave();
    event.stopImmediatePropagation();
    handlers.handle(request.xhr, event);
  });

  const send: SendLimited = (options) => {
    const { xhr } = options;
    const targets = [xhr, xhr.upload];
    const onEnd = () => {
      if (limited.get(xhr) === sending) targets.forEach((target) => limited.delete(target));
    };
    const sending = new LimitedXhr({ ...options, native, guard, handlers, onEnd });
    targets.forEach((target) => limited.set(target, sending));
    sending.start();
  };
  return installAll([
    () => installEventGuard(prototype, guard, handlers),
    () => patchOpen(prototype, opened, limited, handlers),
    () => patchSetRequestHeader(prototype, opened, limited, handlers),
    () => patchSend(prototype, opened, limited, getGate, send),
    () => patchAbort(prototype, limited),
  ]);
};

function patchOpen(
  prototype: XMLHttpRequest,
  opened: OpenedXhrs,
  limited: LimitedXhrs,
  handlers: AttemptHandlers,
): Uninstall {
  return patchMethod(
    prototype,
    "open",
    (original) =>
      function open(this: XMLHttpRequest, ...args: OpenArguments) {
        const previous = limited.get(this);
        handlers.forget(this);
        // If this throws, the previous request continues.
        handlers.run(this, false, () => (original as (...all: OpenArguments) => void).apply(this, args));
        previous?.abandon();
        delete (this as { readyState?: number }).readyState;
        // A page may change its URL object, or the document's base, before the request is sent again.
        const [method, url, ...others] = args;
        opened.set(this, { args: [method, parseUrl(url)?.href ?? url, ...others], headers: [] });
      } as XMLHttpRequest["open"],
  );
}

function patchSetRequestHeader(
  prototype: XMLHttpRequest,
  opened: OpenedXhrs,
  limited: LimitedXhrs,
  handlers: AttemptHandlers,
): Uninstall {
  return patchMethod(
    prototype,
    "setRequestHeader",
    (original) =>
      function setRequestHeader(this: XMLHttpRequest, name: string, value: string) {
        // Earlier patches set their headers for each attempt.
        if (handlers.isRunning(this)) return original.call(this, name, value);
        if (limited.has(this)) throw invalidState("setRequestHeader");
        original.call(this, name, value);
        opened.get(this)?.headers.push([name, value]);
      },
  );
}

type SendLimited = (options: Pick<LimitedXhrOptions, "xhr" | "opened" | "request" | "body" | "gate">) => void;

/** @param sendLimited sends a request that spends a limit; other requests are sent unchanged. */
function patchSend(
  prototype: XMLHttpRequest,
  opened: OpenedXhrs,
  limited: LimitedXhrs,
  getGate: () => HttpGate | undefined,
  sendLimited: SendLimited,
): Uninstall {
  return patchMethod(
    prototype,
    "send",
    (original) =>
      function send(this: XMLHttpRequest, body?: XhrBody) {
        if (limited.has(this)) throw invalidState("send");
        const state = opened.get(this);
        const isAsync = state && (state.args.length < 3 || Boolean(state.args[2]));
        const gate = isAsync ? getGate() : undefined;
        const request = state && gate?.classify(state.args[0], state.args[1], body);
        if (gate && request) sendLimited({ xhr: this, opened: state, request, body: copyBody(body), gate });
        else original.call(this, body);
      },
  );
}

function patchAbort(prototype: XMLHttpRequest, limited: LimitedXhrs): Uninstall {
  return patchMethod(
    prototype,
    "abort",
    (original) =>
      function abort(this: XMLHttpRequest) {
        const sending = limited.get(this);
        if (!sending || sending.isSending) original.call(this);
        else sending.abort();
      },
  );
}

function invalidState(method: string): DOMException {
  return new DOMException(
    `Failed to execute '${method}' on 'XMLHttpRequest': The object's state must be OPENED.`,
    "InvalidStateError",
  );
}
