// The gate of the account: every call passes it, is counted against its limit, meets the faults asked for, and is logged.

import { performance } from "perf_hooks";

import { createCounter, type Counter, type Counting } from "./counting";
import { Faults, type Fault, type PlannedFault, type RefusalWay } from "./faults";
import { limits, type Limit } from "./limits";
import { RequestLog, type LogEntry, type LogListener } from "./requestLog";

/** A limit's id such as "POST /channels", or for what no limit counts a name such as "chat sendMessage". */
export type OperationId = string;

export interface Call {
  operation: OperationId;
  method: string;
  path: string;
  /** Who calls, if that is known. */
  agent?: string | undefined;
}

export type Verdict = Admitted | Refused;

export interface Admitted {
  ok: true;
  /** To be told how the call was answered in the end. */
  done(status: number): void;
}

export interface Refused {
  ok: false;
  status: 429 | 409 | 500;
  /** Twilio's error code. */
  code: number;
  message: string;
  /** Seconds, or an HTTP date. */
  retryAfter?: number | string;
  /** For chat commands: where to refuse. */
  way?: RefusalWay;
}

export interface GateOptions {
  counting?: Counting;
  /** Milliseconds of the account's clock. It must never go back. */
  now?: () => number;
  schedule?: (run: () => void, delayMs: number) => void;
}

/** The wall clock as the calendar second needs it, made monotonic. */
function systemClock(): number {
  return performance.timeOrigin + performance.now();
}

export class Gate {
  /** Whether a refusal over the limit says when to come again (faults say what they were told to). Twilio does not promise it. */
  tellsRetryAfter = false;

  private readonly now: () => number;
  private readonly schedule: (run: () => void, delayMs: number) => void;
  private readonly startedAtMs: number;
  private readonly initialCounting: Counting;
  private currentCounting: Counting;
  private overrides = new Map<string, number>();
  private counters = new Map<string, Counter>();
  private readonly faults = new Faults();
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

  /** Another way of counting begins with nothing counted. */
  set counting(counting: Counting) {
    this.currentCounting = counting;
    this.counters.clear();
  }

  /** Milliseconds since the gate was made: the clock of the log. */
  get elapsedMs(): number {
    return this.now() - this.startedAtMs;
  }

  /** A limit of the whole account: calls per second, or the count of a capacity. What was counted stays counted. */
  setLimit(id: string, value: number): void {
    findLimit(id);
    if (!Number.isInteger(value) || value < 0) {
      throw new RangeError(`Expected the limit "${id}" to be a whole number from 0 up, got ${value}`);
    }
    this.overrides.set(id, value);
  }

  /** What a limit is set to now. */
  limit(id: string): number {
    return this.overrides.get(id) ?? findLimit(id).default;
  }

  /** The next `times` calls of the operation meet the fault. Several faults of an operation wait in line. */
  fault(operation: OperationId, fault: Fault, times = Infinity): void {
    this.faults.add(operation, fault, times);
  }

  clearFaults(operation?: OperationId): void {
    this.faults.clear(operation);
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

  /** As new: default limits, nothing counted, no faults, an empty log. Listeners stay. */
  reset(): void {
    this.overrides.clear();
    this.counters.clear();
    this.faults.clear();
    this.requests.clear();
    this.currentCounting = this.initialCounting;
    this.tellsRetryAfter = false;
  }

  /**
   * Counts one call now. Resolves at once, after the delay of a "slow" fault, or never for a "never" fault.
   * A call that is refused with 429 is not counted. Over the limit a call meets no other fault: it did not get that far.
   */
  admit(call: Call): Promise<Verdict> {
    const fault = this.faults.next(call.operation);
    if (fault?.kind === "429") {
      this.faults.useUp(call.operation);
      return Promise.resolve(this.refuse(call, tooManyRequests(fault), "fault"));
    }
    const over = this.count(call.operation);
    if (over) return Promise.resolve(this.refuse(call, over.refusal, over.note));
    if (!fault) return Promise.resolve(this.pass(call));
    this.faults.useUp(call.operation);
    return this.meet(fault, call);
  }

  private meet(fault: Exclude<Fault, { kind: "429" }>, call: Call): Promise<Verdict> {
    switch (fault.kind) {
      case "409":
        return Promise.resolve(
          this.refuse(call, { ok: false, status: 409, code: 50404, message: "Member already exists" }, "fault"),
        );
      case "500":
        return Promise.resolve(
          this.refuse(call, { ok: false, status: 500, code: 20500, message: "Internal server error" }, "fault"),
        );
      case "slow": {
        const admitted = this.pass(call, `fault: slow, ${fault.ms} ms`);
        return new Promise((resolve) => this.schedule(() => resolve(admitted), fault.ms));
      }
      case "never":
        this.logCall(call, "never", "fault");
        return new Promise(() => undefined);
    }
  }

  /** Counts the call, or says why it may not pass. */
  private count(operation: OperationId): { refusal: Refused; note: string } | undefined {
    const limit = limits.find(({ id, kind }) => id === operation && kind === "rate");
    if (!limit) return undefined;
    const perSecond = this.limit(limit.id);
    const counter = this.counterOf(limit.id);
    const nowMs = this.now();
    if (counter.admit(nowMs, perSecond)) return undefined;
    const refusal = tooManyRequests({});
    const waitMs = counter.waitMs(nowMs, perSecond);
    if (this.tellsRetryAfter && Number.isFinite(waitMs)) refusal.retryAfter = Math.max(1, Math.ceil(waitMs / 1000));
    return { refusal, note: `over ${perSecond} per second` };
  }

  private counterOf(id: string): Counter {
    const known = this.counters.get(id);
    if (known) return known;
    const counter = createCounter(this.currentCounting);
    this.counters.set(id, counter);
    return counter;
  }

  private pass(call: Call, note?: string): Admitted {
    const entry = this.logCall(call, "pending", note);
    return { ok: true, done: (status) => this.requests.settle(entry, status) };
  }

  private refuse(call: Call, refusal: Refused, note: string): Refused {
    this.logCall(call, refusal.status, note);
    return refusal;
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

function tooManyRequests(how: { retryAfter?: number | string; code?: number; way?: RefusalWay }): Refused {
  const refusal: Refused = { ok: false, status: 429, code: how.code ?? 20429, message: "Too Many Requests" };
  if (how.retryAfter !== undefined) refusal.retryAfter = how.retryAfter;
  if (how.way !== undefined) refusal.way = how.way;
  return refusal;
}

function findLimit(id: string): Limit {
  const limit = limits.find((candidate) => candidate.id === id);
  if (!limit) throw new RangeError(`Unknown limit "${id}". Known: ${limits.map((known) => known.id).join(", ")}`);
  return limit;
}
