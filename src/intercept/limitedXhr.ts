/** One request of an XMLHttpRequest that spends a limit: waits for its turn, and hides attempts that are sent again. */

import { MAX_BODY_MS } from "../limits/tooManyRequests";
import { Attempt } from "../throttle/attempts";
import type { AttemptEnd } from "../throttle/permit";
import { AttemptHandlers } from "./attemptHandlers";
import { copyBody } from "./body";
import { EventGuard, READY_STATE_CHANGE, SHARED_EVENTS } from "./eventGuard";
import { HttpAnswer, HttpGate, LimitedRequest } from "./httpGate";
import {
  DONE,
  endWithoutAnswer,
  fireEnd,
  fireStart,
  HEADERS_RECEIVED,
  NativeMethods,
  OPENED,
  readXhrBody,
} from "./xhrEvents";

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
  /** The methods that ours call: the browser's, or patches of other scripts. */
  readonly native: NativeMethods;
  readonly guard: EventGuard;
  readonly handlers: AttemptHandlers;
  /** Called when the request has ended or was abandoned, before the page sees its last event. */
  readonly onEnd: () => void;
}

/**
 * - `waiting`: queued, never sent.
 * - `sending`: the browser has the request; the page sees its events.
 * - `holdingBack429`: the headers of a 429 have arrived; events are hidden until its body decides.
 * - `readingBody`: the 429 has arrived whole, and its body can only be read asynchronously; events are hidden.
 * - `retrying`: sent, and will be sent again; events are hidden.
 * - `ended`: the page has its answer or has abandoned the request.
 */
type State = "waiting" | "sending" | "holdingBack429" | "readingBody" | "retrying" | "ended";

export class LimitedXhr {
  private state: State = "waiting";
  private readonly controller = new AbortController();
  private attempt: Attempt | undefined;
  private resolveAttempt: () => void = () => undefined;
  /** Whether the page has seen `loadstart` while the request waited. */
  private hasFiredStart = false;
  /** Whether the page has seen `loadstart` of an upload that has not ended. */
  private isUploading = false;

  constructor(private readonly options: LimitedXhrOptions) {}

  get xhr(): XMLHttpRequest {
    return this.options.xhr;
  }

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
    if (this.state === "waiting") this.fireStart();
  }

  /** The page has aborted the request or opened its object again. */
  abandon(): void {
    const { state, isSending } = this;
    this.end();
    if (isSending || state === "readingBody") {
      this.attempt?.end(isSending ? "unanswered" : "answered");
      this.resolveAttempt();
    } else {
      this.controller.abort();
    }
  }

  /** The page has aborted a request that the browser does not have. */
  abort(): void {
    this.abandon();
    this.endWithoutAnswer("abort");
  }

  /**
   * Called with every event of the object and of its `upload`, before the page's handlers.
   *
   * @returns whether the event is hidden from the page.
   */
  onEvent({ type, currentTarget }: Event): boolean {
    const { xhr } = this.options;
    const number = this.attempt?.number ?? 0;
    const isRetry = number > 1;
    const isRepeatedStart = type === "loadstart" && number > 0 && this.hasFiredStart;
    if (currentTarget === xhr.upload) return isRetry || isRepeatedStart;
    if (type === READY_STATE_CHANGE) this.onReadyState();
    const isStart = type === "loadstart" || xhr.readyState === OPENED;
    const isHidden =
      ["holdingBack429", "readingBody", "retrying"].includes(this.state) || isRepeatedStart || (isRetry && isStart);
    // In another state this ends an earlier request, in one of whose handlers the page sent this one.
    if (type === "loadend" && xhr.readyState === DONE && this.state !== "readingBody") {
      if (this.state !== "retrying") this.end();
      this.resolveAttempt();
    }
    return isHidden;
  }

  private send(attempt: Attempt): Promise<void> {
    const { xhr, body, native, guard, handlers } = this.options;
    if (this.attempt) this.reopen();
    else [READY_STATE_CHANGE, ...SHARED_EVENTS].forEach((type) => guard.observe(xhr, type));
    this.isUploading = false;
    this.attempt = attempt;
    this.state = "sending";
    const ended = new Promise<void>((resolve) => (this.resolveAttempt = resolve));
    attempt.abortIfUnanswered(() => native.abort.call(xhr));
    handlers.run(xhr, attempt.number > 1, () => native.send.call(xhr, copyBody(body)));
    return ended;
  }

  private reopen(): void {
    const { xhr, native, opened, handlers } = this.options;
    handlers.removeAll(xhr);
    // `open` keeps listeners, `timeout`, `responseType` and `withCredentials`, but not the headers.
    handlers.run(xhr, true, () => (native.open as (...all: OpenedRequest["args"]) => void).apply(xhr, opened.args));
    opened.headers.forEach(([name, value]) => native.setRequestHeader.call(xhr, name, value));
  }

  private onReadyState(): void {
    const { xhr, gate, request } = this.options;
    const { attempt } = this;
    if (!attempt || !this.isSending) return;
    if (xhr.readyState === HEADERS_RECEIVED) {
      attempt.stopTimer();
      if (xhr.status === 429) this.holdBack429(attempt);
      else attempt.end("answered");
    }
    if (xhr.readyState !== DONE) return;
    if (xhr.status === 0) this.endAttempt(attempt, "unanswered");
    else if (this.state === "holdingBack429") this.decide(attempt);
    else void gate.countCapacity(request, this.readAnswer());
  }

  /** Decides whether a 429 is retried, from its headers and its body. */
  private decide(attempt: Attempt): void {
    const { xhr, gate } = this.options;
    const body = readXhrBody(xhr);
    if (!(body instanceof Promise)) {
      this.end429(attempt, body);
      return;
    }
    this.state = "readingBody";
    const onBody = (read: unknown) => {
      // The page may have aborted the request or opened its object again.
      if (this.state !== "readingBody") return;
      if (!this.end429(attempt, read)) {
        this.end();
        fireEnd(xhr, "load");
      }
      this.resolveAttempt();
    };
    body.then(onBody).catch(gate.report);
  }

  /** The body decides whether the request is sent again, unless it takes too long: then the headers do. */
  private holdBack429(attempt: Attempt): void {
    const { xhr, gate, native } = this.options;
    this.state = "holdingBack429";
    gate.throttle.schedule(() => {
      if (this.state !== "holdingBack429" || this.attempt !== attempt) return;
      if (this.end429(attempt, undefined)) native.abort.call(xhr);
    }, MAX_BODY_MS);
  }

  /** Ends an attempt with a 429. @param body as far as it is known. @returns whether the request is sent again. */
  private end429(attempt: Attempt, body: unknown): boolean {
    const { gate, request } = this.options;
    return this.endAttempt(attempt, gate.readEnd(request, this.readAnswer(), body));
  }

  /** @returns whether the request is sent again. */
  private endAttempt(attempt: Attempt, how: AttemptEnd): boolean {
    const isRetried = attempt.end(how);
    this.state = isRetried ? "retrying" : "sending";
    return isRetried;
  }

  private readAnswer(): HttpAnswer {
    const { xhr } = this.options;
    const { status } = xhr;
    return {
      status,
      retryAfter: status === 429 ? xhr.getResponseHeader("Retry-After") : null,
      url: xhr.responseURL,
      readBody: () => readXhrBody(xhr),
    };
  }

  /** No time was left for another attempt. The object still has the answer of the last one, if there was one. */
  private onLastAttempt(): void {
    if (this.state !== "retrying") return;
    const { xhr } = this.options;
    this.end();
    if (xhr.status === 0) this.endWithoutAnswer("error");
    else fireEnd(xhr, "load");
  }

  private onNotSent(reason: unknown): void {
    if (this.state === "ended") return;
    const { request } = this.options;
    this.end();
    this.endWithoutAnswer("error");
    // Last, because other code on the page may have replaced the console by one that throws.
    console.warn(`flex-throttle: ${request.call.name}: ${String(reason)}`);
  }

  private end(): void {
    this.state = "ended";
    this.options.onEnd();
  }

  /** The browser fires these events within `send`. */
  private fireStart(): void {
    const { xhr, body, guard } = this.options;
    this.hasFiredStart = true;
    const hasBody = body !== null && body !== undefined;
    this.isUploading = hasBody && guard.isObserved(xhr.upload);
    fireStart(xhr, this.isUploading, () => this.state === "waiting");
  }

  private endWithoutAnswer(type: "abort" | "error"): void {
    const { xhr, native } = this.options;
    endWithoutAnswer(xhr, type, native, this.isUploading);
  }
}
