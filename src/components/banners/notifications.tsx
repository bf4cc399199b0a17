/** Shows and takes away the banners as the throttle's state says; one of each at a time. */

import type { NotificationBar, Notifications, NotificationType } from "@twilio/flex-ui";
import React from "react";

import { countThrottledCalls, selectNextThrottled, selectQueuedCalls, selectThrottle } from "../../state/selectors";
import { DeferredAction, ThrottleAction, ThrottleState } from "../../state/slice";
import { Services } from "../services";
import {
  CancelNextLabel,
  Heard,
  QueuedBanner,
  RateLimitedBanner,
  RefusedBanner,
  RetryNowLabel,
  SettingsBanner,
} from "./Banner";

/** Promised to other people: they may override, extend or hide a banner by its id. */
export const NotificationId = {
  RateLimited: "FlexThrottleRateLimited",
  Queued: "FlexThrottleQueued",
  Refused: "FlexThrottleRefused",
  Settings: "FlexThrottleSettings",
} as const;

/** Below this a wait is no wait to a person. */
const NOTICEABLE_MS = 1000;

/** How long it is told that a deferred Action has run, from when it can be seen. */
const DONE_SHOWN_MS = 5000;

interface FlexParts {
  readonly Notifications: typeof Notifications;
  readonly NotificationType: typeof NotificationType;
  readonly NotificationBar: typeof NotificationBar;
}

export interface NotificationOptions {
  readonly store: {
    getState(): unknown;
    dispatch(action: ThrottleAction): unknown;
    subscribe(listener: () => void): () => void;
  };
  readonly services: Services;
  readonly isAdmin: boolean;
}

export function registerNotifications(
  { Notifications: notifications, NotificationType: type, NotificationBar: bar }: FlexParts,
  { store, services }: NotificationOptions,
): void {
  const { retryNow, cancel } = services;
  const giveUpNext = () => {
    const next = selectNextThrottled(selectThrottle(store.getState()).status);
    if (next) cancel(next.id);
  };
  // Flex's types want a string; it renders an element as well, and so it does for an action's label.
  const content = (element: React.ReactElement) => element as unknown as string;
  const UNTIL_DISMISSED = 0;
  notifications.registerNotification({
    id: NotificationId.Queued,
    type: type.information,
    content: content(<QueuedBanner services={services} />),
    timeout: UNTIL_DISMISSED,
  });
  notifications.registerNotification({
    id: NotificationId.RateLimited,
    type: type.warning,
    content: content(<RateLimitedBanner services={services} />),
    timeout: UNTIL_DISMISSED,
    actions: [
      <bar.Action key="retry" label={content(<RetryNowLabel services={services} />)} onClick={retryNow} />,
      <bar.Action key="give-up" label={content(<CancelNextLabel services={services} />)} onClick={giveUpNext} />,
    ],
  });
  notifications.registerNotification({
    id: NotificationId.Refused,
    type: type.error,
    content: content(<RefusedBanner services={services} />),
    timeout: 15_000,
  });
  notifications.registerNotification({
    id: NotificationId.Settings,
    type: type.warning,
    content: content(<SettingsBanner services={services} />),
    timeout: UNTIL_DISMISSED,
  });
}

/** Of which banner a screen reader hears what. */
const HEARD_IN: Record<string, readonly Heard[]> = {
  [NotificationId.Queued]: ["queued", "done"],
  [NotificationId.RateLimited]: ["limited"],
  [NotificationId.Refused]: ["refused"],
  [NotificationId.Settings]: ["capacity", "settings"],
};

/** @returns ends it, with every banner gone. */
export function showNotifications(
  { Notifications: notifications }: FlexParts,
  { store, services, isAdmin }: NotificationOptions,
): () => void {
  const { now, announcer } = services;
  const isShown = (id: string) => notifications.activeNotifications.some((active) => active.id === id);
  const dismiss = (id: string) => notifications.dismissNotificationById(id);
  const showAnew = (id: string) => {
    dismiss(id);
    notifications.showNotification(id);
  };
  const showOnce = (id: string) => {
    if (!isShown(id)) notifications.showNotification(id);
  };
  /** Shown for as long as there is a reason to. What is not there any more meanwhile was closed by the agent, and stays so. */
  const wanted = new Set<string>();
  const setWanted = (id: string, isWanted: boolean) => {
    if (!isWanted) {
      wanted.delete(id);
      if (isShown(id)) dismiss(id);
    } else if (!wanted.has(id)) {
      wanted.add(id);
      showOnce(id);
    }
  };

  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Since when it can be read that a deferred Action has run. */
  const readableSinceMs = new WeakMap<DeferredAction, number>();
  /** Something was given up while nobody could read it. */
  let isUnread = false;
  let seen = selectThrottle(store.getState());
  const update = () => {
    const before = seen;
    const state = selectThrottle(store.getState());
    // From here on: another plugin that hears of a banner may write to the store, which comes back to here.
    seen = state;
    const isNew = (name: "droppedCount" | "problems") => state[name] !== before[name];
    setWanted(NotificationId.RateLimited, countThrottledCalls(state.status).calls > 0);
    // Another Action has run: that is news, also where the wait for it was closed.
    if (state.done.some((outcome) => !before.done.includes(outcome))) wanted.delete(NotificationId.Queued);
    setWanted(NotificationId.Queued, waitIsNoticeable(state, now()) || state.done.length > 0);
    if (isNew("droppedCount")) {
      if (!isShown(NotificationId.Refused) && !isUnread)
        store.dispatch({ type: "flex-throttle/DROPPED_READ", count: before.droppedCount });
      isUnread = isHidden();
      showAnew(NotificationId.Refused);
    }
    // The agent has chosen to join after all.
    const { chat } = state.dropped ?? {};
    if (chat !== undefined && before.notJoined.includes(chat) && !state.notJoined.includes(chat)) {
      isUnread = false;
      dismiss(NotificationId.Refused);
    }
    const isCapacityNear = state.status.capacity.isNearlyFull && !before.status.capacity.isNearlyFull;
    if (isNew("problems") && state.problems.length === 0 && !state.status.capacity.isNearlyFull)
      dismiss(NotificationId.Settings);
    if (isAdmin && (isCapacityNear || (isNew("problems") && state.problems.length > 0)))
      showOnce(NotificationId.Settings);
    Object.values(NotificationId)
      .filter((id) => !isShown(id))
      .forEach((id) => HEARD_IN[id].forEach((about) => announcer.forget(about)));
    noteReadable(state.done);
    lookAgain(state);
  };
  // A wait grows noticeable, and good news old, without anything else happening.
  const lookAgain = ({ status, done }: ThrottleState) => {
    if (timer !== undefined) clearTimeout(timer);
    timer = status.waiting.length > 0 || done.length > 0 ? setTimeout(look, NOTICEABLE_MS) : undefined;
  };
  const look = () => {
    const { done } = selectThrottle(store.getState());
    const outcomes = done.filter((outcome) => now() - (readableSinceMs.get(outcome) ?? Infinity) >= DONE_SHOWN_MS);
    if (outcomes.length > 0) store.dispatch({ type: "flex-throttle/OUTCOMES_READ", outcomes });
    else update();
  };
  const noteReadable = (done: readonly DeferredAction[]) => {
    if (isHidden()) return;
    done.filter((outcome) => !readableSinceMs.has(outcome)).forEach((outcome) => readableSinceMs.set(outcome, now()));
  };

  // Flex takes it away after its time, whether or not anybody was there.
  const onVisibility = () => {
    if (!isUnread || isHidden()) return;
    isUnread = false;
    showAnew(NotificationId.Refused);
  };
  document.addEventListener("visibilitychange", onVisibility);
  const unsubscribe = store.subscribe(() => {
    if (selectThrottle(store.getState()) !== seen) update();
  });
  update();
  return () => {
    unsubscribe();
    document.removeEventListener("visibilitychange", onVisibility);
    if (timer !== undefined) clearTimeout(timer);
    Object.values(NotificationId).forEach(dismiss);
  };
}

/** Nobody reads a tab in the background. */
const isHidden = () => document.visibilityState === "hidden";

function waitIsNoticeable({ status }: ThrottleState, nowMs: number): boolean {
  const queued = selectQueuedCalls(status);
  const lastStartMs = Math.max(...queued.map(({ startMs }) => startMs));
  return queued.some(
    ({ waitingSinceMs }) => nowMs - waitingSinceMs > NOTICEABLE_MS || lastStartMs - waitingSinceMs > NOTICEABLE_MS,
  );
}
