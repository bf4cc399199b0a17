/** What `fetch` and `XMLHttpRequest` have in common: which request is limited, and what its answer tells. */

import { TooManyRequests, readTooManyRequests } from "../limits/tooManyRequests";
import { CapacityEffect, RouteMatcher } from "../limits/routes";
import { Call } from "../throttle/call";
import { CallCoalescer } from "../throttle/coalescing";
import { capacityError } from "../throttle/errors";
import { Throttle } from "../throttle/throttle";

export interface HttpAnswerParts {
  readonly status: number;
  readonly body: unknown;
  readonly retryAfter: string | null;
}

export interface HttpGateOptions {
  readonly throttle: Throttle;
  readonly match: RouteMatcher;
  /** As the settings of the moment say. */
  readonly onBurst: () => "queue" | "reject";
  /** Told of a failure of the plugin itself; the request then goes out as if there were no plugin. */
  readonly report: (error: unknown) => void;
}

export interface LimitedRequest {
  readonly call: Call;
  readonly url: string;
  readonly capacityEffect?: CapacityEffect;
}

export class HttpGate {
  readonly throttle: Throttle;
  readonly report: HttpGateOptions["report"];
  readonly coalescer: CallCoalescer;
  private passing: LimitedRequest | undefined;

  constructor(private readonly options: HttpGateOptions) {
    this.throttle = options.throttle;
    this.coalescer = new CallCoalescer(options.throttle);
    this.report = options.report;
  }

  /** @returns what a request spends; `undefined` when it is none of ours, and goes out untouched. */
  classify(method: string, url: unknown, body?: unknown): LimitedRequest | undefined {
    if (this.throttle.mode === "off") return undefined;
    const absolute = absoluteUrl(url);
    if (absolute === undefined) return undefined;
    try {
      if (this.passing?.url === absolute) return undefined;
      const match = this.options.match(method, absolute);
      if (!match) return undefined;
      const key = match.key ?? channelInForm(body);
      const call: Call = { limits: match.limits, name: match.limits.join(" + "), key, onBurst: this.options.onBurst() };
      return { call, url: absolute, capacityEffect: match.capacityEffect };
    } catch (error) {
      this.options.report(error);
      return undefined;
    }
  }

  /**
   * Sends; a `fetch` that is made of an XMLHttpRequest underneath is then not counted twice. Another request, which the
   * page makes on hearing that this one has started, is.
   */
  pass<T>(request: LimitedRequest, send: () => T): T {
    const outer = this.passing;
    this.passing = request;
    try {
      return send();
    } finally {
      this.passing = outer;
    }
  }

  /** @throws ThrottleError when the request would create more than the account may have. */
  checkCapacity({ call, capacityEffect }: LimitedRequest): void {
    const { flexFlows, mode } = this.throttle;
    if (capacityEffect === "create" && flexFlows.isFull(this.throttle.now()) && mode === "enforce") {
      throw this.throttle.reportDropped(call, capacityError("Flex Flows", flexFlows.count, flexFlows.maximum));
    }
  }

  readTooManyRequests(answer: HttpAnswerParts): TooManyRequests | undefined {
    try {
      return readTooManyRequests({ ...answer, atMs: Date.now() });
    } catch (error) {
      this.options.report(error);
      return undefined;
    }
  }

  /** Whether an answer tells of the number of Flex Flows. */
  isCounted({ capacityEffect }: LimitedRequest, status: number): boolean {
    if (!capacityEffect) return false;
    const isGoneAlready = capacityEffect === "delete" && status === 404;
    return isGoneAlready || (status >= 200 && status < 300);
  }

  /** Keeps the count of Flex Flows from an answer that passed by. */
  countCapacity(request: LimitedRequest, status: number, body: unknown): void {
    try {
      this.count(request, status, body);
    } catch (error) {
      this.options.report(error);
    }
  }

  private count(request: LimitedRequest, status: number, body: unknown): void {
    if (!this.isCounted(request, status)) return;
    const { capacityEffect, url } = request;
    const { flexFlows } = this.throttle;
    const nowMs = this.throttle.now();
    if (capacityEffect === "delete") {
      flexFlows.deleted(lastSegment(url));
    } else if (capacityEffect === "create") {
      const { sid } = asObject(body);
      if (typeof sid === "string") flexFlows.created(sid, nowMs);
    } else {
      const { flex_flows: listed, meta } = asObject(body);
      if (!Array.isArray(listed)) return;
      const { page, next_page_url: next } = asObject(meta);
      const isOfAll = typeof page === "number" && !isFiltered(url);
      flexFlows.listed(
        listed.map((flow) => String(asObject(flow).sid)),
        isOfAll ? { page, isLast: !next } : undefined,
        nowMs,
      );
    }
    this.throttle.notifyCapacityChanged();
  }
}

/** Before Flex 1.28 the join names the chat in its form, not in its address. */
function channelInForm(body: unknown): string | undefined {
  const form = typeof body === "string" ? new URLSearchParams(body) : body;
  if (!(form instanceof URLSearchParams)) return undefined;
  return form.get("ChatChannelSid") ?? undefined;
}

/** What is no address at all is the page's mistake, and the browser says so. */
export function absoluteUrl(url: unknown): string | undefined {
  try {
    return new URL(String(url), document.baseURI).href;
  } catch {
    return undefined;
  }
}

/** Whether a list is of some only, as `?FriendlyName=…` asks for. */
function isFiltered(url: string): boolean {
  return Array.from(new URL(url).searchParams.keys()).some((name) => !/^Page(Size|Token)?$/i.test(name));
}

function lastSegment(url: string): string {
  return new URL(url).pathname.replace(/\/+$/, "").split("/").pop() as string;
}

function asObject(value: unknown): Record<string, unknown> {
  const parsed = typeof value === "string" ? parse(value) : value;
  return typeof parsed === "object" && parsed !== null ? (parsed as Record<string, unknown>) : {};
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
