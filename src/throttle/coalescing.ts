/**
 * Coalesces equal calls that wait at the same time: they are sent once, with one permit, and each caller gets the
 * answer. Only calls with a `coalescingKey` are coalesced.
 *
 * A call can be joined while it is queued, also for a retry, but not while it is in flight: no caller gets an answer
 * to a request that was sent before its own call.
 */

import { Attempt, Outcome, OutcomeClassifier } from "./attempts";
import { Blocked } from "./blocked";
import { Call } from "./call";
import { abortReason, isAborted, onAbort } from "./callerSignal";
import { isOutOfTime } from "./errors";
import { Permit } from "./permit";
import { ThrottleApi } from "./throttleApi";

export interface CoalescableCall<T, LimitId extends string> {
  /** Equal calls have the same priority. A call with `onBurst: "reject"` is never coalesced, because it never waits. */
  readonly call: Call<LimitId>;
  /** Equal for equal calls; `undefined` if the call must not be coalesced. Never logged or stored. */
  readonly coalescingKey: string | undefined;
  /** @param signal aborts the request: the caller's own signal or, for several callers, one that aborts with the last. */
  readonly send: (signal: AbortSignal | undefined, attempt: Attempt) => Promise<T>;
  readonly classify: OutcomeClassifier<T>;
  /** Runs before each attempt. What it throws ends the call unsent. */
  readonly check?: () => void;
  /**
   * Copies an unread answer. Not needed if all callers can share one value. If this throws, the caller's call is sent on
   * its own.
   */
  readonly copy?: (value: T) => T;
}

/** Whether a call that runs again may be coalesced. */
type Rerun = "coalesced" | "alone";

/** One caller of a coalesced call. */
interface Caller<T> {
  readonly signal: AbortSignal | undefined;
  /** Ends the caller's wait. Never throws. */
  settle(value: T | Promise<T>): void;
  /** Runs the caller's call again instead of giving it the shared outcome. Never throws. */
  rerun(how: Rerun): void;
}

export class CallCoalescer<LimitId extends string> {
  private readonly open = new Map<string, CoalescedCall<unknown, LimitId>>();

  /** @param report receives internal failures. The calls that they concern are sent on their own. */
  constructor(
    private readonly throttle: ThrottleApi<LimitId>,
    private readonly report: (error: unknown) => void,
  ) {}

  /** Like `Throttle.run`. */
  run<T>(request: CoalescableCall<T, LimitId>): Promise<T> {
    const { call, coalescingKey } = request;
    // A call with a handed-off permit must not join one without: that one may be waiting for this very permit.
    const isNotShared =
      coalescingKey === undefined ||
      call.onBurst === "reject" ||
      isAborted(call.signal) ||
      this.throttle.hasHandedOffPermit(call);
    if (isNotShared) return this.runAlone(request);
    try {
      return this.coalesce(coalescingKey, request);
    } catch (error) {
      this.report(error);
      return this.runAlone(request);
    }
  }

  private runAlone<T>({ call, send, classify, check }: CoalescableCall<T, LimitId>): Promise<T> {
    return this.throttle.run(call, (_, attempt) => send(call.signal, attempt), classify, check);
  }

  private coalesce<T>(key: string, request: CoalescableCall<T, LimitId>): Promise<T> {
    const { signal } = request.call;
    const waiting = this.open.get(key) as CoalescedCall<T, LimitId> | undefined;
    const rerun = this.createRerun(request);
    if (waiting) return waiting.join(signal, rerun);
    const shared = new CoalescedCall(request, (isOpen) => this.setOpen(key, shared, isOpen));
    const answer = shared.join(signal, rerun);
    shared.run(this.throttle).catch((error) => {
      this.report(error);
      shared.rerunAll();
    });
    return answer;
  }

  /** @returns runs the call again, with what is left of its maximum wait. */
  private createRerun<T>(request: CoalescableCall<T, LimitId>): (how: Rerun) => Promise<T> {
    const { throttle } = this;
    const { maxWaitMs = throttle.maxWaitMs } = request.call;
    const expiresAtMs = throttle.now() + maxWaitMs;
    return (how) =>
      this.run({
        ...request,
        call: { ...request.call, maxWaitMs: Math.max(0, expiresAtMs - throttle.now()) },
        coalescingKey: how === "alone" ? undefined : request.coalescingKey,
      });
  }

  private setOpen<T>(key: string, shared: CoalescedCall<T, LimitId>, isOpen: boolean): void {
    const current = this.open.get(key);
    if (isOpen && !current) this.open.set(key, shared as CoalescedCall<unknown, LimitId>);
    if (!isOpen && current === shared) this.open.delete(key);
  }
}

/** Exported for tests. */
export class CoalescedCall<T, LimitId extends string> {
  private readonly callers: Caller<T>[] = [];
  /** Aborts the request when the last caller leaves. Not needed if the first caller has no signal: it cannot leave. */
  private readonly sharedAbort: AbortController | undefined;
  private isThrottled = false;

  /** @param setOpen receives whether other callers may join. */
  constructor(
    private readonly request: CoalescableCall<T, LimitId>,
    private readonly setOpen: (isOpen: boolean) => void,
  ) {
    this.sharedAbort = this.request.call.signal && new AbortController();
  }

  join(signal: AbortSignal | undefined, rerun: (how: Rerun) => Promise<T>): Promise<T> {
    return new Promise((resolve) => {
      // A signal that is not the browser's own may call back before `onAbort` returns.
      let stopListening = () => undefined as void;
      const settle = (value: T | Promise<T>) => {
        stopListening();
        resolve(value);
      };
      const caller: Caller<T> = {
        signal,
        settle,
        rerun: (how) => settle(new Promise((resolveRerun) => resolveRerun(rerun(how)))),
      };
      this.callers.push(caller);
      if (signal) stopListening = onAbort(signal, () => this.leave(caller));
    });
  }

  /** Settles every caller. */
  async run(throttle: ThrottleApi<LimitId>): Promise<void> {
    const { send, classify, check } = this.request;
    const [first] = this.callers;
    const sendShared = (_: unknown, attempt: Attempt) => {
      this.setOpen(false);
      this.isThrottled = false;
      return send(this.callers.length === 1 ? this.callers[0].signal : this.sharedAbort?.signal, attempt);
    };
    const classifyShared = async (outcome: Outcome<T>) => {
      const end = await classify(outcome);
      this.isThrottled = typeof end === "object";
      this.setOpen(this.isThrottled);
      return end;
    };
    let outcome: Outcome<T>;
    try {
      const call = { ...this.request.call, signal: this.sharedAbort?.signal };
      const acquired = throttle.tryAcquire(call);
      this.setOpen(acquired instanceof Blocked);
      const granted = acquired instanceof Permit ? acquired : call;
      outcome = { value: await throttle.run(granted, sendShared, classifyShared, check) };
    } catch (error) {
      outcome = { error };
    }
    this.setOpen(false);
    this.end(outcome, first);
  }

  /** Call this after a failure of `run`. */
  rerunAll(): void {
    this.setOpen(false);
    this.callers.splice(0).forEach((caller) => caller.rerun("alone"));
  }

  private leave(caller: Caller<T>): void {
    const index = this.callers.indexOf(caller);
    if (index < 0) return;
    const reason = abortReason(caller.signal);
    this.callers.splice(index, 1);
    caller.settle(Promise.reject(reason));
    if (this.callers.length > 0) return;
    this.setOpen(false);
    this.sharedAbort?.abort(reason);
  }

  private end(outcome: Outcome<T>, first: Caller<T>): void {
    const { copy = (each: T) => each } = this.request;
    // Callers that joined later have more time left.
    const isForFirstOnly = this.isThrottled || ("error" in outcome && isOutOfTime(outcome.error));
    const prepare = (caller: Caller<T>, index: number): (() => void) => {
      if (isForFirstOnly && caller !== first) return () => caller.rerun("coalesced");
      if ("error" in outcome) return () => caller.settle(Promise.reject(outcome.error));
      try {
        const value = index === 0 ? outcome.value : copy(outcome.value);
        return () => caller.settle(value);
      } catch {
        return () => caller.rerun("alone");
      }
    };
    // Copy for all callers before the first one can read the answer.
    const ends = this.callers.splice(0).map(prepare);
    ends.forEach((endWait) => endWait());
  }
}
