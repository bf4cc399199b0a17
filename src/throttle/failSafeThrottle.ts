/**
 * A throttle that never makes a call fail: after an internal error the call goes out as if there were no throttle, and the
 * error is reported. Decisions such as a full queue or an expired call are not internal errors.
 */

import { tryTo } from "../helpers/tryTo";
import { AccountBudgetStatus, NO_ACCOUNT_BUDGET } from "./accountBudget";
import { OutcomeClassifier, Send, Sender, acquireAndSend } from "./attempts";
import { Blocked } from "./blocked";
import { Call } from "./call";
import { isAborted } from "./callerSignal";
import { CircuitBreaker } from "./circuitBreaker";
import { ThrottleError, timeoutError } from "./errors";
import { FailureGuard } from "./failureGuard";
import { HandOff } from "./handOffs";
import { Permit, PermitIssuer, QueuePosition } from "./permit";
import { Mode, ThrottleSettings } from "./settings";
import { LimitStatus, ThrottleStatus } from "./status";
import { Throttle, ThrottleOptions } from "./throttle";
import { ThrottleApi } from "./throttleApi";
import { ThrottleEvent } from "./throttleEvent";

type Options<LimitId extends string> = Omit<ThrottleOptions<LimitId>, "guard">;

/** Wraps every member of `ThrottleApi`. A member added there does not compile until it is wrapped here. */
export class FailSafeThrottle<LimitId extends string> implements ThrottleApi<LimitId>, Sender<LimitId> {
  private readonly throttle: Throttle<LimitId>;
  private readonly breaker: CircuitBreaker;
  readonly report: (error: unknown) => void;
  private lastStatus: ThrottleStatus<LimitId>;

  constructor(options: Options<LimitId>) {
    const { clock, report = (error) => console.error(error) } = options;
    // Reporting ends in the console, which other code on the page may have replaced.
    this.report = (error) => tryTo(() => report(error));
    this.breaker = new CircuitBreaker(clock, this.report, () => this.throttle.disable());
    this.throttle = new Throttle({ ...options, report: this.report, guard: createGuard<LimitId>(this.breaker) });
    this.lastStatus = this.throttle.status();
  }

  get mode(): Mode {
    return this.throttle.mode;
  }

  get maxWaitMs(): number {
    return this.throttle.maxWaitMs;
  }

  now(): number {
    return this.throttle.now();
  }

  schedule(callback: () => void, delayMs: number): () => void {
    return this.throttle.schedule(callback, delayMs);
  }

  configure(settings: ThrottleSettings<LimitId>): void {
    this.breaker.run(() => this.throttle.configure(settings));
  }

  acquire(call: Call<LimitId>): Promise<Permit<LimitId>> {
    try {
      const handOffSignal = this.throttle.getHandOffSignal(call);
      return this.throttle.acquire(call).catch((error) => {
        if (isDecision(error, call.signal, handOffSignal)) throw error;
        return this.pass(call, error);
      });
    } catch (error) {
      return Promise.resolve(this.pass(call, error));
    }
  }

  tryAcquire(call: Call<LimitId>): Permit<LimitId> | Blocked {
    try {
      return this.throttle.tryAcquire(call);
    } catch (error) {
      return this.pass(call, error);
    }
  }

  run<T>(
    call: Call<LimitId> | Permit<LimitId>,
    send: Send<T, LimitId>,
    classify: OutcomeClassifier<T>,
    check?: () => void,
  ): Promise<T> {
    return acquireAndSend(this, call, send, classify, check);
  }

  handOff(call: HandOff<LimitId>): () => void {
    const end = this.breaker.run(() => this.throttle.handOff(call)) ?? (() => call.permit?.release());
    return () => this.breaker.run(end);
  }

  hasHandedOffPermit(call: Call<LimitId>): boolean {
    return this.breaker.run(() => this.throttle.hasHandedOffPermit(call)) ?? false;
  }

  reportDropped(call: Call<LimitId>, error: ThrottleError): ThrottleError {
    return this.breaker.run(() => this.throttle.reportDropped(call, error)) ?? error;
  }

  retryNow(): void {
    this.breaker.run(() => this.throttle.retryNow());
  }

  cancel(id: number): boolean {
    return this.breaker.run(() => this.throttle.cancel(id)) ?? false;
  }

  reevaluate(): void {
    this.breaker.run(() => this.throttle.reevaluate());
  }

  status(): ThrottleStatus<LimitId> {
    this.lastStatus = this.breaker.run(() => this.throttle.status()) ?? this.lastStatus;
    return this.lastStatus;
  }

  limitStatuses(): readonly LimitStatus<LimitId>[] {
    return this.breaker.run(() => this.throttle.limitStatuses()) ?? [];
  }

  accountBudgetStatus(): AccountBudgetStatus {
    return this.breaker.run(() => this.throttle.accountBudgetStatus()) ?? NO_ACCOUNT_BUDGET.status(0);
  }

  onChange(listener: () => void): () => void {
    return this.throttle.onChange(listener);
  }

  onEvent(listener: (event: ThrottleEvent<LimitId>) => void): () => void {
    return this.throttle.onEvent(listener);
  }

  private pass(call: Call<LimitId>, error: unknown): Permit<LimitId> {
    this.breaker.recordFailure(error);
    return new Permit(NO_ISSUER, call, NO_POSITION);
  }
}

const nothing = () => undefined;

function createGuard<LimitId extends string>(breaker: CircuitBreaker): FailureGuard<LimitId> {
  return {
    run: (work, fallback) => breaker.run(work, fallback),
    protectIssuer: (issuer) => protectIssuer(issuer, breaker),
  };
}

function protectIssuer<LimitId extends string>(
  issuer: PermitIssuer<LimitId>,
  breaker: CircuitBreaker,
): PermitIssuer<LimitId> {
  return {
    markSent: (...args) => breaker.run(() => issuer.markSent(...args)),
    markArrived: (...args) => breaker.run(() => issuer.markArrived(...args)),
    // Without a retry the caller gets the 429, as without a throttle.
    markEnded: (...args) => breaker.run(() => issuer.markEnded(...args)) ?? false,
    requeue: async (permit) => {
      try {
        return await issuer.requeue(permit);
      } catch (error) {
        if (isDecision(error, permit.call.signal)) throw error;
        breaker.recordFailure(error);
        throw timeoutError(0, { limit: permit.call.limits[0] });
      }
    },
    release: (...args) => breaker.run(() => issuer.release(...args)),
  };
}

const NO_POSITION: QueuePosition = {
  order: 0,
  sequence: 0,
  waitingSinceMs: 0,
  expiresAtMs: Infinity,
  throttledCount: 0,
};

/** For a call that is sent without slots: nothing is counted or retried. */
const NO_ISSUER: PermitIssuer<never> = {
  markSent: nothing,
  markArrived: nothing,
  markEnded: () => false,
  requeue: async () => undefined,
  release: nothing,
};

/** Whether the throttle or the caller decided that a call is not sent. */
function isDecision(error: unknown, ...signals: (AbortSignal | undefined)[]): boolean {
  return error instanceof ThrottleError || signals.some(isAborted);
}
