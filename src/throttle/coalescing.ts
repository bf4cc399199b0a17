/**
 * Equal calls that wait share one sending, one permit, and its answer: those of which their callers say that two are no
 * more than one.
 *
 * A call can be joined while it waits for its turn or waits to be retried, never while it is under way: nobody gets an
 * answer to a question that was put before their own.
 */

import { Attempt, Outcome, OutcomeClassifier } from "./attempts";
import { Blocked } from "./blocked";
import { Call } from "./call";
import { isOutOfTime } from "./errors";
import { Permit } from "./permit";
import { ThrottleApi } from "./throttleApi";

export interface CoalescableCall<T, LimitId extends string> {
  /** Equal calls are as urgent as each other. One with `onBurst: "reject"` stands for itself, for it never waits. */
  readonly call: Call<LimitId>;
  /** All that tells it from others; `undefined` where it stands for itself. Never written anywhere. */
  readonly coalescingKey: string | undefined;
  /** @param signal gives up what is under way: the caller's own or, where several share it, of all of them together. */
  readonly send: (signal: AbortSignal | undefined, attempt: Attempt) => Promise<T>;
  readonly classify: OutcomeClassifier<T>;
  /** Runs before each attempt; what it throws ends the call unsent. */
  readonly check?: () => void;
  /** One more of an answer that nobody has read yet; not needed where all can have the same. */
  readonly copy?: (value: T) => T;
}

/** One of those who share a call. */
interface Caller<T> {
  readonly signal: AbortSignal | undefined;
  settle(value: T | Promise<T>): void;
  /** What came of the call is not for this one. */
  runAlone(): void;
}

export class CallCoalescer<LimitId extends string> {
  private readonly open = new Map<string, CoalescedCall<unknown, LimitId>>();

  constructor(private readonly throttle: ThrottleApi<LimitId>) {}

  /** Like `Throttle.run`. */
  run<T>(made: CoalescableCall<T, LimitId>): Promise<T> {
    const { call, coalescingKey, send, classify, check } = made;
    const { signal } = call;
    // One that has its permit already must not wait for one that has none yet, and which perhaps waits for just this permit.
    const isAlone =
      coalescingKey === undefined ||
      call.onBurst === "reject" ||
      signal?.aborted ||
      this.throttle.hasHandedOffPermit(call);
    if (isAlone) return this.throttle.run(call, (_, attempt) => send(signal, attempt), classify, check);

    const waiting = this.open.get(coalescingKey) as CoalescedCall<T, LimitId> | undefined;
    if (waiting) return waiting.join(signal, this.later(made));
    const shared = new CoalescedCall(made, (isOpen) => this.setOpen(coalescingKey, shared, isOpen));
    const answer = shared.join(signal, this.later(made));
    // It settles every caller and never rejects.
    void shared.run(this.throttle);
    return answer;
  }

  /** @returns runs it as if it had been alone all the time, with what is left of its patience. */
  private later<T>(made: CoalescableCall<T, LimitId>): () => Promise<T> {
    const { throttle } = this;
    const { maxWaitMs = throttle.maxWaitMs } = made.call;
    const endsAtMs = throttle.now() + maxWaitMs;
    return () => this.run({ ...made, call: { ...made.call, maxWaitMs: Math.max(0, endsAtMs - throttle.now()) } });
  }

  private setOpen<T>(equalTo: string, shared: CoalescedCall<T, LimitId>, isOpen: boolean): void {
    const current = this.open.get(equalTo);
    if (isOpen && !current) this.open.set(equalTo, shared as CoalescedCall<unknown, LimitId>);
    if (!isOpen && current === shared) this.open.delete(equalTo);
  }
}

class CoalescedCall<T, LimitId extends string> {
  private readonly callers: Caller<T>[] = [];
  private readonly allLeft = new AbortController();
  private isThrottled = false;

  /** @param setOpen is told whether others may join. */
  constructor(
    private readonly made: CoalescableCall<T, LimitId>,
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
    const { send, classify, check } = this.made;
    const [first] = this.callers;
    const sendShared = (_: unknown, attempt: Attempt) => {
      this.setOpen(false);
      this.isThrottled = false;
      return send(this.callers.length === 1 ? this.callers[0].signal : this.allLeft.signal, attempt);
    };
    const classifyShared = async (outcome: Outcome<T>) => {
      const end = await classify(outcome);
      this.isThrottled = typeof end === "object";
      this.setOpen(this.isThrottled);
      return end;
    };
    try {
      const call = { ...this.made.call, signal: this.allLeft.signal };
      const acquired = throttle.tryAcquire(call);
      this.setOpen(acquired instanceof Blocked);
      const value = await throttle.run(acquired instanceof Permit ? acquired : call, sendShared, classifyShared, check);
      this.setOpen(false);
      this.end(first, this.isThrottled, this.copiesOf(value));
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
    this.allLeft.abort(reason);
  }

  /** @param isForFirstOnly it was given up; those who came later have more time, and more hope, left than the first. */
  private end(first: Caller<T>, isForFirstOnly: boolean, take: () => T | Promise<T>): void {
    const mine = (caller: Caller<T>) => caller === first || !isForFirstOnly;
    const callers = this.callers.splice(0);
    // All have theirs before anybody begins to read.
    const taken = callers.filter(mine).map((caller) => ({ caller, value: take() }));
    taken.forEach(({ caller, value }) => caller.settle(value));
    callers.filter((caller) => !mine(caller)).forEach((caller) => caller.runAlone());
  }

  /** @returns hands out the answer itself only once nobody needs a copy of it any more. */
  private copiesOf(value: T): () => T {
    const { copy = (each: T) => each } = this.made;
    let left = this.callers.length;
    return () => {
      left -= 1;
      return left > 0 ? copy(value) : value;
    };
  }
}
