/** What the throttle says, for the screen: one slice of Flex's store, `store.getState()["flex-throttle"]`. */

import { RateLimitId } from "../limits/limits";
import { SettingsProblem } from "../settings/readSettings";
import { ThrottleErrorName } from "../throttle/errors";
import { Throttle, ThrottleEvent, ThrottleStatus } from "../throttle/throttle";

export const NAMESPACE = "flex-throttle";

/** A call that was not sent, or whose refusal was handed to its caller. Never holds what was in it. */
export interface GivenUpCall {
  readonly name: string;
  readonly isJoin: boolean;
  /**
   * `refused`: Twilio's 429 went to the caller. `deferred-failed`: an Action was invoked in its turn, and failed;
   * `deferred-lost`: it was not, because the page was reloaded before.
   */
  readonly reason: ThrottleErrorName | "refused" | "deferred-failed" | "deferred-lost";
  readonly limit?: string;
  readonly waitMs?: number;
}

export interface DeferredAction {
  readonly action: string;
  readonly state: "deferred" | "done" | "failed" | "lost";
  readonly waitMs?: number;
}

export interface ThrottleState {
  readonly status: ThrottleStatus;
  readonly problems: readonly SettingsProblem[];
  /** The latest, with how many there were. */
  readonly givenUp?: GivenUpCall;
  readonly givenUpCount: number;
  readonly deferred?: DeferredAction;
}

export type ThrottleAction =
  | { readonly type: "flex-throttle/STATUS_CHANGED"; readonly status: ThrottleStatus }
  | { readonly type: "flex-throttle/SETTINGS_READ"; readonly problems: readonly SettingsProblem[] }
  | { readonly type: "flex-throttle/CALL_GIVEN_UP"; readonly givenUp: GivenUpCall }
  | { readonly type: "flex-throttle/ACTION_DEFERRED"; readonly deferred: DeferredAction };

const IDLE: ThrottleStatus = {
  retrying: 0,
  retryingJoins: 0,
  waiting: [],
  nextStartMs: 0,
  lastStartMs: 0,
  coolingUntilMs: {} as Partial<Record<RateLimitId, number>>,
  capacity: { count: 0, max: 0, isNearlyFull: false },
};

const INITIAL: ThrottleState = { status: IDLE, problems: [], givenUpCount: 0 };

export function reduceThrottle(state: ThrottleState = INITIAL, action: ThrottleAction): ThrottleState {
  switch (action.type) {
    case "flex-throttle/STATUS_CHANGED":
      return { ...state, status: action.status };
    case "flex-throttle/SETTINGS_READ":
      return { ...state, problems: action.problems };
    case "flex-throttle/CALL_GIVEN_UP":
      return giveUp(state, action.givenUp);
    case "flex-throttle/ACTION_DEFERRED":
      return changeDeferred(state, action.deferred);
    default:
      return state;
  }
}

function giveUp(state: ThrottleState, givenUp: GivenUpCall): ThrottleState {
  return { ...state, givenUp, givenUpCount: state.givenUpCount + 1 };
}

function changeDeferred(state: ThrottleState, deferred: DeferredAction): ThrottleState {
  if (deferred.state !== "failed" && deferred.state !== "lost") return { ...state, deferred };
  return giveUp(state, { name: deferred.action, isJoin: false, reason: deferred.state === "lost" ? "deferred-lost" : "deferred-failed" });
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
    if (event.type === "given-up") store.dispatch({ type: "flex-throttle/CALL_GIVEN_UP", givenUp: describeGivenUp(event) });
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

function describeGivenUp({ call, error }: Extract<ThrottleEvent, { type: "given-up" }>): GivenUpCall {
  return {
    name: call.name,
    isJoin: call.purpose === "join",
    reason: error?.name ?? "refused",
    limit: error?.limit ?? call.limits[0],
    waitMs: error?.waitMs,
  };
}

function isIdle({ waiting, retrying, coolingUntilMs }: ThrottleStatus): boolean {
  return waiting.length === 0 && retrying === 0 && Object.keys(coolingUntilMs).length === 0;
}

function sameCapacity({ capacity: a }: ThrottleStatus, { capacity: b }: ThrottleStatus): boolean {
  return a.count === b.count && a.max === b.max;
}
