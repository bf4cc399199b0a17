import { Call } from "./call";
import { isAborted } from "./callerSignal";
import { Clock } from "./clock";
import { ThrottleConfig } from "./config";
import { LimitSet } from "./limitSet";
import { AttemptEnd, Permit, PermitIssuer, QueuePosition, Slots } from "./permit";
import { Subscriptions } from "./subscriptions";
import { TooManyRequests } from "./tooManyRequests";

export interface AttemptRecorderOptions<LimitId extends string> {
  readonly config: ThrottleConfig<LimitId>;
  readonly limits: LimitSet<LimitId>;
  readonly clock: Clock;
  readonly subscriptions: Subscriptions<LimitId>;
  readonly dispatch: () => void;
  readonly waitForTurn: (permit: Permit<LimitId>) => Promise<Permit<LimitId>>;
}

/** Records what happens to the calls that have a permit, and decides which throttled calls are retried. */
export class AttemptRecorder<LimitId extends string> implements PermitIssuer<LimitId> {
  /** The calls that are being retried, queued or in progress. */
  readonly retrying = new Map<QueuePosition, Call<LimitId>>();

  constructor(private readonly options: AttemptRecorderOptions<LimitId>) {}

  markSent({ call, position, waitedMs }: Permit<LimitId>, slots: Slots<LimitId>, transitMs?: number): void {
    const { clock, limits, subscriptions } = this.options;
    const started = limits.markSent(slots, clock.now(), transitMs);
    if (started.length === 0) return;
    subscriptions.emit({ type: "sent", call, limits: started, waitedMs, attempt: position.throttledCount + 1 });
  }

  markArrived(_: Permit<LimitId>, slots: Slots<LimitId>, arrivedAtMs: number): void {
    this.options.limits.markArrived(slots, arrivedAtMs);
    this.options.dispatch();
  }

  markEnded(permit: Permit<LimitId>, slots: Slots<LimitId>, end: AttemptEnd, mayRetry: boolean): boolean {
    if (typeof end === "object") return this.markThrottled(permit, slots, end, mayRetry);
    this.options.limits.markEnded(permit.call, slots, end);
    this.retrying.delete(permit.position);
    this.options.dispatch();
    return false;
  }

  requeue(permit: Permit<LimitId>): Promise<Permit<LimitId>> {
    const turn = this.options.waitForTurn(permit);
    turn.catch(() => {
      if (this.retrying.delete(permit.position)) this.options.subscriptions.notifyChanged();
    });
    return turn;
  }

  release({ position }: Permit<LimitId>, slots: Slots<LimitId>): void {
    this.retrying.delete(position);
    this.options.limits.release(slots);
    this.options.dispatch();
  }

  private markThrottled(
    { call, position }: Permit<LimitId>,
    slots: Slots<LimitId>,
    tooMany: TooManyRequests,
    mayRetry: boolean,
  ): boolean {
    const { config, limits, clock, subscriptions, dispatch } = this.options;
    const nowMs = clock.now();
    limits.markThrottled(slots, { ...tooMany, call: call.name }, nowMs);
    position.throttledCount += 1;
    const isEnforced = config.mode === "enforce";
    const isAbandoned = isAborted(call.signal);
    const isRetried = mayRetry && isEnforced && !isAbandoned && this.isWorthRetrying(call, position, nowMs);
    if (isRetried) {
      this.retrying.set(position, call);
      call.limits.forEach((id) => limits.get(id).recordRetry());
    } else {
      this.retrying.delete(position);
    }
    // No slots: another layer has claimed them and reported this 429.
    if (slots.size > 0) {
      const attempt = position.throttledCount;
      subscriptions.emit({ type: "throttled", call, limits: Array.from(slots.keys()), isRetried, attempt, tooMany });
    }
    if (!isRetried && !isAbandoned && isEnforced) {
      const coolDownsMs = call.limits.map((id) => limits.get(id).coolDownUntilMs - nowMs);
      subscriptions.emit({ type: "dropped", call, waitMs: Math.max(0, ...coolDownsMs) });
    }
    dispatch();
    return isRetried;
  }

  private isWorthRetrying(
    { limits: ids, isExemptFromRetryBudget }: Call<LimitId>,
    { expiresAtMs }: QueuePosition,
    nowMs: number,
  ): boolean {
    const limits = ids.map((id) => this.options.limits.get(id));
    if (Math.max(nowMs, ...limits.map(({ coolDownUntilMs }) => coolDownUntilMs)) >= expiresAtMs) return false;
    return isExemptFromRetryBudget || !limits.some(({ isRetryBudgetExhausted }) => isRetryBudgetExhausted);
  }
}
