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
  /** Copies an unread answer. Not needed if all callers can share one value. */
  readonly copy?: (value: T) => T;
}

/** One caller of a coalesced call. */
interface Caller<T> {
  readonly signal: AbortSignal | undefined;
  settle(value: T | Promise<T>): void;
  /** Runs the caller's call again instead of giving it the shared outcome. */
  runAlone(): void;
}

export class CallCoalescer<LimitId extends string> {
  private readonly open = new Map<string, CoalescedCall<unknown, LimitId>>();

  constructor(private readonly throttle: ThrottleApi<LimitId>) {}

  /** Like `Throttle.run`. */
  run<T>(request: CoalescableCall<T, LimitId>): Promise<T> {
    const { call, coalescingKey, send, classify, check } = request;
    const { signal } = call;
    // A call with a handed-off permit must not join one without: that one may be waiting for this very permit.
    const isNotShared =
      coalescingKey === undefined ||
      call.onBurst === "reject" ||
      signal?.aborted ||
      this.throttle.hasHandedOffPermit(call);
    if (isNotShared) return this.throttle.run(call, (_, attempt) => send(signal, attempt), classify, check);

    const waiting = this.open.get(coalescingKey) as CoalescedCall<T, LimitId> | undefined;
    if (waiting) return waiting.join(signal, this.createRerun(request));
    const shared = new CoalescedCall(request, (isOpen) => this.setOpen(coalescingKey, shared, isOpen));
    const answer = shared.join(signal, this.createRerun(request));
    // Settles every caller and never rejects.
    void shared.run(this.throttle);
    return answer;
  }

  /** @returns runs the call on its own, with what is left of its maximum wait. */
  private createRerun<T>(request: CoalescableCall<T, LimitId>): () => Promise<T> {
    const { throttle } = this;
    const { maxWaitMs = throttle.maxWaitMs } = request.call;
    const expiresAtMs = throttle.now() + maxWaitMs;
    return () =>
      this.run({ ...request, call: { ...request.call, maxWaitMs: Math.max(0, expiresAtMs - throttle.now()) } });
  }

  private setOpen<T>(key: string, shared: CoalescedCall<T, LimitId>, isOpen: boolean): void {
    const current = this.open.get(key);
    if (isOpen && !current) this.open.set(key, shared as CoalescedCall<unknown, LimitId>);
    if (!isOpen && current === shared) this.open.delete(key);
  }
}

class CoalescedCall<T, LimitId extends string> {
  private readonly callers: Caller<T>[] = [];
  private readonly sharedAbort = new AbortController();
  private isThrottled = false;

  /** @param setOpen receives whether other callers may join. */
  constructor(
    private readonly request: CoalescableCall<T, LimitId>,
    private readonly setOpen: (isOpen: boolean) => void,
  ) {}

  join(signal: AbortSignal | undefined, runAlone: () => Promise<T>): Promise<T> {
    return new Promise((settle) => {
      const leave = () => this.leave(caller);
      const end = (value: T | Promise<T>) => {
        signal?.removeEventListener("abort", leave);
        settle(value);
      };
      const caller: Caller<T> = { signal, settle: end, runAlone: () => end(runAlone()) };
      this.callers.push(caller);
      signal?.addEventListener("abort", leave);
    });
  }

  async run(throttle: ThrottleApi<LimitId>): Promise<void> {
    const { send, classify, check } = this.request;
    const [first] = this.callers;
    const sendShared = (_: unknown, attempt: Attempt) => {
      this.setOpen(false);
      this.isThrottled = false;
      return send(this.callers.length === 1 ? this.callers[0].signal : this.sharedAbort.signal, attempt);
    };
    const classifyShared = async (outcome: Outcome<T>) => {
      const end = await classify(outcome);
      this.isThrottled = typeof end === "object";
      this.setOpen(this.isThrottled);
      return end;
    };
    try {
      const call = { ...this.request.call, signal: this.sharedAbort.signal };
      const acquired = throttle.tryAcquire(call);
      this.setOpen(acquired instanceof Blocked);
      const value = await throttle.run(acquired instanceof Permit ? acquired : call, sendShared, classifyShared, check);
      this.setOpen(false);
      this.end(first, this.isThrottled, this.createCopier(value));
    } catch (error) {
      this.setOpen(false);
      this.end(first, this.isThrottled || isOutOfTime(error), () => Promise.reject(error));
    }
  }

  private leave(caller: Caller<T>): void {
    const { signal } = caller;
    const reason = signal?.reason ?? new DOMException("The user aborted a request.", "AbortError");
    this.callers.splice(this.callers.indexOf(caller), 1);
    caller.settle(Promise.reject(reason));
    if (this.callers.length > 0) return;
    this.setOpen(false);
    this.sharedAbort.abort(reason);
  }

  /** @param isForFirstOnly the call expired or was throttled: callers that joined later have more time left and run again. */
  private end(first: Caller<T>, isForFirstOnly: boolean, getOutcome: () => T | Promise<T>): void {
    const getsOutcome = (caller: Caller<T>) => caller === first || !isForFirstOnly;
    const callers = this.callers.splice(0);
    // Copy for all callers before the first one can read the answer.
    const settled = callers.filter(getsOutcome).map((caller) => ({ caller, value: getOutcome() }));
    settled.forEach(({ caller, value }) => caller.settle(value));
    callers.filter((caller) => !getsOutcome(caller)).forEach((caller) => caller.runAlone());
  }

  /** @returns makes a copy for each caller but the last, which gets the answer itself. */
  private createCopier(value: T): () => T {
    const { copy = (each: T) => each } = this.request;
    let left = this.callers.length;
    return () => {
      left -= 1;
      return left > 0 ? copy(value) : value;
    };
  }
}
