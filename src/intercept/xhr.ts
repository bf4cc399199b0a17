/**
 * Requests made with `XMLHttpRequest`, axios's among them.
 *
 * The page's own object sends every attempt, so that all it has on it (handlers, response type, credentials, timeout)
 * holds. Of an attempt that is refused and retried it sees nothing: its events are kept from it.
 *
 * Requests that are synchronous pass through: nothing can wait there. Equal ones do not share an answer, as those made with
 * `fetch` do: an object has its answer from a sending of its own, or not at all.
 */

import { patchMethod, Uninstall } from "../patch";
import { isOutOfTime } from "../throttle/errors";
import { Permit } from "../throttle/permit";
import { keepBody } from "./body";
import { EventGuard, installEventGuard } from "./eventGuard";
import { absoluteUrl, HttpGate, LimitedRequest } from "./httpGate";

type Body = Document | XMLHttpRequestBodyInit | null | undefined;
type OpenArguments = [
  method: string,
  url: string | URL,
  isAsync?: boolean,
  user?: string | null,
  password?: string | null,
];

/** What the page has done with its object since `open`. */
interface Opened {
  readonly args: OpenArguments;
  readonly headers: [name: string, value: string][];
  /** Present from `send` until the page has its answer. */
  sending?: Attempts;
}

/** A join without an answer is made again after this: a customer waits, and who is a member already is told so (409). */
const UNANSWERED_JOIN_MS = 10_000;

/** A join that was lost so often is told as one that failed. */
const MOST_LOST = 3;

const EVENTS = ["readystatechange", "loadstart", "progress", "load", "loadend", "error", "abort", "timeout"] as const;

export function installXhr(prototype: XMLHttpRequest, gate: HttpGate): Uninstall {
  const opened = new WeakMap<XMLHttpRequest, Opened>();
  const watched = new WeakMap<EventTarget, Attempts>();
  const native: NativeMethods = {
    open: prototype.open,
    send: prototype.send,
    abort: prototype.abort,
    setRequestHeader: prototype.setRequestHeader,
  };
  const guard = installEventGuard((event) => watched.get(event.currentTarget as EventTarget)?.onEvent(event));

  const watch = (xhr: XMLHttpRequest, attempts: Attempts) =>
    [xhr, xhr.upload].forEach((target) => watched.set(target, attempts));
  const unwatch = (xhr: XMLHttpRequest) => [xhr, xhr.upload].forEach((target) => watched.delete(target));

  const sendInTurn = (xhr: XMLHttpRequest, state: Opened, request: LimitedRequest, body: Body) => {
    const onEnd = () => {
      if (state.sending !== attempts) return;
      state.sending = undefined;
      unwatch(xhr);
    };
    const attempts = new Attempts({ xhr, state, request, body: keepBody(body), gate, native, guard, onEnd });
    state.sending = attempts;
    watch(xhr, attempts);
    attempts.start();
  };

  const uninstalls = [
    patchMethod(
      prototype,
      "open",
      (original) =>
        function open(this: XMLHttpRequest, ...args: OpenArguments) {
          const before = opened.get(this)?.sending;
          // Where it throws, the request before goes on.
          (original as (...all: OpenArguments) => void).apply(this, args);
          before?.leave();
          delete (this as { readyState?: number }).readyState;
          // The page may change a URL object, and the base of a relative address, before it is opened again.
          const [method, url, ...others] = args;
          opened.set(this, { args: [method, absoluteUrl(url) ?? url, ...others], headers: [] });
        } as XMLHttpRequest["open"],
    ),
    patchMethod(
      prototype,
      "setRequestHeader",
      (original) =>
        function setRequestHeader(this: XMLHttpRequest, name: string, value: string) {
          const state = opened.get(this);
          if (state?.sending) throw invalidState("setRequestHeader");
          original.call(this, name, value);
          state?.headers.push([name, value]);
        },
    ),
    patchMethod(
      prototype,
      "send",
      (original) =>
        function send(this: XMLHttpRequest, body?: Body) {
          const state = opened.get(this);
          if (state?.sending) throw invalidState("send");
          const isAsync = state && (state.args.length < 3 || Boolean(state.args[2]));
          const request = isAsync ? gate.classify(state.args[0], state.args[1], body) : undefined;
          if (!state || !request) original.call(this, body);
          else sendInTurn(this, state, request, body);
        },
    ),
    patchMethod(
      prototype,
      "abort",
      (original) =>
        function abort(this: XMLHttpRequest) {
          const sending = opened.get(this)?.sending;
          if (!sending || sending.isUnderWay) {
            original.call(this);
            return;
          }
          sending.leave();
          endWithoutAnswer(this, "abort", native);
        },
    ),
  ];
  return () => [guard.uninstall, ...uninstalls].reverse().forEach((uninstall) => uninstall());
}

type NativeMethods = Pick<XMLHttpRequest, "open" | "send" | "abort" | "setRequestHeader">;

interface AttemptsOptions {
  readonly xhr: XMLHttpRequest;
  readonly state: Opened;
  readonly request: LimitedRequest;
  readonly body: Body;
  readonly gate: HttpGate;
  readonly native: NativeMethods;
  readonly guard: EventGuard;
  /** Called before the page learns how the request has ended, or when it has left it. */
  readonly onEnd: () => void;
}

/** Sends one request as often as it takes. */
class Attempts {
  /** Whether the browser has the request: then its own `abort` serves. */
  isUnderWay = false;

  private readonly controller = new AbortController();
  private attempt = 0;
  /** From the headers of a refusal on, until the page is to see it or the next attempt is sent. */
  private isHeldBack = false;
  private isRetried = false;
  private isLeft = false;
  /** How many attempts have got no answer. */
  private lost = 0;
  private isGivenUp = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private permit!: Permit;
  private finish!: () => void;

  constructor(private readonly options: AttemptsOptions) {}

  start(): void {
    const { request, gate } = this.options;
    const call = { ...request.call, signal: this.controller.signal };
    // Without a wait the browser starts the request within `send`, as the page expects.
    const permit = gate.throttle.tryAcquire(call);
    const done =
      permit instanceof Permit ? this.run(permit) : gate.throttle.acquire(call).then((granted) => this.run(granted));
    done
      .catch((reason) => {
        if (!this.isLeft) this.fail(reason);
      })
      .catch(gate.report);
  }

  /** The page wants nothing of it any more. */
  leave(): void {
    this.isLeft = true;
    this.stopTimer();
    this.options.onEnd();
    if (!this.isUnderWay) {
      this.controller.abort();
      return;
    }
    this.isUnderWay = false;
    this.isRetried = false;
    this.permit.markUnanswered();
    this.finish();
  }

  private async run(permit: Permit): Promise<void> {
    const { xhr, request, gate, guard } = this.options;
    this.permit = permit;
    if (this.isLeft) {
      permit.release();
      return;
    }
    try {
      gate.checkCapacity(request);
    } catch (error) {
      permit.release();
      throw error;
    }
    EVENTS.forEach((type) => guard.listen(xhr, type));
    await this.send();
    while (this.isRetried) {
      await permit.requeue();
      if (this.isLeft) {
        permit.release();
        return;
      }
      this.reopen();
      await this.send();
    }
  }

  /** The request will not be sent (again). */
  private fail(reason: unknown): void {
    const { xhr, request, native, onEnd } = this.options;
    onEnd();
    if (isOutOfTime(reason) && this.attempt > 0) {
      // The answer of the last attempt is still on the object.
      fire(xhr, "load");
      return;
    }
    console.warn(`flex-throttle: ${request.call.name}:`, reason);
    endWithoutAnswer(xhr, "error", native);
  }

  private send(): Promise<void> {
    const ended = new Promise<void>((resolve) => (this.finish = resolve));
    this.attempt += 1;
    this.isHeldBack = false;
    this.isRetried = false;
    this.isUnderWay = true;
    this.isGivenUp = false;
    this.permit.markSent();
    if (this.permit.call.isResentWhenUnanswered)
      this.timer = setTimeout(() => this.giveUpOnAnswer(), UNANSWERED_JOIN_MS);
    const { gate, request, native, xhr, body } = this.options;
    gate.pass(request, () => native.send.call(xhr, body));
    return ended;
  }

  private reopen(): void {
    const { xhr, native, state } = this.options;
    // `timeout`, `responseType`, `withCredentials` and every listener stay on the object; headers do not.
    (native.open as (...all: OpenArguments) => void).apply(xhr, state.args);
    state.headers.forEach(([name, value]) => native.setRequestHeader.call(xhr, name, value));
  }

  /** Told of every event of the object and of its `upload`, before the page is. */
  onEvent(event: Event): void {
    const { xhr, onEnd } = this.options;
    if (event.currentTarget === xhr.upload) {
      // What was uploaded once is not uploaded again, as far as the page can see.
      if (this.attempt > 1) event.stopImmediatePropagation();
      return;
    }
    if (event.type === "readystatechange") this.onReadyState();
    if (this.isHidden(event)) event.stopImmediatePropagation();
    // In another state it is the end of the request before, from within which the page has used the object again.
    if (event.type === "loadend" && xhr.readyState === XMLHttpRequest.DONE) {
      this.isUnderWay = false;
      this.stopTimer();
      if (!this.isRetried) onEnd();
      this.finish();
    }
  }

  private isHidden(event: Event): boolean {
    const isStartOfRetry =
      this.attempt > 1 && (event.type === "loadstart" || this.options.xhr.readyState === XMLHttpRequest.OPENED);
    return this.isHeldBack || isStartOfRetry;
  }

  private onReadyState(): void {
    const { xhr, gate, request } = this.options;
    if (xhr.readyState === XMLHttpRequest.HEADERS_RECEIVED) {
      this.stopTimer();
      if (xhr.status === 429) this.isHeldBack = true;
      else this.permit.markAnswered();
    }
    if (xhr.readyState !== XMLHttpRequest.DONE) return;
    if (this.isGivenUp) this.decideOnLost();
    else if (xhr.status === 0) this.failed();
    else if (this.isHeldBack) this.decide();
    else gate.countCapacity(request, xhr.status, readBody(xhr));
  }

  private giveUpOnAnswer(): void {
    this.isGivenUp = true;
    this.options.native.abort.call(this.options.xhr);
  }

  private stopTimer(): void {
    if (this.timer !== undefined) clearTimeout(this.timer);
  }

  /** The page is to see it, also where the headers of a refusal had come. */
  private failed(): void {
    this.permit.markUnanswered();
    this.isHeldBack = false;
  }

  private decideOnLost(): void {
    this.permit.markUnanswered();
    this.lost += 1;
    this.isRetried = this.lost < MOST_LOST;
    this.isHeldBack = this.isRetried;
  }

  /** The whole refusal is here: retry it, or let the page have it. */
  private decide(): void {
    const { xhr, gate } = this.options;
    const refusal = gate.readTooManyRequests({
      status: xhr.status,
      body: readBody(xhr),
      retryAfter: xhr.getResponseHeader("Retry-After"),
    });
    if (!refusal) this.permit.markAnswered();
    this.isRetried = refusal !== undefined && this.permit.markThrottled(refusal);
    this.isHeldBack = this.isRetried;
  }
}

/** Fires what the browser fires when a request has ended. */
function fire(xhr: XMLHttpRequest, type: "load" | "abort" | "error"): void {
  xhr.dispatchEvent(new Event("readystatechange"));
  xhr.dispatchEvent(new ProgressEvent(type));
  xhr.dispatchEvent(new ProgressEvent("loadend"));
}

/** Does what the browser does when a request ends without an answer: here it had nothing to end. */
function endWithoutAnswer(xhr: XMLHttpRequest, type: "abort" | "error", native: NativeMethods): void {
  // Takes the answer of a refused attempt away, and fires nothing.
  native.abort.call(xhr);
  const setReadyState = (value: number) => Object.defineProperty(xhr, "readyState", { configurable: true, value });
  setReadyState(XMLHttpRequest.DONE);
  fire(xhr, type);
  // The page may have opened it anew meanwhile.
  const isStillEnded = Object.prototype.hasOwnProperty.call(xhr, "readyState");
  if (type === "abort" && isStillEnded) setReadyState(XMLHttpRequest.UNSENT);
}

function readBody(xhr: XMLHttpRequest): unknown {
  if (xhr.responseType === "" || xhr.responseType === "text") return xhr.responseText;
  // A Blob cannot be read at once.
  if (xhr.responseType === "arraybuffer" && typeof TextDecoder === "function")
    return new TextDecoder().decode(xhr.response ?? undefined);
  return xhr.responseType === "json" ? xhr.response : undefined;
}

function invalidState(method: string): DOMException {
  return new DOMException(
    `Failed to execute '${method}' on 'XMLHttpRequest': The object's state must be OPENED.`,
    "InvalidStateError",
  );
}
