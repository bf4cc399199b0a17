/**
 * The one gate for HTTP requests, however they are sent. It owns the sequence: classify the request, wait for its turn,
 * check the capacity, send, read the answer, and send again after a 429.
 */

import { Call, Permit, Throttle } from "../flexThrottle";
import { tryTo } from "../helpers/tryTo";
import { InterceptorContext } from "../interceptor";
import { FlexFlowCount } from "../limits/flexFlowCount";
import { RateLimitId } from "../limits/limits";
import { CapacityEffect, RouteMatcher } from "../limits/routes";
import { isTwilioHost, MAX_BODY_MS, readTooManyRequests } from "../limits/tooManyRequests";
import { abortReason, isAborted, onAbort } from "../throttle/callerSignal";
import { waitAtMost } from "../throttle/clock";
import { Attempt, Outcome, sendWithRetries } from "../throttle/attempts";
import { CallCoalescer } from "../throttle/coalescing";
import type { AttemptEnd } from "../throttle/permit";
import type { AnswerTimes } from "./answerTimes";
import { checkCapacity, countFlexFlows, isCounted } from "./countFlexFlows";

export interface HttpGateOptions extends InterceptorContext {
  readonly flexFlows: FlexFlowCount;
  readonly match: RouteMatcher;
  /** The over-limit policy in use. */
  readonly onBurst: () => "queue" | "reject";
  /** Default: an answer counts as arrived when the page notices it. */
  readonly answerTimes?: AnswerTimes;
  /** Whether a host speaks for the whole account. Default: Twilio's hosts. */
  readonly isTwilioHost?: (host: string) => boolean;
}

export interface LimitedRequest {
  readonly call: Call;
  /** Absolute. */
  readonly url: string;
  readonly capacityEffect?: CapacityEffect;
}

/** An answer, as far as the gate reads it. */
export interface HttpAnswer<Body = unknown> {
  readonly status: number;
  readonly retryAfter: string | null;
  /** Empty if the browser does not say where the answer came from. */
  readonly url: string;
  /** Called only for answers whose body matters. Never rejects. */
  readonly readBody: () => Body;
}

/** How to send a request whose answer is a promise's value, as `fetch` does. */
export interface Transport<Response> {
  readonly signal: AbortSignal | undefined;
  /** Requests with the same key that wait at the same time are sent once. */
  readonly coalescingKey: string | undefined;
  /** Sends one attempt. @param signal aborts it. */
  readonly send: (signal: AbortSignal | undefined) => Promise<Response>;
  /** Must leave the response unread. */
  readonly read: (response: Response) => HttpAnswer<Promise<string | undefined>>;
  readonly clone: (response: Response) => Response;
}

export class HttpGate implements InterceptorContext {
  readonly throttle: Throttle;
  readonly report: HttpGateOptions["report"];
  private readonly coalescer: CallCoalescer<RateLimitId>;
  /** The request that is being handed to the browser right now. */
  private sending: LimitedRequest | undefined;

  constructor(private readonly options: HttpGateOptions) {
    this.throttle = this.options.throttle;
    this.report = this.options.report;
    this.coalescer = new CallCoalescer(this.throttle, this.report);
  }

  /** @returns `undefined` for a request that spends no limit: it must be sent unchanged. */
  classify(method: string, url: unknown, body?: unknown): LimitedRequest | undefined {
    if (this.throttle.mode === "off") return undefined;
    const absolute = parseUrl(url);
    if (!absolute || this.sending?.url === absolute.href) return undefined;
    const { href, hostname } = absolute;
    return tryTo(() => {
      const match = this.options.match(method, href);
      if (!match) return undefined;
      const key = match.key ?? channelInForm(body);
      const answersForAccount = (this.options.isTwilioHost ?? isTwilioHost)(hostname);
      const name = match.limits.join(" + ");
      const call: Call = { limits: match.limits, name, key, onBurst: this.options.onBurst(), answersForAccount };
      return { call, url: href, capacityEffect: match.capacityEffect };
    }, this.report);
  }

  /** Sends a request in its turn. @returns the answer of the last attempt. */
  run<Response>(request: LimitedRequest, transport: Transport<Response>): Promise<Response> {
    const { signal, coalescingKey, send, read, clone } = transport;
    return this.coalescer.run({
      call: { ...request.call, signal },
      coalescingKey,
      check: () => checkCapacity(request, this.options),
      send: (abort, attempt) => this.sendOnce(request, attempt, () => send(abortableSignal(abort, attempt))),
      classify: (outcome) => this.classifyOutcome(request, outcome, read),
      copy: clone,
    });
  }

  /**
   * Sends a request in its turn whose answer arrives as events. Without a wait it is sent before this returns.
   *
   * @param send sends one attempt and reports its end to it; resolves when all its events are over.
   */
  runEvents(request: LimitedRequest, signal: AbortSignal, send: (attempt: Attempt) => Promise<void>): Promise<void> {
    const { throttle } = this;
    const call = { ...request.call, signal };
    const check = () => {
      // A permit that another layer handed off comes with that layer's signal.
      if (signal.aborted) throw abortReason(signal);
      checkCapacity(request, this.options);
    };
    const sendOnce = (_: Permit, attempt: Attempt) => this.sendOnce(request, attempt, () => send(attempt));
    const run = (permit: Permit) =>
      sendWithRetries(permit, { clock: throttle, report: this.report, check, send: sendOnce });
    const acquired = throttle.tryAcquire(call);
    return acquired instanceof Permit ? run(acquired) : throttle.acquire(call).then(run);
  }

  /** @param body of a 429, as far as it is known. @returns how an attempt with this answer ended. */
  readEnd(
    request: LimitedRequest,
    { status, retryAfter, url }: Omit<HttpAnswer, "readBody">,
    body: unknown,
  ): AttemptEnd {
    const answer = { status, retryAfter, body, url: url || request.url, atMs: Date.now() };
    return tryTo(() => readTooManyRequests(answer, this.options.isTwilioHost), this.report) ?? "answered";
  }

  /** Updates the count of Flex Flows from an answer. @returns a promise if the body arrives later. */
  countCapacity(request: LimitedRequest, { status, readBody }: HttpAnswer): Promise<void> | void {
    if (!isCounted(request.capacityEffect, status)) return undefined;
    const count = (body: unknown) => tryTo(() => countFlexFlows(request, body, this.options), this.report);
    const body = readBody();
    return body instanceof Promise ? body.then(count) : count(body);
  }

  /**
   * A `fetch` that is implemented over XMLHttpRequest is counted once. Another request, which a page sends from an event
   * handler meanwhile, is counted.
   */
  private sendOnce<T>(request: LimitedRequest, attempt: Attempt, send: () => T): T {
    const { answerTimes } = this.options;
    const outer = this.sending;
    this.sending = request;
    try {
      return answerTimes ? answerTimes.track(request.url, send, (atMs) => attempt.markArrived(atMs)) : send();
    } finally {
      this.sending = outer;
    }
  }

  private async classifyOutcome<Response>(
    request: LimitedRequest,
    outcome: Outcome<Response>,
    read: Transport<Response>["read"],
  ): Promise<AttemptEnd> {
    if ("error" in outcome) return hasStatus(outcome.error) ? "answered" : "unanswered";
    // Other code on the page may answer with something that is not a `Response`.
    const answer = tryTo(() => read(outcome.value));
    if (answer?.status === 429) return this.readEnd(request, answer, await this.waitBriefly(answer.readBody()));
    const counted = answer && this.countCapacity(request, answer);
    // A body that arrives later is counted later.
    if (counted) await this.waitBriefly(counted);
    return "answered";
  }

  private waitBriefly<T>(body: Promise<T>): Promise<T | undefined> {
    return waitAtMost(this.throttle, MAX_BODY_MS, body);
  }
}

/** Before Flex 1.28 the join names its chat in the form instead of the URL. */
function channelInForm(body: unknown): string | undefined {
  const form = typeof body === "string" ? new URLSearchParams(body) : body;
  if (!(form instanceof URLSearchParams)) return undefined;
  return form.get("ChatChannelSid") ?? undefined;
}

/** @returns `undefined` for an invalid URL, which the browser reports itself. */
export function parseUrl(url: unknown): URL | undefined {
  return tryTo(() => new URL(String(url), document.baseURI));
}

/** Another patch of `fetch` may reject with an error that carries the answer's status. */
function hasStatus(error: unknown): boolean {
  const known = error as { code?: unknown; status?: unknown; response?: { status?: unknown } } | null | undefined;
  return [known?.code, known?.status, known?.response?.status].some((each) => Number(each) >= 100);
}

/** @returns a signal that also aborts an unanswered attempt, for calls that are sent again then. */
function abortableSignal(signal: AbortSignal | undefined, attempt: Attempt): AbortSignal | undefined {
  if (!attempt.resendUnanswered) return signal;
  const controller = new AbortController();
  const abort = () => controller.abort();
  if (isAborted(signal)) abort();
  else onAbort(signal, abort);
  attempt.abortIfUnanswered(abort);
  return controller.signal;
}
