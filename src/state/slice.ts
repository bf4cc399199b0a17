/** The plugin's part of Flex's store, at `store.getState()["flex-throttle"]`. */

import { SettingsProblem } from "../settings/readSettings";
import { ThrottleErrorName } from "../throttle/errors";
import { IDLE_STATUS, PublishedStatus } from "./publishedStatus";

export const NAMESPACE = "flex-throttle";

/**
 * Why a call was dropped: the name of the error, or
 *
 * - `throttled`: the caller received Twilio's 429.
 * - `join-failed`: a join failed for another reason than a limit.
 * - `deferred-failed`: a deferred Action ran and failed.
 * - `deferred-lost`: the page was reloaded before a deferred Action could run.
 */
export type DropReason = ThrottleErrorName | "throttled" | "join-failed" | "deferred-failed" | "deferred-lost";

/** A call that ended without success, in most cases because of a limit. Contains no payload and no customer data. */
export interface DroppedCall {
  /** The name of an Action or of a method of the chat client, `join`, or the limits of a request: `POST /channels`. */
  readonly name: string;
  /** Whether it would have added the agent to the chat of an accepted task. */
  readonly isJoin: boolean;
  /** Whether `name` is the name of a Flex Action. */
  readonly isAction: boolean;
  /** Why it was dropped. */
  readonly reason: DropReason;
  /** The limit with the longest wait; for `throttled` the first limit of the call. */
  readonly limit?: string;
  /** The estimated time until it could have been sent; for `throttled` until its cool-down ends. In milliseconds. */
  readonly waitMs?: number;
  /** How long it was allowed to wait, in milliseconds. */
  readonly maxWaitMs?: number;
  /** The channel sid of the chat that a join is for. */
  readonly chat?: string;
  /** When it was dropped, in milliseconds since 1970. */
  readonly atMs?: number;
  /**
   * For `Services.sendAgain`. Absent if it cannot be sent again.
   *
   * @internal
   */
  readonly repeatId?: number;
}

/** A dropped call that the agent has not dismissed. */
export interface UnreadDrop extends DroppedCall {
  /** Identifies the entry. Later entries have larger ids. */
  readonly id: number;
}

/** A deferred Action and its outcome. `lost`: the page was reloaded and the Action could not be restored. */
export interface DeferredAction {
  readonly action: string;
  readonly state: "deferred" | "done" | "failed" | "lost";
  readonly waitMs?: number;
  /** See `DroppedCall`; for `failed`. */
  readonly repeatId?: number;
}

/**
 * What went well after a wait. `ran`: a deferred Action ran. `joined`: chats were joined. `resumed`: a chat is joined again
 * after a reload.
 */
export type News =
  | { readonly type: "ran"; readonly action: string }
  | { readonly type: "joined"; readonly count: number }
  | { readonly type: "resumed" };

/** The plugin's state in Flex's Redux store, at `store.getState()["flex-throttle"]`. A reload resets all but `unread`. */
export interface ThrottleState {
  /** Queue, retries and cool-downs. Updated at most every 100 milliseconds. */
  readonly status: PublishedStatus;
  /** The invalid settings. */
  readonly problems: readonly SettingsProblem[];
  /** The latest dropped call, also after the agent has dismissed it. */
  readonly dropped?: DroppedCall;
  /** How many calls were dropped. `unread` alone has the joins that failed for another reason than a limit. */
  readonly droppedCount: number;
  /** The dropped calls that the agent has not dismissed, oldest first. At most 200, and one for each chat. */
  readonly unread: readonly UnreadDrop[];
  /** The id of the latest entry that was added to `unread`; 0 if there was none. */
  readonly lastUnreadId: number;
  /** What the agent has not had time to read, oldest first. */
  readonly news: readonly News[];
  /** Channel sids of the chats whose join is in progress, queued or not. */
  readonly joining: readonly string[];
  /** How many joins have succeeded. */
  readonly joinedCount: number;
  /** Channel sids of accepted chats whose join was canceled or failed, and is not queued. */
  readonly notJoined: readonly string[];
  /** Whether the agent has the list of waiting calls open. */
  readonly isListOpen: boolean;
}

export type ThrottleAction =
  | { readonly type: "flex-throttle/STATUS_CHANGED"; readonly status: PublishedStatus }
  | { readonly type: "flex-throttle/SETTINGS_READ"; readonly problems: readonly SettingsProblem[] }
  | { readonly type: "flex-throttle/CALL_DROPPED"; readonly dropped: DroppedCall }
  /** Not sent on the page before a reload. */
  | { readonly type: "flex-throttle/DROPS_RESTORED"; readonly drops: readonly DroppedCall[] }
  /** Default: all. */
  | { readonly type: "flex-throttle/DROPS_DISMISSED"; readonly id?: number }
  | { readonly type: "flex-throttle/ACTION_DEFERRED"; readonly deferred: DeferredAction }
  | { readonly type: "flex-throttle/NEWS"; readonly news: News }
  | { readonly type: "flex-throttle/NEWS_READ"; readonly news: readonly News[] }
  | { readonly type: "flex-throttle/LIST_TOGGLED"; readonly isOpen: boolean }
  | { readonly type: "flex-throttle/JOIN_STARTED"; readonly chat: string }
  | { readonly type: "flex-throttle/JOIN_SUCCEEDED"; readonly chat: string }
  | { readonly type: "flex-throttle/JOIN_FAILED"; readonly chat: string }
  /** The task is gone. */
  | { readonly type: "flex-throttle/JOIN_ENDED"; readonly chat: string }
  /** Flex renders once for all of them. */
  | { readonly type: "flex-throttle/SEVERAL"; readonly actions: readonly ThrottleAction[] };

/** Older ones are forgotten. */
const MAX_UNREAD = 200;

export const INITIAL_STATE: ThrottleState = {
  status: IDLE_STATUS,
  problems: [],
  droppedCount: 0,
  unread: [],
  lastUnreadId: 0,
  news: [],
  joining: [],
  joinedCount: 0,
  notJoined: [],
  isListOpen: false,
};

export function reduceThrottle(state: ThrottleState = INITIAL_STATE, action: ThrottleAction): ThrottleState {
  switch (action.type) {
    case "flex-throttle/STATUS_CHANGED":
      return { ...state, status: action.status };
    case "flex-throttle/SETTINGS_READ":
      return { ...state, problems: action.problems };
    case "flex-throttle/CALL_DROPPED":
      return dropCall(state, action.dropped);
    case "flex-throttle/DROPS_RESTORED":
      return action.drops.reduce(listDrop, state);
    case "flex-throttle/DROPS_DISMISSED":
      return { ...state, unread: action.id === undefined ? [] : state.unread.filter(({ id }) => id !== action.id) };
    case "flex-throttle/ACTION_DEFERRED":
      return changeDeferred(state, action.deferred);
    case "flex-throttle/NEWS":
      return { ...state, news: [...state.news, action.news] };
    case "flex-throttle/NEWS_READ":
      return { ...state, news: state.news.filter((each) => !action.news.includes(each)) };
    case "flex-throttle/LIST_TOGGLED":
      return { ...state, isListOpen: action.isOpen };
    case "flex-throttle/JOIN_STARTED":
      return { ...forgetChat(state, action.chat), joining: [...without(state.joining, action.chat), action.chat] };
    case "flex-throttle/JOIN_SUCCEEDED":
      return { ...forgetChat(state, action.chat), joinedCount: state.joinedCount + 1 };
    case "flex-throttle/JOIN_FAILED":
      return failJoin(state, action.chat);
    case "flex-throttle/JOIN_ENDED":
      return forgetChat(state, action.chat);
    case "flex-throttle/SEVERAL":
      return action.actions.reduce(reduceThrottle, state);
    default:
      return state;
  }
}

function without(chats: readonly string[], chat: string): readonly string[] {
  return chats.includes(chat) ? chats.filter((each) => each !== chat) : chats;
}

/** Removes what is shown about a chat. @returns `state` itself if there is nothing. */
function forgetChat(state: ThrottleState, chat: string): ThrottleState {
  const { joining, notJoined, unread } = state;
  const isKnown = joining.includes(chat) || notJoined.includes(chat) || unread.some((drop) => drop.chat === chat);
  if (!isKnown) return state;
  return {
    ...state,
    joining: without(joining, chat),
    notJoined: without(notJoined, chat),
    unread: unread.filter((drop) => drop.chat !== chat),
  };
}

function failJoin(state: ThrottleState, chat: string): ThrottleState {
  const failed = {
    ...state,
    joining: without(state.joining, chat),
    notJoined: [...without(state.notJoined, chat), chat],
  };
  // A join that the throttle dropped is listed already. Flex shows its own notification for other failures.
  if (state.unread.some((drop) => drop.chat === chat)) return failed;
  return listDrop(failed, { name: "join", isJoin: true, isAction: false, reason: "join-failed", chat });
}

function dropCall(state: ThrottleState, dropped: DroppedCall): ThrottleState {
  return { ...listDrop(state, dropped), dropped, droppedCount: state.droppedCount + 1 };
}

/** A chat is listed once. */
function listDrop(state: ThrottleState, dropped: DroppedCall): ThrottleState {
  const others = state.unread.filter(({ chat }) => chat === undefined || chat !== dropped.chat);
  const lastUnreadId = state.lastUnreadId + 1;
  return { ...state, lastUnreadId, unread: [...others.slice(1 - MAX_UNREAD), { ...dropped, id: lastUnreadId }] };
}

function changeDeferred(state: ThrottleState, { action, state: phase, repeatId }: DeferredAction): ThrottleState {
  // The throttle's status already lists it as a queued call.
  if (phase === "deferred") return state;
  if (phase === "done") return { ...state, news: [...state.news, { type: "ran", action }] };
  return dropCall(state, { name: action, isJoin: false, isAction: true, reason: `deferred-${phase}`, repeatId });
}
