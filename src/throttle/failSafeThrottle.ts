/**
 * The throttle as calls meet it: whatever fails inside, a call goes on as if there were no throttle, and the failure is
 * reported. What the throttle decides (a full queue, a wait too long) is no failure.
 *
 * Failures that go on mean that its books are wrong, and then waiting in its queue can be worse than a 429: after a few
 * it stands aside for good.
 */

import { RateLimitId } from "../limits/limits";
import { Settings } from "../settings/readSettings";
import { Blocked } from "./blocked";
import { Call } from "./call";
import { ThrottleError, ThrottleErrorDetails, timeoutError } from "./errors";
import { HandOff } from "./handOffs";
import { Permit, PermitIssuer, QueuePosition, Slots } from "./permit";
import { LimitStatus, ThrottleStatus } from "./status";
import { Throttle, ThrottleOptions } from "./throttle";
import { QueueEntry } from "./queuedCall";

/** So many failures are not an accident with one call any more. */
const MOST_FAILURES = 5;

export class FailSafeThrottle extends Throttle {
  private failures = 0;
  private lastStatus: ThrottleStatus;

  constructor(options: ThrottleOptions) {
    super(options);
    this.lastStatus = super.status();
    this.issuer = this.failSafe(this.issuer);
  }

  get mode(): Settings["mode"] {
    return this.failures < MOST_FAILURES ? super.mode : "off";
  }

  acquire(call: Call): Promise<Permit> {
    try {
      const expectedSignal = this.getHandOffSignal(call);
      return super.acquire(call).catch((error) => {
        if (isDecision(error, call.signal, expectedSignal)) throw error;
        return this.letThrough(call, error);
      });
    } catch (error) {
      return Promise.resolve(this.letThrough(call, error));
    }
  }

  tryAcquire(call: Call): Permit | Blocked {
    try {
      return super.tryAcquire(call);
    } catch (error) {
      return this.letThrough(call, error);
    }
  }

  hasHandedOffPermit(call: Call): boolean {
    return this.safely(() => super.hasHandedOffPermit(call), false);
  }

  handOff(call: HandOff): () => void {
    const release = () => call.permit?.release();
    const done = this.safely(() => super.handOff(call), release);
    return () => this.safely(done, undefined);
  }

  status(): ThrottleStatus {
    return (this.lastStatus = this.safely(() => super.status(), this.lastStatus));
  }

  limitStatuses(): readonly LimitStatus[] {
    return this.safely(() => super.limitStatuses(), []);
  }

  cancel(id: number): boolean {
    return this.safely(() => super.cancel(id), false);
  }

  protected dispatch(): void {
    try {
      super.dispatch();
    } catch (error) {
      this.recordFailure(error);
      // Nobody would call them any more.
      this.releaseAll();
    }
  }

  protected takeSlots(call: Call, limits: readonly RateLimitId[]): Slots {
    return this.safely(() => super.takeSlots(call, limits), new Map());
  }

  protected explainEntry(standing: QueueEntry, aheadOn?: (id: RateLimitId) => number): ThrottleErrorDetails {
    return this.safely(() => super.explainEntry(standing, aheadOn), { limit: standing.limits[0] });
  }

  private failSafe(office: PermitIssuer): PermitIssuer {
    return {
      markSent: (permit, slots) => this.safely(() => office.markSent(permit, slots), undefined),
      markAnswered: (permit, slots) => this.safely(() => office.markAnswered(permit, slots), undefined),
      markUnanswered: (permit, slots) => this.safely(() => office.markUnanswered(permit, slots), undefined),
      // Not retried: the refusal is its caller's, as without a throttle.
      markThrottled: (permit, slots, refusal, mayRetry) =>
        this.safely(() => office.markThrottled(permit, slots, refusal, mayRetry), false),
      requeue: async (permit) => {
        try {
          return await office.requeue(permit);
        } catch (error) {
          if (isDecision(error, permit.call.signal)) throw error;
          this.recordFailure(error);
          throw timeoutError(0, { limit: permit.call.limits[0] });
        }
      },
      release: (permit, slots) => this.safely(() => office.release(permit, slots), undefined),
    };
  }

  private letThrough(call: Call, error: unknown): Permit {
    this.recordFailure(error);
    return new Permit(NO_ISSUER, call, NO_POSITION);
  }

  private safely<T>(work: () => T, otherwise: T): T {
    try {
      return work();
    } catch (error) {
      this.recordFailure(error);
      return otherwise;
    }
  }

  private recordFailure(error: unknown): void {
    this.report(error);
    this.failures += 1;
    if (this.failures === MOST_FAILURES) this.releaseAll();
  }
}

const NO_POSITION: QueuePosition = {
  order: 0,
  sequence: 0,
  waitingSinceMs: 0,
  expiresAtMs: Infinity,
  throttledCount: 0,
};

/** For a call that goes without a permit: nothing is counted, and nothing retried. */
const NO_ISSUER: PermitIssuer = {
  markSent: () => undefined,
  markAnswered: () => undefined,
  markUnanswered: () => undefined,
  markThrottled: () => false,
  requeue: async () => undefined,
  release: () => undefined,
};

/** Whether a call was not sent because the throttle, or its caller, wanted it so. */
function isDecision(error: unknown, ...signals: (AbortSignal | undefined)[]): boolean {
  return error instanceof ThrottleError || signals.some((signal) => signal?.aborted);
}
