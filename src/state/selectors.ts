/** What the components read from the store and from the throttle's status. */

import { PublishedStatus, QueuedCallStatus } from "./publishedStatus";
import { INITIAL_STATE, NAMESPACE, ThrottleState } from "./slice";

export function selectThrottle(state: unknown): ThrottleState {
  return (state as Record<typeof NAMESPACE, ThrottleState | undefined>)[NAMESPACE] ?? INITIAL_STATE;
}

/** What badge, banner, list and title count: queued calls and retries in progress, so that no attempt changes it. */
export interface WaitCounts {
  /** Joins, each for a customer who waits. */
  readonly chats: number;
  readonly requests: number;
  readonly total: number;
}

export function countWaits({ waiting, retrying, retryingJoins }: PublishedStatus): WaitCounts {
  const first = waiting.filter(({ throttledCount }) => throttledCount === 0);
  const chats = first.filter(isJoin).length + retryingJoins;
  const total = first.length + retrying;
  return { chats, requests: total - chats, total };
}

/** The calls that cannot be sent because Twilio answered 429. */
export interface ThrottledCalls {
  /** The estimated turn of the next one, on the throttle's clock; not in the future while a retry is in progress. */
  readonly nextAtMs: number;
  /** The number of the next attempt: one more than the 429s of the call or, if more, of its limit. */
  readonly attempt: number;
  /** Those that wait in the queue, in the order of their turns. */
  readonly queued: readonly QueuedCallStatus[];
  /** The name of the call whose 429 limits the whole account. `undefined` if only the calls' own limits got a 429. */
  readonly accountCause?: string;
}

/** @returns `undefined` if no call waits because of a 429. */
export function selectThrottled(status: PublishedStatus): ThrottledCalls | undefined {
  const queued = status.waiting.filter((call) => isThrottledByTwilio(call, status));
  const nextAtMs = Math.min(...queued.map(({ startMs }) => startMs), status.retrying > 0 ? status.retryAtMs : Infinity);
  const attempt = Math.max(1, ...queued.map((call) => nextAttempt(call, status)));
  const causes = queued.flatMap((call) => call.limits).map((limit) => status.coolDownCauses[limit]);
  const accountCause = causes.find((cause) => cause?.scope === "account")?.call;
  return nextAtMs < Infinity ? { nextAtMs, attempt, queued, accountCause } : undefined;
}

/** The call that has waited longest in the queue, joins first. */
export function selectLongestWait(calls: readonly QueuedCallStatus[]): QueuedCallStatus | undefined {
  const joins = calls.filter(isJoin);
  return (joins.length > 0 ? joins : calls).reduce<QueuedCallStatus | undefined>(
    (longest, call) => (longest && longest.waitingSinceMs <= call.waitingSinceMs ? longest : call),
    undefined,
  );
}

const isJoin = ({ purpose }: QueuedCallStatus) => purpose === "join";

/** Calls that wait for their turn only, not for the end of a 429. */
export function selectQueuedCalls(status: PublishedStatus): readonly QueuedCallStatus[] {
  return status.waiting.filter((call) => !isThrottledByTwilio(call, status));
}

/** The number of the call's next attempt: one more than its 429s or, if more, those of its limits. */
export function nextAttempt({ throttledCount, limits }: QueuedCallStatus, status: PublishedStatus): number {
  return Math.max(throttledCount, ...limits.map((limit) => status.throttledInARow[limit] ?? 0)) + 1;
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
