/**
 * Shows a browser notification while a customer waits and the tab is hidden: once per customer, and only if the agent has
 * allowed notifications. In a visible tab the banner is enough.
 */

import { Throttle } from "../flexThrottle";
import type { Uninstall } from "../patch";
import { TextOf } from "../texts/texts";
import { Clock } from "../throttle/clock";
import { JOIN } from "../state/publishedStatus";

/** The notification is shown after a customer has waited this long. */
const LONG_WAIT_MS = 10_000;

/** How often waits are checked while there are any. */
const CHECK_MS = 1000;

/** Between an accept and its join, and while the join is sent, nothing is queued: gaps this short belong to the same wait. */
const GAP_MS = 15_000;

interface Wait {
  readonly sinceMs: number;
  lastSeenMs: number;
  isNotified: boolean;
}

export interface CustomerAlertOptions {
  readonly throttle: Throttle;
  readonly clock: Clock;
  readonly text: TextOf;
}

export function installCustomerAlert({ throttle, clock, text }: CustomerAlertOptions): Uninstall {
  /** By the sid of the chat's channel. */
  const waits = new Map<string, Wait>();
  let cancelCheck: (() => void) | undefined;
  let shown: Notification | undefined;

  const isHidden = () => document.visibilityState === "hidden";
  const close = () => {
    shown?.close();
    shown = undefined;
  };
  const check = () => {
    cancelCheck = undefined;
    const nowMs = clock.now();
    const { waiting, retryingByKind } = throttle.status();
    waiting.forEach(({ kind, key: chat, waitingSinceMs }) => {
      if (kind !== JOIN || chat === undefined) return;
      const wait = waits.get(chat);
      if (wait) wait.lastSeenMs = nowMs;
      else waits.set(chat, { sinceMs: waitingSinceMs, lastSeenMs: nowMs, isNotified: false });
    });
    waits.forEach(({ lastSeenMs }, chat) => {
      if (nowMs - lastSeenMs > GAP_MS) waits.delete(chat);
    });
    const open = Array.from(waits.values()).filter(({ lastSeenMs }) => lastSeenMs === nowMs);
    if (open.length === 0 && !retryingByKind[JOIN]) close();
    if (isHidden()) notify(open.filter(({ sinceMs }) => nowMs - sinceMs > LONG_WAIT_MS));
    if (waits.size > 0) checkSoon();
  };
  const notify = (long: readonly Wait[]) => {
    if (long.every(({ isNotified }) => isNotified)) return;
    long.forEach((wait) => (wait.isNotified = true));
    shown =
      show(
        text("FlexThrottleQueuedJoins", { count: long.length }),
        text("FlexThrottleAlert", { seconds: LONG_WAIT_MS / 1000 }),
      ) ?? shown;
  };
  const checkSoon = () => {
    cancelCheck ??= clock.schedule(check, CHECK_MS);
  };
  const endChanges = throttle.onChange(() => {
    if (isHidden()) checkSoon();
  });
  const onVisibility = () => {
    if (isHidden()) check();
    else close();
  };
  document.addEventListener("visibilitychange", onVisibility);
  return () => {
    endChanges();
    document.removeEventListener("visibilitychange", onVisibility);
    cancelCheck?.();
    close();
  };
}

/** @returns `undefined` if the agent has not allowed notifications, or the browser has none for pages. */
function show(title: string, body: string): Notification | undefined {
  try {
    if (Notification.permission !== "granted") return undefined;
    const notification = new Notification(title, { body, tag: "flex-throttle" });
    notification.onclick = () => {
      window.focus();
      notification.close();
    };
    return notification;
  } catch {
    return undefined;
  }
}
