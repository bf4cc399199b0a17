/** What the throttle can tell a screen, read from its books. Nothing here decides anything. */

import { Call } from "./call";
import { QueuePosition } from "./permit";
import { RateLimit } from "./rateLimit";
import { QueueEntry } from "./queuedCall";

export interface WaitingCallStatus<LimitId extends string> {
  /** Its own for as long as it waits and is retried. */
  readonly id: number;
  readonly name: string;
  /** See `Call.kind` and `Call.key`. */
  readonly kind?: string;
  readonly key?: string;
  readonly limits: readonly LimitId[];
  readonly waitingSinceMs: number;
  /** When it can go, as far as can be told. */
  readonly startMs: number;
  /** When it is given up; `Infinity` where it is not. */
  readonly expiresAtMs: number;
  readonly throttledCount: number;
  /** What waits for it goes on all the same: giving it up saves nobody anything. */
  readonly proceedsWithoutPermit: boolean;
}

/** How one limit stands; times on the throttle's clock. */
export interface LimitStatus<LimitId extends string> {
  readonly id: LimitId;
  /** Starts per second, as the settings say. */
  readonly configuredPerSecond: number;
  /** Starts per second that the account has shown it bears; never more than the configured ones. */
  readonly adaptivePerSecond: number;
  /** In the past, or `-Infinity`, where nothing is wrong. */
  readonly coolDownUntilMs: number;
  readonly waiting: number;
  /** How long the first of them has waited by now, in milliseconds. */
  readonly longestWaitMs: number;
}

/** What the throttle can tell a screen; times on its clock. */
export interface ThrottleStatus<LimitId extends string> {
  /** How many calls Twilio has refused that are still being retried, waiting or under way. */
  readonly retrying: number;
  /** How many of them there are of each `Call.kind`. */
  readonly retryingByKind: Readonly<Record<string, number>>;
  /** When the first of them goes again, as far as can be told; not in the future where one is under way. */
  readonly retryAtMs: number;
  /** The limits that they are on: who else waits for one of these waits for Twilio, too. */
  readonly retryingLimits: readonly LimitId[];
  /** In the order of their turns. */
  readonly waiting: readonly WaitingCallStatus<LimitId>[];
  /** The limits that pause, and until when. Nothing does while the throttle only observes. */
  readonly coolDownUntilMs: Readonly<Partial<Record<LimitId, number>>>;
}

/** What stands in the throttle's books at a moment. */
export interface ThrottleSnapshot<LimitId extends string> {
  readonly nowMs: number;
  /** Whether anybody has to wait at all. */
  readonly isEnforced: boolean;
  /** In the order of their turns. */
  readonly waiting: readonly (QueueEntry<LimitId> & { readonly call: Call<LimitId> })[];
  /** Those that were refused and are tried again, waiting or under way. */
  readonly retrying: ReadonlyMap<QueuePosition, Call<LimitId>>;
  readonly limits: ReadonlyMap<LimitId, RateLimit<LimitId>>;
}

export function toStatus<LimitId extends string>(books: ThrottleSnapshot<LimitId>): ThrottleStatus<LimitId> {
  const { nowMs, isEnforced, waiting, limits } = books;
  const turns = turnsOf(books);
  const cooling = isEnforced ? Array.from(limits.values()).filter((limit) => limit.coolDownUntilMs > nowMs) : [];
  return {
    ...retryStatusOf(books, new Map(waiting.map(({ position }, index) => [position, turns[index]]))),
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
    coolDownUntilMs: toRecord(cooling.map((limit) => [limit.id, limit.coolDownUntilMs])),
  };
}

export function toLimitStatuses<LimitId extends string>({
  nowMs,
  isEnforced,
  waiting,
  limits,
}: ThrottleSnapshot<LimitId>): readonly LimitStatus<LimitId>[] {
  return Array.from(limits.values(), (limit) => {
    const since = waiting
      .filter(({ call }) => call.limits.includes(limit.id))
      .map(({ position }) => position.waitingSinceMs);
    return {
      id: limit.id,
      configuredPerSecond: limit.configuredPerSecond,
      adaptivePerSecond: limit.adaptivePerSecond(nowMs),
      coolDownUntilMs: isEnforced ? limit.coolDownUntilMs : -Infinity,
      waiting: since.length,
      longestWaitMs: since.length > 0 ? nowMs - Math.min(...since) : 0,
    };
  });
}

/** The wait for one of a call's limits. */
export interface LimitWait<LimitId extends string> {
  readonly id: LimitId;
  readonly waitMs: number;
  /** How many stand before it. */
  readonly ahead: number;
}

/** Which of its limits holds a call up the longest. @param aheadOn how many stand before it on a limit. */
export function findLongestWait<LimitId extends string>(
  limits: ReadonlyMap<LimitId, RateLimit<LimitId>>,
  { limits: of, heldSlots }: Omit<QueueEntry<LimitId>, "position">,
  aheadOn: (id: LimitId) => number,
  nowMs: number,
): LimitWait<LimitId> {
  const waits = of.map((id) => {
    const ahead = aheadOn(id);
    return { id, waitMs: (limits.get(id) as RateLimit<LimitId>).estimateWaitMs(nowMs, ahead), ahead };
  });
  heldSlots?.forEach((slot, id) =>
    waits.push({ id, waitMs: (limits.get(id) as RateLimit<LimitId>).msUntilUsable(slot, nowMs), ahead: 0 }),
  );
  return waits.reduce((longest, wait) => (wait.waitMs > longest.waitMs ? wait : longest));
}

/** @param turns of those that wait, in milliseconds from now; the others are under way. */
function retryStatusOf<LimitId extends string>(
  { nowMs, isEnforced, retrying, limits }: ThrottleSnapshot<LimitId>,
  turns: ReadonlyMap<QueuePosition, number>,
): Pick<ThrottleStatus<LimitId>, "retrying" | "retryingByKind" | "retryAtMs" | "retryingLimits"> {
  const calls = Array.from(retrying.values());
  const openInMs = (call: Call<LimitId>) =>
    isEnforced
      ? Math.max(0, ...call.limits.map((id) => (limits.get(id) as RateLimit<LimitId>).coolDownUntilMs - nowMs))
      : 0;
  const waits = Array.from(retrying, ([place, call]) => turns.get(place) ?? openInMs(call));
  return {
    retrying: calls.length,
    retryingByKind: countByKind(calls),
    retryAtMs: nowMs + (waits.length > 0 ? Math.min(...waits) : 0),
    retryingLimits: Array.from(new Set(calls.flatMap((call) => call.limits))),
  };
}

function toRecord<Key extends string>(entries: readonly (readonly [Key, number])[]): Partial<Record<Key, number>> {
  return Object.fromEntries(entries) as Partial<Record<Key, number>>;
}

function countByKind(calls: readonly Call<string>[]): Record<string, number> {
  const counts: Record<string, number> = {};
  calls.forEach(({ kind }) => {
    if (kind !== undefined) counts[kind] = (counts[kind] ?? 0) + 1;
  });
  return counts;
}

/** When each of those who wait may go, in milliseconds from now. */
function turnsOf<LimitId extends string>({ nowMs, waiting, limits }: ThrottleSnapshot<LimitId>): number[] {
  const ahead = new Map<LimitId, number>();
  return waiting.map((waiter) => {
    const { waitMs } = findLongestWait(limits, waiter, (id) => ahead.get(id) ?? 0, nowMs);
    waiter.limits.forEach((id) => ahead.set(id, (ahead.get(id) ?? 0) + 1));
    return waitMs;
  });
}
