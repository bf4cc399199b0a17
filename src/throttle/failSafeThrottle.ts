/**
 * The throttle as calls meet it: whatever fails inside, a call goes on as if there were no throttle, and the failure is
 * reported. What the throttle decides (a full queue, a wait too long) is no failure.
 *
 * Failures that go on mean that its books are wrong, and then waiting in its queue can be worse than a 429: after a few
 * it stands aside for good.
 */

import { RateLimitId } from "../limits/limits";
import { Settings } from "../settings/readSettings";
import { Call } from "./call";
import { ThrottleError, ThrottleErrorDetails, timeoutError } from "./errors";
import { ExpectedCall } from "./expectedCalls";
import { Permit, PermitOffice, Place, Slots } from "./permit";
import { LimitStatus, ThrottleStatus } from "./status";
import { Throttle, ThrottleOptions } from "./throttle";
import { Standing } from "./waitingCall";

/** So many failures are not an accident with one call any more. */
const MOST_FAILURES = 5;

export class FailSafeThrottle extends Throttle {
  private failures = 0;
  private lastStatus: ThrottleStatus;

  constructor(options: ThrottleOptions) {
    super(options);
    this.lastStatus = super.status();
    this.office = this.failSafe(this.office);
  }

  get mode(): Settings["mode"] {
    return this.failures < MOST_FAILURES ? super.mode : "off";
  }

  acquire(call: Call): Promise<Permit> {
    try {
      const expectedSignal = this.expectedSignal(call);
      return super.acquire(call).catch((error) => {
        if (isDecision(error, call.signal, expectedSignal)) throw error;
        return this.letThrough(call, error);
      });
    } catch (error) {
      return Promise.resolve(this.letThrough(call, error));
    }
  }

  tryAcquire(call: Call): Permit | undefined {
    try {
      return super.tryAcquire(call);
    } catch (error) {
      return this.letThrough(call, error);
    }
  }

  wouldWait(call: Call): boolean {
    return this.safely(() => super.wouldWait(call), false);
  }

  isProvidedFor(call: Call): boolean {
    return this.safely(() => super.isProvidedFor(call), false);
  }

  expect(call: ExpectedCall): () => void {
    const release = () => call.permit?.release();
    const done = this.safely(() => super.expect(call), release);
    return () => this.safely(done, undefined);
  }

  explainWait(limits: readonly RateLimitId[]): ThrottleErrorDetails {
    return this.safely(() => super.explainWait(limits), { limit: limits[0] });
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

  protected pump(): void {
    try {
      super.pump();
    } catch (error) {
      this.failed(error);
      // Nobody would call them any more.
      this.letAllGo();
    }
  }

  protected take(call: Call, limits: readonly RateLimitId[]): Slots {
    return this.safely(() => super.take(call, limits), new Map());
  }

  protected detailsOf(standing: Standing, aheadOn?: (id: RateLimitId) => number): ThrottleErrorDetails {
    return this.safely(() => super.detailsOf(standing, aheadOn), { limit: standing.limits[0] });
  }

  private failSafe(office: PermitOffice): PermitOffice {
    return {
      sent: (permit, slots) => this.safely(() => office.sent(permit, slots), undefined),
      answered: (permit, slots) => this.safely(() => office.answered(permit, slots), undefined),
      unanswered: (permit, slots) => this.safely(() => office.unanswered(permit, slots), undefined),
      // Not retried: the refusal is its caller's, as without a throttle.
      refused: (permit, slots, refusal, mayRetry) =>
        this.safely(() => office.refused(permit, slots, refusal, mayRetry), false),
      requeue: async (permit) => {
        try {
          return await office.requeue(permit);
        } catch (error) {
          if (isDecision(error, permit.call.signal)) throw error;
          this.failed(error);
          throw timeoutError(0, { limit: permit.call.limits[0] });
        }
      },
      release: (permit, slots) => this.safely(() => office.release(permit, slots), undefined),
    };
  }

  private letThrough(call: Call, error: unknown): Permit {
    this.failed(error);
    return new Permit(NO_OFFICE, call, NO_PLACE);
  }

  private safely<T>(work: () => T, otherwise: T): T {
    try {
      return work();
    } catch (error) {
      this.failed(error);
      return otherwise;
    }
  }

  private failed(error: unknown): void {
    this.report(error);
    this.failures += 1;
    if (this.failures === MOST_FAILURES) this.letAllGo();
  }
}

const NO_PLACE: Place = { order: 0, sequence: 0, sinceMs: 0, expiresAtMs: Infinity, refusals: 0 };

/** For a call that goes without a permit: nothing is counted, and nothing retried. */
const NO_OFFICE: PermitOffice = {
  sent: () => undefined,
  answered: () => undefined,
  unanswered: () => undefined,
  refused: () => false,
  requeue: async () => undefined,
  release: () => undefined,
};

/** Whether a call was not sent because the throttle, or its caller, wanted it so. */
function isDecision(error: unknown, ...signals: (AbortSignal | undefined)[]): boolean {
  return error instanceof ThrottleError || signals.some((signal) => signal?.aborted);
}
