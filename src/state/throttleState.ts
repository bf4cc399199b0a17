/** What the throttle says, for the screen: one slice of Flex's store, `store.getState()["flex-throttle"]`. */

import { RateLimitId } from "../limits/limits";
import { SettingsProblem } from "../settings/readSettings";
import { ThrottleErrorName } from "../throttle/errors";
import { ThrottleStatus, QueuedCallStatus } from "../throttle/status";
import { Throttle } from "../throttle/throttle";
import { ThrottleEvent } from "../throttle/throttleEvent";

export const NAMESPACE = "flex-throttle";

/** A call that was not sent, or whose refusal was handed to its caller. Never holds what was in it. */
export interface DroppedCall {
  readonly name: string;
  readonly isJoin: boolean;
  /** Its name is that of a Flex Action. */
  readonly isAction: boolean;
  /**
   * `refused`: Twilio's 429 went to the caller. `deferred-failed`: an Action was invoked in its turn, and failed;
   * `deferred-lost`: it was not, because the page was reloaded before.
   */
  readonly reason: ThrottleErrorName | "throttled" | "deferred-failed" | "deferred-lost";
  readonly limit?: string;
  readonly waitMs?: number;
  /** Which chat a join was about, by its channel's sid. */
  readonly chat?: string;
}

/** What became of an Action that was put off. `lost`: the page was reloaded, and what to do then could not be written down. */
export interface DeferredAction {
  readonly action: string;
  readonly state: "deferred" | "done" | "failed" | "lost";
  readonly waitMs?: number;
}

export interface ThrottleState {
  readonly status: ThrottleStatus;
  readonly problems: readonly SettingsProblem[];
  /** The latest, with how many there were. */
  readonly dropped?: DroppedCall;
  readonly droppedCount: number;
  /** How many of these the agent had read of before the banner that tells of the latest came up. */
  readonly droppedRead: number;
  /** Deferred Actions that have run, until the agent has had the time to read it. */
  readonly done: readonly DeferredAction[];
  /** The chats, by their channels' sids, whose join was given up or has failed: the agent is not in them, and nothing waits for it. */
  readonly notJoined: readonly string[];
}

export type ThrottleAction =
  | { readonly type: "flex-throttle/STATUS_CHANGED"; readonly status: ThrottleStatus }
  | { readonly type: "flex-throttle/SETTINGS_READ"; readonly problems: readonly SettingsProblem[] }
  | { readonly type: "flex-throttle/CALL_DROPPED"; readonly dropped: DroppedCall }
  | { readonly type: "flex-throttle/DROPPED_READ"; readonly count: number }
  | { readonly type: "flex-throttle/ACTION_DEFERRED"; readonly deferred: DeferredAction }
  | { readonly type: "flex-throttle/OUTCOMES_READ"; readonly outcomes: readonly DeferredAction[] }
  | { readonly type: "flex-throttle/JOIN_FAILED"; readonly chat: string }
  /** It is tried again, or there is nothing to join any more. */
  | { readonly type: "flex-throttle/FAILED_JOIN_CLEARED"; readonly chat: string };

const IDLE: ThrottleStatus = {
  retrying: 0,
  retryingJoins: 0,
  retryAtMs: 0,
  retryingLimits: [],
  waiting: [],
  coolDownUntilMs: {} as Partial<Record<RateLimitId, number>>,
  capacity: { count: 0, max: 0, isNearlyFull: false },
};

const INITIAL: ThrottleState = { status: IDLE, problems: [], droppedCount: 0, droppedRead: 0, done: [], notJoined: [] };

export function reduceThrottle(state: ThrottleState = INITIAL, action: ThrottleAction): ThrottleState {
  switch (action.type) {
    case "flex-throttle/STATUS_CHANGED":
      return { ...state, status: action.status };
    case "flex-throttle/SETTINGS_READ":
      return { ...state, problems: action.problems };
    case "flex-throttle/CALL_DROPPED":
      return giveUp(state, action.dropped);
    case "flex-throttle/DROPPED_READ":
      return { ...state, droppedRead: action.count };
    case "flex-throttle/ACTION_DEFERRED":
      return changeDeferred(state, action.deferred);
    case "flex-throttle/OUTCOMES_READ":
      return { ...state, done: state.done.filter((outcome) => !action.outcomes.includes(outcome)) };
    case "flex-throttle/JOIN_FAILED":
      return { ...state, notJoined: [...state.notJoined.filter((chat) => chat !== action.chat), action.chat] };
    case "flex-throttle/FAILED_JOIN_CLEARED":
      return state.notJoined.includes(action.chat)
        ? { ...state, notJoined: state.notJoined.filter((chat) => chat !== action.chat) }
        : state;
    default:
      return state;
  }
}

function giveUp(state: ThrottleState, dropped: DroppedCall): ThrottleState {
  return { ...state, dropped, droppedCount: state.droppedCount + 1 };
}

function changeDeferred(state: ThrottleState, deferred: DeferredAction): ThrottleState {
  switch (deferred.state) {
    case "deferred":
      // It waits as any other call does.
      return state;
    case "done":
      return { ...state, done: [...state.done, deferred] };
    default:
      return giveUp(state, {
        name: deferred.action,
        isJoin: false,
        isAction: true,
        reason: deferred.state === "lost" ? "deferred-lost" : "deferred-failed",
      });
  }
}

/** Those that Twilio's refusals hold up, joins among them, and when the first of them goes. */
export interface ThrottledCalls {
  readonly calls: number;
  readonly joins: number;
  /** On the throttle's clock, as far as can be told; not in the future where one is under way. */
  readonly nextAtMs: number;
}

/** What is being retried, and who waits for a limit that is retried or pauses. */
export function countThrottledCalls(status: ThrottleStatus): ThrottledCalls {
  const behind = status.waiting.filter((call) => call.throttledCount === 0 && isThrottledByTwilio(call, status));
  const joins = behind.filter(({ purpose }) => purpose === "join");
  return {
    calls: status.retrying + behind.length,
    joins: status.retryingJoins + joins.length,
    nextAtMs: status.retrying > 0 ? status.retryAtMs : Math.min(...behind.map(({ startMs }) => startMs)),
  };
}

/** Those that merely wait their turn. */
export function selectQueuedCalls(status: ThrottleStatus): readonly QueuedCallStatus[] {
  return status.waiting.filter((call) => !isThrottledByTwilio(call, status));
}

/** All that wait, and those that are just being tried again: a number that does not flicker at each try. */
export function waitingCount({ waiting, retrying }: ThrottleStatus): number {
  return waiting.filter(({ throttledCount }) => throttledCount === 0).length + retrying;
}

/** Of those that Twilio holds up the one that goes next; none while a refused one is under way and no other waits. */
export function selectNextThrottled(status: ThrottleStatus): QueuedCallStatus | undefined {
  const limited = status.waiting.filter(
    (call) =>
      !call.proceedsWithoutPermit &&
      (call.throttledCount > 0 || (status.retrying === 0 && isThrottledByTwilio(call, status))),
  );
  return limited.reduce<QueuedCallStatus | undefined>(
    (next, call) => (next && next.startMs <= call.startMs ? next : call),
    undefined,
  );
}

/** Whether it is Twilio's refusals that it waits for, and not only its turn. */
export function isThrottledByTwilio(
  { limits }: QueuedCallStatus,
  { retryingLimits, coolDownUntilMs }: ThrottleStatus,
): boolean {
  return limits.some((limit) => retryingLimits.includes(limit) || coolDownUntilMs[limit] !== undefined);
}

/** Whether it is given up before its turn, as far as can be told. What goes on all the same is not. */
export function willExpire({ proceedsWithoutPermit, startMs, expiresAtMs }: QueuedCallStatus): boolean {
  return !proceedsWithoutPermit && expiresAtMs <= startMs;
}

/** The store is told at most this often: fifty calls that move on at once are one picture. */
const PUBLISH_MS = 100;

/** What a publisher needs of Flex's store. */
export interface ThrottleStore {
  dispatch(action: ThrottleAction): unknown;
  getState(): unknown;
}

/** Writes what the throttle says into the store. @returns ends it. */
export function publishThrottle(throttle: Throttle, store: ThrottleStore): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let published = IDLE;

  const publish = () => {
    timer = undefined;
    const status = throttle.status();
    if (isIdle(status) && isIdle(published) && sameCapacity(status, published)) return;
    published = status;
    store.dispatch({ type: "flex-throttle/STATUS_CHANGED", status });
  };
  const endChanges = throttle.onChange(() => {
    timer ??= setTimeout(publish, PUBLISH_MS);
  });
  const endEvents = throttle.onEvent((event) => {
    if (event.type === "dropped")
      store.dispatch({ type: "flex-throttle/CALL_DROPPED", dropped: describeDropped(event) });
  });
  return () => {
    endChanges();
    endEvents();
    if (timer !== undefined) clearTimeout(timer);
  };
}

export function selectThrottle(state: unknown): ThrottleState {
  return (state as Record<typeof NAMESPACE, ThrottleState | undefined>)[NAMESPACE] ?? INITIAL;
}

function describeDropped({ call, error }: Extract<ThrottleEvent, { type: "dropped" }>): DroppedCall {
  return {
    name: call.name,
    isJoin: call.purpose === "join",
    // Nothing but an Action is seen first as one.
    isAction: call.isEntryPoint ?? false,
    reason: error?.name ?? "throttled",
    limit: error?.limit ?? call.limits[0],
    waitMs: error?.waitMs,
    chat: call.purpose === "join" ? call.key : undefined,
  };
}

function isIdle({ waiting, retrying, coolDownUntilMs }: ThrottleStatus): boolean {
  return waiting.length === 0 && retrying === 0 && Object.keys(coolDownUntilMs).length === 0;
}

function sameCapacity({ capacity: a }: ThrottleStatus, { capacity: b }: ThrottleStatus): boolean {
  return a.count === b.count && a.max === b.max;
}
