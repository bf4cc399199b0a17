/**
 * Requests made with `XMLHttpRequest`, axios's among them.
 *
 * The page's own object sends every attempt, so that all it has on it (handlers, response type, credentials, timeout)
 * holds. Of an attempt that is refused and retried it sees nothing: its events are kept from it.
 *
 * Requests that are synchronous pass through: nothing can wait there.
 */

import { Permit } from "../throttle/permit";
import { keepBody } from "./body";
import { EventGuard, installEventGuard } from "./eventGuard";
import { HttpGate, LimitedRequest } from "./httpGate";
import { patchMethod, Uninstall } from "./patch";

type Body = Document | XMLHttpRequestBodyInit | null | undefined;
type OpenArguments = [method: string, url: string | URL, isAsync?: boolean, user?: string | null, password?: string | null];

/** What the page has done with its object since `open`. */
interface Opened {
  readonly args: OpenArguments;
  readonly headers: [name: string, value: string][];
  /** Present from `send` until the page has its answer. */
  sending?: AbortController;
  /** Whether the browser has the request: then its own `abort` serves. */
  isUnderWay: boolean;
}

const EVENTS = ["readystatechange", "loadstart", "progress", "load", "loadend", "error", "abort", "timeout"] as const;

export function installXhr(prototype: XMLHttpRequest, gate: HttpGate): Uninstall {
  const opened = new WeakMap<XMLHttpRequest, Opened>();
  const native = { open: prototype.open, send: prototype.send, setRequestHeader: prototype.setRequestHeader };
  const underWay = new WeakMap<EventTarget, Attempts>();
  const guard = installEventGuard((event) => underWay.get(event.currentTarget as EventTarget)?.onEvent(event));

  const sendInTurn = (xhr: XMLHttpRequest, state: Opened, request: LimitedRequest, body: Body) => {
    const controller = new AbortController();
    const call = { ...request.call, signal: controller.signal };
    state.sending = controller;
    const attempts = new Attempts(xhr, state, request, keepBody(body), gate, native, guard);
    underWay.set(xhr, attempts);
    underWay.set(xhr.upload, attempts);
    // Without a wait the browser starts the request within `send`, as the page expects.
    const permit = gate.throttle.tryAcquire(call);
    const done = permit ? attempts.run(permit) : gate.throttle.acquire(call).then((granted) => attempts.run(granted));
    done
      .catch((reason) => {
        if (!controller.signal.aborted) attempts.fail(reason);
      })
      .catch(gate.report)
      .then(() => {
        if (state.sending === controller) state.sending = undefined;
        if (underWay.get(xhr) !== attempts) return;
        underWay.delete(xhr);
        underWay.delete(xhr.upload);
      });
  };

  /** @returns whether the request was still ours to take back. */
  const takeBack = (xhr: XMLHttpRequest): boolean => {
    const state = opened.get(xhr);
    if (!state?.sending || state.isUnderWay) return false;
    state.sending.abort();
    state.sending = undefined;
    return true;
  };

  const uninstalls = [
    patchMethod(prototype, "open", (original) =>
      function open(this: XMLHttpRequest, ...args: OpenArguments) {
        takeBack(this);
        (original as (...all: OpenArguments) => void).apply(this, args);
        opened.set(this, { args, headers: [], isUnderWay: false });
      } as XMLHttpRequest["open"],
    ),
    patchMethod(prototype, "setRequestHeader", (original) =>
      function setRequestHeader(this: XMLHttpRequest, name: string, value: string) {
        const state = opened.get(this);
        if (state?.sending) throw invalidState("setRequestHeader");
        original.call(this, name, value);
        state?.headers.push([name, value]);
      },
    ),
    patchMethod(prototype, "send", (original) =>
      function send(this: XMLHttpRequest, body?: Body) {
        const state = opened.get(this);
        if (state?.sending) throw invalidState("send");
        const isAsync = state && (state.args.length < 3 || Boolean(state.args[2]));
        const request = isAsync ? gate.look(state.args[0], String(state.args[1]), body) : undefined;
        if (!state || !request) original.call(this, body);
        else sendInTurn(this, state, request, body);
      },
    ),
    patchMethod(prototype, "abort", (original) =>
      function abort(this: XMLHttpRequest) {
        if (takeBack(this)) tell(this, "abort");
        else original.call(this);
      },
    ),
  ];
  return () => [guard.uninstall, ...uninstalls].reverse().forEach((uninstall) => uninstall());
}

type NativeMethods = Pick<XMLHttpRequest, "open" | "send" | "setRequestHeader">;

/** Sends one request as often as it takes. */
class Attempts {
  private attempt = 0;
  /** From the headers of a refusal on, until it is known whether the page is to see it. */
  private isHeldBack = false;
  private isRetried = false;
  private permit!: Permit;
  private finish!: () => void;

  constructor(
    private readonly xhr: XMLHttpRequest,
    private readonly state: Opened,
    private readonly request: LimitedRequest,
    private readonly body: Body,
    private readonly gate: HttpGate,
    private readonly native: NativeMethods,
    private readonly guard: EventGuard,
  ) {}

  async run(permit: Permit): Promise<void> {
    this.permit = permit;
    try {
      this.gate.checkCapacity(this.request);
    } catch (error) {
      permit.release();
      throw error;
    }
    EVENTS.forEach((type) => this.guard.listen(this.xhr, type));
    try {
      await this.send();
      while (this.isRetried) {
        await permit.again();
        this.reopen();
        await this.send();
      }
    } finally {
      this.state.isUnderWay = false;
    }
  }

  /** The request will not be sent (again): the page gets what it would get without a network. */
  fail(reason: unknown): void {
    console.warn(`flex-throttle: ${this.request.call.name}:`, reason);
    tell(this.xhr, "error");
  }

  private send(): Promise<void> {
    const ended = new Promise<void>((resolve) => (this.finish = resolve));
    this.attempt += 1;
    this.isHeldBack = false;
    this.isRetried = false;
    this.state.isUnderWay = true;
    this.permit.sent();
    this.gate.pass(() => this.native.send.call(this.xhr, this.body));
    return ended;
  }

  private reopen(): void {
    const { args, headers } = this.state;
    // `timeout`, `responseType`, `withCredentials` and every listener stay on the object; headers do not.
    (this.native.open as (...all: OpenArguments) => void).apply(this.xhr, args);
    headers.forEach(([name, value]) => this.native.setRequestHeader.call(this.xhr, name, value));
  }

  /** Told of every event of the object and of its `upload`, before the page is. */
  onEvent(event: Event): void {
    if (event.currentTarget === this.xhr.upload) {
      // What was uploaded once is not uploaded again, as far as the page can see.
      if (this.attempt > 1) event.stopImmediatePropagation();
      return;
    }
    if (event.type === "readystatechange") this.onReadyState();
    if (this.isHidden(event)) event.stopImmediatePropagation();
    if (event.type === "loadend") {
      this.state.isUnderWay = false;
      this.finish();
    }
  }

  private isHidden(event: Event): boolean {
    const isStartOfRetry = this.attempt > 1 && (event.type === "loadstart" || this.xhr.readyState === XMLHttpRequest.OPENED);
    return this.isHeldBack || this.isRetried || isStartOfRetry;
  }

  private onReadyState(): void {
    const { xhr } = this;
    if (xhr.readyState === XMLHttpRequest.HEADERS_RECEIVED) {
      if (xhr.status === 429) this.isHeldBack = true;
      else this.permit.answered();
    }
    if (xhr.readyState !== XMLHttpRequest.DONE) return;
    if (this.isHeldBack) this.decide();
    else if (xhr.status === 0) this.permit.answered();
    else this.gate.countCapacity(this.request, xhr.status, readBody(xhr));
  }

  /** The whole refusal is here: retry it, or let the page have it. */
  private decide(): void {
    const { xhr, gate, permit } = this;
    const refusal = gate.refusalIn({ status: xhr.status, body: readBody(xhr), retryAfter: xhr.getResponseHeader("Retry-After") });
    if (!refusal) permit.answered();
    this.isRetried = refusal !== undefined && permit.refused(refusal);
    this.isHeldBack = this.isRetried;
  }
}

/** Fires what the browser fires when a request ends without an answer. */
function tell(xhr: XMLHttpRequest, type: "abort" | "error"): void {
  xhr.dispatchEvent(new ProgressEvent(type));
  xhr.dispatchEvent(new ProgressEvent("loadend"));
}

function readBody(xhr: XMLHttpRequest): unknown {
  if (xhr.responseType === "" || xhr.responseType === "text") return xhr.responseText;
  return xhr.responseType === "json" ? xhr.response : undefined;
}

function invalidState(method: string): DOMException {
  return new DOMException(`Failed to execute '${method}' on 'XMLHttpRequest': The object's state must be OPENED.`, "InvalidStateError");
}
