// Every call to the account passes the gate, which applies the limits and the planned faults and logs the call.

import { performance } from "perf_hooks";

import { createCounter, type Counter, type Counting } from "./counting";
import { Faults, type Fault, type PlannedFault, type Chat429Location } from "./faults";
import { limits, type Limit } from "./limits";
import { RequestLog, type LogEntry, type LogListener } from "./requestLog";

/** A limit's id such as "POST /channels", or another name such as "chat sendMessage" for a call without a limit. */
export type OperationId = string;

export interface Call {
  operation: OperationId;
  method: string;
  path: string;
  /** The calling agent's identity, if known. */
  agent?: string | undefined;
}

export type Verdict = Admitted | Failed;

export interface Admitted {
  ok: true;
  /** Logs the status that the call was answered with. */
  recordStatus(status: number): void;
}

/** The error that Twilio answers the call with. */
export interface Failed {
  ok: false;
  status: 429 | 409 | 500;
  /** Twilio's error code. */
  code: number;
  message: string;
  /** Seconds, or an HTTP date. */
  retryAfter?: number | string;
  /** For chat commands: which message carries the error. */
  location?: Chat429Location;
}

export interface GateOptions {
  counting?: Counting;
  /** Milliseconds of the account's clock. It must never go back. */
  now?: () => number;
  schedule?: (run: () => void, delayMs: number) => void;
}

/** Monotonic, but aligned with the wall clock, which calendar seconds need. */
function systemClock(): number {
  return performance.timeOrigin + performance.now();
}

export class Gate {
  /** Whether a 429 over the limit carries Retry-After. Twilio does not promise it. Faults have their own setting. */
  sendsRetryAfter = false;

  private readonly now: () => number;
  private readonly schedule: (run: () => void, delayMs: number) => void;
  private readonly startedAtMs: number;
  private readonly initialCounting: Counting;
  private currentCounting: Counting;
  private overrides = new Map<string, number>();
  private counters = new Map<string, Counter>();
  private readonly faults = new Faults();
  private heldCalls: { operation: OperationId; release: () => void }[] = [];
  private readonly requests = new RequestLog();

  constructor(options: GateOptions = {}) {
    this.now = options.now ?? systemClock;
    this.schedule = options.schedule ?? ((run, delayMs) => void setTimeout(run, delayMs));
    this.startedAtMs = this.now();
    this.initialCounting = options.counting ?? "rolling";
    this.currentCounting = this.initialCounting;
  }

  get counting(): Counting {
    return this.currentCounting;
  }

  /** Clears all counts. */
  set counting(counting: Counting) {
    this.currentCounting = counting;
    this.counters.clear();
  }

  /** Milliseconds since the gate was created: the clock of the log. */
  get elapsedMs(): number {
    return this.now() - this.startedAtMs;
  }

  /**
   * @param value calls per second of a rate, or the count of a capacity. Earlier calls stay counted.
   * @throws RangeError for an unknown limit or a value that is not a non-negative integer.
   */
  setLimit(id: string, value: number): void {
    findLimit(id);
    if (!Number.isInteger(value) || value < 0) {
      throw new RangeError(`Expected the limit "${id}" to be a whole number from 0 up, got ${value}`);
    }
    this.overrides.set(id, value);
  }

  /** The current value of a limit. */
  limit(id: string): number {
    return this.overrides.get(id) ?? findLimit(id).default;
  }

  /** Applies the fault to the next `times` calls of the operation. Several faults of one operation apply in turn. */
  fault(operation: OperationId, fault: Fault, times = Infinity): void {
    this.faults.add(operation, fault, times);
  }

  clearFaults(operation?: OperationId): void {
    this.faults.clear(operation);
    const isCleared = (held: { operation: OperationId }) => operation === undefined || held.operation === operation;
    const released = this.heldCalls.filter(isCleared);
    this.heldCalls = this.heldCalls.filter((held) => !isCleared(held));
    for (const { release } of released) release();
  }

  get plannedFaults(): PlannedFault[] {
    return this.faults.list();
  }

  /** Oldest first. */
  get log(): LogEntry[] {
    return this.requests.entries;
  }

  on(listener: LogListener): void {
    this.requests.on(listener);
  }

  off(listener: LogListener): void {
    this.requests.off(listener);
  }

  /** Restores the default limits and clears counts, faults and log. Listeners stay. */
  reset(): void {
    this.overrides.clear();
    this.counters.clear();
    this.clearFaults();
    this.requests.clear();
    this.currentCounting = this.initialCounting;
    this.sendsRetryAfter = false;
  }

  /**
   * Decides about one call, which is counted unless the verdict is a 429. Over the limit, only faults with 429 apply.
   * Resolves at once, after the delay of a "slow" fault, when a "held" fault is cleared, or never for a "never" fault.
   */
  admit(call: Call): Promise<Verdict> {
    const fault = this.faults.peek(call.operation);
    if (fault?.kind === "429") {
      this.faults.consume(call.operation);
      return Promise.resolve(this.fail(call, tooManyRequests(call.operation, fault), "fault"));
    }
    const throttled = this.count(call.operation);
    if (throttled) return Promise.resolve(this.fail(call, throttled.failed, throttled.note));
    if (!fault) return Promise.resolve(this.pass(call));
    this.faults.consume(call.operation);
    return this.applyFault(fault, call);
  }

  private applyFault(fault: Exclude<Fault, { kind: "429" }>, call: Call): Promise<Verdict> {
    switch (fault.kind) {
      case "409":
        return Promise.resolve(
          this.fail(call, { ok: false, status: 409, code: 50404, message: "Member already exists" }, "fault"),
        );
      case "500":
        return Promise.resolve(
          this.fail(call, { ok: false, status: 500, code: 20500, message: "Internal server error" }, "fault"),
        );
      case "slow": {
        const admitted = this.pass(call, `fault: slow, ${fault.ms} ms`);
        return new Promise((resolve) => this.schedule(() => resolve(admitted), fault.ms));
      }
      case "held": {
        const admitted = this.pass(call, "fault: held");
        return new Promise((resolve) => {
          this.heldCalls.push({ operation: call.operation, release: () => resolve(admitted) });
        });
      }
      case "never":
        this.logCall(call, "never", "fault");
        return new Promise(() => undefined);
    }
  }

  /** Counts the call. Returns the 429 if the limit is reached. */
  private count(operation: OperationId): { failed: Failed; note: string } | undefined {
    const limit = limits.find(({ id, kind }) => id === operation && kind === "rate");
    if (!limit) return undefined;
    const perSecond = this.limit(limit.id);
    const counter = this.counterFor(limit.id);
    const nowMs = this.now();
    if (counter.admit(nowMs, perSecond)) return undefined;
    const failed = tooManyRequests(operation, {});
    const waitMs = counter.waitMs(nowMs, perSecond);
    if (this.sendsRetryAfter && Number.isFinite(waitMs)) failed.retryAfter = Math.max(1, Math.ceil(waitMs / 1000));
    return { failed, note: `over ${perSecond} per second` };
  }

  private counterFor(id: string): Counter {
    const known = this.counters.get(id);
    if (known) return known;
    const counter = createCounter(this.currentCounting);
    this.counters.set(id, counter);
    return counter;
  }

  private pass(call: Call, note?: string): Admitted {
    const entry = this.logCall(call, "pending", note);
    return { ok: true, recordStatus: (status) => this.requests.settle(entry, status) };
  }

  private fail(call: Call, failed: Failed, note: string): Failed {
    this.logCall(call, failed.status, note);
    return failed;
  }

  private logCall(call: Call, status: LogEntry["status"], note?: string): LogEntry {
    const { operation, method, path, agent } = call;
    return this.requests.add({
      atMs: this.elapsedMs,
      operation,
      method,
      path,
      status,
      ...(agent === undefined ? {} : { agent }),
      ...(note === undefined ? {} : { note }),
    });
  }
}

/** https://www.twilio.com/docs/api/errors/45010: the rate of one of Flex's endpoints. */
const ENDPOINT_CODE = 45010;

/** https://www.twilio.com/docs/api/errors/20429: the whole account. */
const ACCOUNT_CODE = 20429;

function tooManyRequests(operation: OperationId, options: Omit<Extract<Fault, { kind: "429" }>, "kind">): Failed {
  const isLimited = limits.some(({ id, kind }) => id === operation && kind === "rate");
  const { retryAfter, code = isLimited ? ENDPOINT_CODE : ACCOUNT_CODE, location } = options;
  const failed: Failed = { ok: false, status: 429, code, message: "Too Many Requests" };
  if (retryAfter !== undefined) failed.retryAfter = retryAfter;
  if (location !== undefined) failed.location = location;
  return failed;
}

function findLimit(id: string): Limit {
  const limit = limits.find((candidate) => candidate.id === id);
  if (!limit) throw new RangeError(`Unknown limit "${id}". Known: ${limits.map((known) => known.id).join(", ")}`);
  return limit;
}
