/** One request of an XMLHttpRequest that spends a limit: waits for its turn, and hides attempts that are sent again. */

import { Attempt } from "../throttle/attempts";
import { EventGuard } from "./eventGuard";
import { HttpAnswer, HttpGate, LimitedRequest, MAX_BODY_MS } from "./httpGate";
import { endWithoutAnswer, fireEnd, NativeMethods, readXhrBody } from "./xhrEvents";

export type XhrBody = Document | XMLHttpRequestBodyInit | null | undefined;

/** What a further attempt needs to open the object again. */
export interface OpenedRequest {
  readonly args: [method: string, url: string | URL, isAsync?: boolean, user?: string | null, password?: string | null];
  readonly headers: [name: string, value: string][];
}

export interface LimitedXhrOptions {
  readonly xhr: XMLHttpRequest;
  readonly opened: OpenedRequest;
  readonly request: LimitedRequest;
  readonly body: XhrBody;
  readonly gate: HttpGate;
  readonly native: NativeMethods;
  readonly guard: EventGuard;
  /** Called when the request has ended or was abandoned, before the page sees its last event. */
  readonly onEnd: () => void;
}

/**
 * - `waiting`: queued, never sent.
 * - `sending`: the browser has the request; the page sees its events.
 * - `holdingBack429`: the headers of a 429 have arrived; events are hidden until its body decides.
 * - `retrying`: sent, and will be sent again; events are hidden.
 * - `ended`: the page has its answer or has abandoned the request.
 */
type State = "waiting" | "sending" | "holdingBack429" | "retrying" | "ended";

const EVENTS = ["readystatechange", "loadstart", "progress", "load", "loadend", "error", "abort", "timeout"] as const;

export class LimitedXhr {
  private state: State = "waiting";
  private readonly controller = new AbortController();
  private attempt: Attempt | undefined;
  private resolveAttempt: () => void = () => undefined;

  constructor(private readonly options: LimitedXhrOptions) {}

  /** Whether the browser has the request, so that its own `abort` applies. */
  get isSending(): boolean {
    return this.state === "sending" || this.state === "holdingBack429";
  }

  start(): void {
    const { gate, request } = this.options;
    gate
      .runEvents(request, this.controller.signal, (attempt) => this.send(attempt))
      .then(
        () => this.onLastAttempt(),
        (reason) => this.onNotSent(reason),
      )
      .catch(gate.report);
  }

  /** The page has aborted the request or opened its object again. */
  abandon(): void {
    const wasSending = this.isSending;
    this.state = "ended";
    this.options.onEnd();
    if (wasSending) {
      this.attempt?.end("unanswered");
      this.resolveAttempt();
    } else {
      this.controller.abort();
    }
  }

  /** Called with every event of the object and of its `upload`, before the page's handlers. */
  onEvent(event: Event): void {
    const { xhr, onEnd } = this.options;
    const isRetry = this.attempt !== undefined && this.attempt.number > 1;
    if (event.currentTarget === xhr.upload) {
      if (isRetry) event.stopImmediatePropagation();
      return;
    }
    if (event.type === "readystatechange") this.onReadyState();
    const isStart = event.type === "loadstart" || xhr.readyState === XMLHttpRequest.OPENED;
    if (this.state === "holdingBack429" || this.state === "retrying" || (isRetry && isStart)) {
      event.stopImmediatePropagation();
    }
    // In another state this ends an earlier request, in one of whose handlers the page sent this one.
    if (event.type === "loadend" && xhr.readyState === XMLHttpRequest.DONE) {
      if (this.state !== "retrying") {
        this.state = "ended";
        onEnd();
      }
      this.resolveAttempt();
    }
  }

  private send(attempt: Attempt): Promise<void> {
    const { xhr, body, native, guard } = this.options;
    if (this.attempt) this.reopen();
    else EVENTS.forEach((type) => guard.observe(xhr, type));
    this.attempt = attempt;
    this.state = "sending";
    const ended = new Promise<void>((resolve) => (this.resolveAttempt = resolve));
    attempt.abortIfUnanswered(() => native.abort.call(xhr));
    native.send.call(xhr, body);
    return ended;
  }

  private reopen(): void {
    const { xhr, native, opened } = this.options;
    // `open` keeps listeners, `timeout`, `responseType` and `withCredentials`, but not the headers.
    (native.open as (...all: OpenedRequest["args"]) => void).apply(xhr, opened.args);
    opened.headers.forEach(([name, value]) => native.setRequestHeader.call(xhr, name, value));
  }

  private onReadyState(): void {
    const { xhr, gate, request } = this.options;
    const { attempt } = this;
    if (!attempt || !this.isSending) return;
    if (xhr.readyState === XMLHttpRequest.HEADERS_RECEIVED) {
      attempt.stopTimer();
      if (xhr.status === 429) this.holdBack429(attempt);
      else attempt.end("answered");
    }
    if (xhr.readyState !== XMLHttpRequest.DONE) return;
    const answer = this.readAnswer();
    if (xhr.status === 0) this.state = attempt.end("unanswered") ? "retrying" : "sending";
    else if (this.state === "holdingBack429") this.state = attempt.end(gate.readEnd(answer)) ? "retrying" : "sending";
    else gate.countCapacity(request, answer);
  }

  /** The body decides whether the request is sent again, unless it takes too long: then the headers do. */
  private holdBack429(attempt: Attempt): void {
    const { xhr, gate, native } = this.options;
    this.state = "holdingBack429";
    gate.throttle.schedule(() => {
      if (this.state !== "holdingBack429" || this.attempt !== attempt) return;
      const isRetried = attempt.end(gate.readEnd({ ...this.readAnswer(), readBody: () => undefined }));
      this.state = isRetried ? "retrying" : "sending";
      if (isRetried) native.abort.call(xhr);
    }, MAX_BODY_MS);
  }

  private readAnswer(): HttpAnswer {
    const { xhr } = this.options;
    const { status } = xhr;
    return {
      status,
      retryAfter: status === 429 ? xhr.getResponseHeader("Retry-After") : null,
      readBody: () => readXhrBody(xhr),
    };
  }

  /** No time was left for another attempt. The object still has the answer of the last one, if there was one. */
  private onLastAttempt(): void {
    if (this.state !== "retrying") return;
    const { xhr, native, onEnd } = this.options;
    this.state = "ended";
    onEnd();
    if (xhr.status === 0) endWithoutAnswer(xhr, "error", native);
    else fireEnd(xhr, "load");
  }

  private onNotSent(reason: unknown): void {
    if (this.state === "ended") return;
    const { xhr, request, native, onEnd } = this.options;
    this.state = "ended";
    onEnd();
    console.warn(`flex-throttle: ${request.call.name} was not sent:`, reason);
    endWithoutAnswer(xhr, "error", native);
  }
}
