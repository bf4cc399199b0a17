/** Shows and takes away the banners as the throttle's state says; one of each at a time. */

import type { Notifications, NotificationType } from "@twilio/flex-ui";
import React from "react";

import { selectThrottle, ThrottleState } from "../state/throttleState";
import { QueuedBanner, RateLimitedBanner, RefusedBanner, SettingsBanner } from "./Banner";
import { Texts } from "./texts";

/** Promised to other people: they may override, extend or hide a banner by its id. */
export const NotificationId = {
  RateLimited: "FlexThrottleRateLimited",
  Queued: "FlexThrottleQueued",
  Refused: "FlexThrottleRefused",
  Settings: "FlexThrottleSettings",
} as const;

/** Below this a wait is no wait to a person. */
const NOTICEABLE_MS = 1000;

/** How long it is told that a deferred Action has run. */
const DONE_SHOWN_MS = 5000;

interface FlexParts {
  readonly Notifications: typeof Notifications;
  readonly NotificationType: typeof NotificationType;
}

export interface NotificationOptions {
  readonly store: { getState(): unknown; subscribe(listener: () => void): () => void };
  readonly texts: Texts;
  /** Milliseconds on the throttle's clock. */
  readonly now: () => number;
  readonly isAdmin: boolean;
}

export function registerNotifications({ Notifications: notifications, NotificationType: type }: FlexParts, { texts, now }: NotificationOptions): void {
  const own = { texts, now };
  // Flex's types want a string; it renders an element as well.
  const content = (element: React.ReactElement) => element as unknown as string;
  const UNTIL_DISMISSED = 0;
  notifications.registerNotification({
    id: NotificationId.Queued,
    type: type.information,
    content: content(<QueuedBanner {...own} />),
    timeout: UNTIL_DISMISSED,
    closeButton: false,
  });
  notifications.registerNotification({
    id: NotificationId.RateLimited,
    type: type.warning,
    content: content(<RateLimitedBanner {...own} />),
    timeout: UNTIL_DISMISSED,
    closeButton: false,
  });
  notifications.registerNotification({
    id: NotificationId.Refused,
    type: type.error,
    content: content(<RefusedBanner {...own} />),
    timeout: 15_000,
  });
  notifications.registerNotification({
    id: NotificationId.Settings,
    type: type.warning,
    content: content(<SettingsBanner {...own} />),
    timeout: UNTIL_DISMISSED,
  });
}

/** @returns ends it, with every banner gone. */
export function showNotifications({ Notifications: notifications }: FlexParts, { store, now, isAdmin }: NotificationOptions): () => void {
  const isShown = (id: string) => notifications.activeNotifications.some((active) => active.id === id);
  const showOnce = (id: string) => {
    if (!isShown(id)) notifications.showNotification(id);
  };
  const setShown = (id: string, wanted: boolean) => {
    if (wanted) showOnce(id);
    else if (isShown(id)) notifications.dismissNotificationById(id);
  };

  let timer: ReturnType<typeof setTimeout> | undefined;
  let doneUntilMs = -Infinity;
  let seen = selectThrottle(store.getState());
  const update = () => {
    const before = seen;
    const state = selectThrottle(store.getState());
    // From here on: another plugin that hears of a banner may write to the store, which comes back to here.
    seen = state;
    const isNew = (name: "deferred" | "givenUpCount" | "problems") => state[name] !== before[name];
    const isLimited = state.status.retrying > 0;
    if (isNew("deferred") && state.deferred?.state === "done") doneUntilMs = now() + DONE_SHOWN_MS;
    setShown(NotificationId.RateLimited, isLimited);
    setShown(NotificationId.Queued, !isLimited && (waitIsNoticeable(state, now()) || now() < doneUntilMs));
    if (isNew("givenUpCount")) {
      notifications.dismissNotificationById(NotificationId.Refused);
      notifications.showNotification(NotificationId.Refused);
    }
    const isCapacityNear = state.status.capacity.isNearlyFull && !before.status.capacity.isNearlyFull;
    if (isNew("problems") && state.problems.length === 0 && !state.status.capacity.isNearlyFull) notifications.dismissNotificationById(NotificationId.Settings);
    if (isAdmin && (isCapacityNear || (isNew("problems") && state.problems.length > 0))) showOnce(NotificationId.Settings);
    lookAgain(state);
  };
  // A wait grows noticeable, and good news old, without anything else happening.
  const lookAgain = ({ status }: ThrottleState) => {
    if (timer !== undefined) clearTimeout(timer);
    timer = status.waiting.length > 0 || now() < doneUntilMs ? setTimeout(update, NOTICEABLE_MS) : undefined;
  };

  const unsubscribe = store.subscribe(() => {
    if (selectThrottle(store.getState()) !== seen) update();
  });
  update();
  return () => {
    unsubscribe();
    if (timer !== undefined) clearTimeout(timer);
    Object.values(NotificationId).forEach((id) => notifications.dismissNotificationById(id));
  };
}

function waitIsNoticeable({ status: { waiting, lastStartMs } }: ThrottleState, nowMs: number): boolean {
  return waiting.some(({ sinceMs }) => nowMs - sinceMs > NOTICEABLE_MS || lastStartMs - sinceMs > NOTICEABLE_MS);
}
