/** The throttle's state for screens, computed from a snapshot. Nothing here affects a call. */

import { Call } from "./call";
import { QueuePosition } from "./permit";
import { RateLimit } from "./rateLimit";
import { QueueEntry } from "./queuedCall";
import { CoolDownCause } from "./tooManyRequests";

/** One queued call. Times are on the throttle's clock. */
export interface WaitingCallStatus<LimitId extends string> {
  /** Identifies the call while it is queued, and over its retries. */
  readonly id: number;
  /** For screens and logs: `AcceptTask`, `POST /channels`. */
  readonly name: string;
  /** See `Call.kind` and `Call.key`. */
  readonly kind?: string;
  readonly key?: string;
  /** The limits that it spends. */
  readonly limits: readonly LimitId[];
  /** When it began to wait, in any layer. */
  readonly waitingSinceMs: number;
  /** An estimate of its turn. */
  readonly startMs: number;
  /** When it expires; `Infinity` if never. */
  readonly expiresAtMs: number;
  /** How many 429s it has got. */
  readonly throttledCount: number;
  /** Its caller goes on without a permit, so that canceling it changes nothing. */
  readonly proceedsWithoutPermit: boolean;
}

/** The state of one limit. Times are on the throttle's clock. */
export interface LimitStatus<LimitId extends string> {
  readonly id: LimitId;
  /** Starts per second, from the settings. */
  readonly configuredPerSecond: number;
  /** Starts per second that the account currently supports, at most the configured ones. */
  readonly adaptivePerSecond: number;
  /** In the past or `-Infinity` if there is no cool-down. */
  readonly coolDownUntilMs: number;
  /** Present during a cool-down. */
  readonly coolDownCause?: CoolDownCause;
  readonly waiting: number;
  /** How long the oldest queued call has waited, in milliseconds. */
  readonly longestWaitMs: number;
}

/** The state of the whole throttle. Times are on its clock. */
export interface ThrottleStatus<LimitId extends string> {
  /** How many throttled calls are being retried, queued or in progress. */
  readonly retrying: number;
  /** The same by `Call.kind`. */
  readonly retryingByKind: Readonly<Record<string, number>>;
  /** An estimate of the next retry; not in the future while a retry is in progress. */
  readonly retryAtMs: number;
  /** The limits of the calls that are being retried. Other calls on these limits also wait because of a 429. */
  readonly retryingLimits: readonly LimitId[];
  /** The queued calls, in the order of their turns. */
  readonly waiting: readonly WaitingCallStatus<LimitId>[];
  /** The ends of the current cool-downs, by limit id. Empty in the modes `observe` and `off`. */
  readonly coolDownUntilMs: Readonly<Partial<Record<LimitId, number>>>;
  /** The 429s because of which these limits cool down. */
  readonly coolDownCauses: Readonly<Partial<Record<LimitId, CoolDownCause>>>;
  /** How many 429s these limits have got since their last success. Those of one burst count once. */
  readonly throttledInARow: Readonly<Partial<Record<LimitId, number>>>;
}

/** The throttle's internal state at one moment. */
export interface ThrottleSnapshot<LimitId extends string> {
  readonly nowMs: number;
  /** Whether calls are paced. */
  readonly isEnforced: boolean;
  /** In the order of their turns. */
  readonly waiting: readonly (QueueEntry<LimitId> & { readonly call: Call<LimitId> })[];
  /** The throttled calls that are being retried, queued or in progress. */
  readonly retrying: ReadonlyMap<QueuePosition, Call<LimitId>>;
  readonly limits: ReadonlyMap<LimitId, RateLimit<LimitId>>;
}

export function toStatus<LimitId extends string>(snapshot: ThrottleSnapshot<LimitId>): ThrottleStatus<LimitId> {
  const { nowMs, isEnforced, waiting, limits } = snapshot;
  const turns = estimateTurns(snapshot);
  const coolingDown = isEnforced ? Array.from(limits.values()).filter((limit) => limit.coolDownUntilMs > nowMs) : [];
  return {
    ...toRetryStatus(snapshot, new Map(waiting.map(({ position }, index) => [position, turns[index]]))),
    waiting: waiting.map(({ call, position: { sequence, waitingSinceMs, expiresAtMs, throttledCount } }, index) => ({
      id: sequence,
      name: call.name,
      kind: call.kind,
      key: call.key,
      limits: call.limits,
      waitingSinceMs,
      startMs: nowMs + turns[index],
      expiresAtMs,
      throttledCount,
      proceedsWithoutPermit: call.proceedsWithoutPermit ?? false,
    })),
    coolDownUntilMs: toRecord(coolingDown.map((limit) => [limit.id, limit.coolDownUntilMs])),
    coolDownCauses: toRecord(coolingDown.map((limit) => [limit.id, limit.coolDownCause])),
    throttledInARow: toRecord(
      Array.from(limits.values())
        .filter(({ throttledInARow }) => throttledInARow > 0)
        .map(({ id, throttledInARow }) => [id, throttledInARow]),
    ),
  };
}

export function toLimitStatuses<LimitId extends string>({
  nowMs,
  isEnforced,
  waiting,
  limits,
}: ThrottleSnapshot<LimitId>): readonly LimitStatus<LimitId>[] {
  return Array.from(limits.values(), (limit) => {
    const waitingSince = waiting
      .filter(({ call }) => call.limits.includes(limit.id))
      .map(({ position }) => position.waitingSinceMs);
    return {
      id: limit.id,
      configuredPerSecond: limit.configuredPerSecond,
      adaptivePerSecond: limit.adaptivePerSecond(nowMs),
      coolDownUntilMs: isEnforced ? limit.coolDownUntilMs : -Infinity,
      coolDownCause: isEnforced && limit.coolDownUntilMs > nowMs ? limit.coolDownCause : undefined,
      waiting: waitingSince.length,
      longestWaitMs: waitingSince.length > 0 ? nowMs - Math.min(...waitingSince) : 0,
    };
  });
}

/** The wait for one of a call's limits. */
export interface LimitWait<LimitId extends string> {
  readonly id: LimitId;
  readonly waitMs: number;
  /** How many queued calls are ahead of it on this limit. */
  readonly ahead: number;
}

/** Finds the limit with the longest wait for a call. @param countAhead counts the queued calls before it on a limit. */
export function findLongestWait<LimitId extends string>(
  limits: ReadonlyMap<LimitId, RateLimit<LimitId>>,
  { limits: missing, heldSlots }: Omit<QueueEntry<LimitId>, "position">,
  countAhead: (id: LimitId) => number,
  nowMs: number,
): LimitWait<LimitId> {
  const waits = missing.map((id) => {
    const ahead = countAhead(id);
    return { id, waitMs: (limits.get(id) as RateLimit<LimitId>).estimateWaitMs(nowMs, ahead), ahead };
  });
  heldSlots?.forEach((slot, id) =>
    waits.push({ id, waitMs: (limits.get(id) as RateLimit<LimitId>).msUntilUsable(slot, nowMs), ahead: 0 }),
  );
  return waits.reduce((longest, wait) => (wait.waitMs > longest.waitMs ? wait : longest));
}

/** @param turns of the queued calls, in milliseconds from now. The other calls are in progress. */
function toRetryStatus<LimitId extends string>(
  { nowMs, isEnforced, retrying, limits }: ThrottleSnapshot<LimitId>,
  turns: ReadonlyMap<QueuePosition, number>,
): Pick<ThrottleStatus<LimitId>, "retrying" | "retryingByKind" | "retryAtMs" | "retryingLimits"> {
  const calls = Array.from(retrying.values());
  const coolDownLeftMs = (call: Call<LimitId>) =>
    isEnforced
      ? Math.max(0, ...call.limits.map((id) => (limits.get(id) as RateLimit<LimitId>).coolDownUntilMs - nowMs))
      : 0;
  const waits = Array.from(retrying, ([position, call]) => turns.get(position) ?? coolDownLeftMs(call));
  return {
    retrying: calls.length,
    retryingByKind: countByKind(calls),
    retryAtMs: nowMs + (waits.length > 0 ? Math.min(...waits) : 0),
    retryingLimits: Array.from(new Set(calls.flatMap((call) => call.limits))),
  };
}

function toRecord<Key extends string, T>(entries: readonly (readonly [Key, T])[]): Partial<Record<Key, T>> {
  return Object.fromEntries(entries) as Partial<Record<Key, T>>;
}

function countByKind(calls: readonly Call<string>[]): Record<string, number> {
  const counts: Record<string, number> = {};
  calls.forEach(({ kind }) => {
    if (kind !== undefined) counts[kind] = (counts[kind] ?? 0) + 1;
  });
  return counts;
}

/** Estimates the turn of each queued call, in milliseconds from now. */
function estimateTurns<LimitId extends string>({ nowMs, waiting, limits }: ThrottleSnapshot<LimitId>): number[] {
  const ahead = new Map<LimitId, number>();
  return waiting.map((waiter) => {
    const { waitMs } = findLongestWait(limits, waiter, (id) => ahead.get(id) ?? 0, nowMs);
    waiter.limits.forEach((id) => ahead.set(id, (ahead.get(id) ?? 0) + 1));
    return waitMs;
  });
}
