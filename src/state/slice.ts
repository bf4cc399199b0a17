/** The plugin's part of Flex's store, at `store.getState()["flex-throttle"]`. */

import { SettingsProblem } from "../settings/readSettings";
import { ThrottleErrorName } from "../throttle/errors";
import { IDLE_STATUS, PublishedStatus } from "./publishedStatus";

export const NAMESPACE = "flex-throttle";

/** A call that ended without success because of a limit. Contains no payload and no customer data. */
export interface DroppedCall {
  readonly name: string;
  readonly isJoin: boolean;
  /** Whether `name` is the name of a Flex Action. */
  readonly isAction: boolean;
  /**
   * `throttled`: the caller received Twilio's 429. `deferred-failed`: a deferred Action ran and failed.
   * `deferred-lost`: the page was reloaded before a deferred Action could run.
   */
  readonly reason: ThrottleErrorName | "throttled" | "deferred-failed" | "deferred-lost";
  readonly limit?: string;
  readonly waitMs?: number;
  /** The channel sid of the chat that a join is for. */
  readonly chat?: string;
}

/** A deferred Action and its outcome. `lost`: the page was reloaded and the Action could not be restored. */
export interface DeferredAction {
  readonly action: string;
  readonly state: "deferred" | "done" | "failed" | "lost";
  readonly waitMs?: number;
}

export interface ThrottleState {
  readonly status: PublishedStatus;
  readonly problems: readonly SettingsProblem[];
  /** The latest dropped call. */
  readonly dropped?: DroppedCall;
  readonly droppedCount: number;
  /** `droppedCount` at the moment the current banner about dropped calls appeared. */
  readonly droppedRead: number;
  /** Deferred Actions that have run and that the agent has not had time to read about. */
  readonly done: readonly DeferredAction[];
  /** Channel sids of accepted chats whose join was canceled or failed, and is not queued. */
  readonly notJoined: readonly string[];
}

export type ThrottleAction =
  | { readonly type: "flex-throttle/STATUS_CHANGED"; readonly status: PublishedStatus }
  | { readonly type: "flex-throttle/SETTINGS_READ"; readonly problems: readonly SettingsProblem[] }
  | { readonly type: "flex-throttle/CALL_DROPPED"; readonly dropped: DroppedCall }
  | { readonly type: "flex-throttle/DROPPED_READ"; readonly count: number }
  | { readonly type: "flex-throttle/ACTION_DEFERRED"; readonly deferred: DeferredAction }
  | { readonly type: "flex-throttle/OUTCOMES_READ"; readonly outcomes: readonly DeferredAction[] }
  | { readonly type: "flex-throttle/JOIN_FAILED"; readonly chat: string }
  /** The join is being retried, or its task is gone. */
  | { readonly type: "flex-throttle/FAILED_JOIN_CLEARED"; readonly chat: string };

export const INITIAL_STATE: ThrottleState = {
  status: IDLE_STATUS,
  problems: [],
  droppedCount: 0,
  droppedRead: 0,
  done: [],
  notJoined: [],
};

export function reduceThrottle(state: ThrottleState = INITIAL_STATE, action: ThrottleAction): ThrottleState {
  switch (action.type) {
    case "flex-throttle/STATUS_CHANGED":
      return { ...state, status: action.status };
    case "flex-throttle/SETTINGS_READ":
      return { ...state, problems: action.problems };
    case "flex-throttle/CALL_DROPPED":
      return dropCall(state, action.dropped);
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

function dropCall(state: ThrottleState, dropped: DroppedCall): ThrottleState {
  return { ...state, dropped, droppedCount: state.droppedCount + 1 };
}

function changeDeferred(state: ThrottleState, deferred: DeferredAction): ThrottleState {
  switch (deferred.state) {
    case "deferred":
      // The throttle's status already lists it as a queued call.
      return state;
    case "done":
      return { ...state, done: [...state.done, deferred] };
    default:
      return dropCall(state, {
        name: deferred.action,
        isJoin: false,
        isAction: true,
        reason: deferred.state === "lost" ? "deferred-lost" : "deferred-failed",
      });
  }
}
