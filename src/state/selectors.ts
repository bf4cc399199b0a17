/** What the components read from the store and from the throttle's status. */

import { PublishedStatus, QueuedCallStatus } from "./publishedStatus";
import { INITIAL_STATE, NAMESPACE, ThrottleState } from "./slice";

export function selectThrottle(state: unknown): ThrottleState {
  return (state as Record<typeof NAMESPACE, ThrottleState | undefined>)[NAMESPACE] ?? INITIAL_STATE;
}

/** Calls that cannot be sent because Twilio answered 429. */
export interface ThrottledCalls {
  readonly calls: number;
  /** How many of `calls` are joins. */
  readonly joins: number;
  /** Estimated send time of the next one, on the throttle's clock; in the past while one is being sent. */
  readonly nextAtMs: number;
}

/** Counts calls that are being retried, and calls queued behind a retry or a cool-down. */
export function countThrottledCalls(status: PublishedStatus): ThrottledCalls {
  const behind = status.waiting.filter((call) => call.throttledCount === 0 && isThrottledByTwilio(call, status));
  const joins = behind.filter(({ purpose }) => purpose === "join");
  return {
    calls: status.retrying + behind.length,
    joins: status.retryingJoins + joins.length,
    nextAtMs: status.retrying > 0 ? status.retryAtMs : Math.min(...behind.map(({ startMs }) => startMs)),
  };
}

/** Calls that wait for their turn only, not for the end of a 429. */
export function selectQueuedCalls(status: PublishedStatus): readonly QueuedCallStatus[] {
  return status.waiting.filter((call) => !isThrottledByTwilio(call, status));
}

/** Counts queued calls and retries in progress, so that the number does not change with every attempt. */
export function countWaitingCalls({ waiting, retrying }: PublishedStatus): number {
  return waiting.filter(({ throttledCount }) => throttledCount === 0).length + retrying;
}

/** The throttled call that is sent next. Undefined while a retry is in progress and no other retry is queued. */
export function selectNextThrottled(status: PublishedStatus): QueuedCallStatus | undefined {
  const throttled = status.waiting.filter(
    (call) =>
      !call.proceedsWithoutPermit &&
      (call.throttledCount > 0 || (status.retrying === 0 && isThrottledByTwilio(call, status))),
  );
  return throttled.reduce<QueuedCallStatus | undefined>(
    (next, call) => (next && next.startMs <= call.startMs ? next : call),
    undefined,
  );
}

/** Whether one of the call's limits cools down or has a retry in progress. */
export function isThrottledByTwilio(
  { limits }: QueuedCallStatus,
  { retryingLimits, coolDownUntilMs }: PublishedStatus,
): boolean {
  return limits.some((limit) => retryingLimits.includes(limit) || coolDownUntilMs[limit] !== undefined);
}

/** Whether the call is expected to expire before its turn. Calls that proceed without a permit never expire. */
export function willExpire({ proceedsWithoutPermit, startMs, expiresAtMs }: QueuedCallStatus): boolean {
  return !proceedsWithoutPermit && expiresAtMs <= startMs;
}
