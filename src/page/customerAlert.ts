/**
 * Calls the agent back who looks at another tab while a customer waits: a browser notification, once for each customer,
 * and only where the agent has allowed it. While the tab is seen this costs nothing: the banner serves.
 */

import type { Uninstall } from "../patch";
import { TextOf } from "../texts/texts";
import { Clock } from "../throttle/clock";
import { JOIN } from "../state/publishedStatus";
import { Throttle } from "../throttle/throttle";

/** A customer who waits so long is called about. */
const LONG_MS = 10_000;

/** How often it is looked at, and only while somebody waits. */
const LOOK_MS = 1000;

/** From the turn of an accept to that of its join, and while a join is under way, nothing is in the queue: it is the same wait. */
const GAP_MS = 15_000;

interface Wait {
  readonly sinceMs: number;
  seenMs: number;
  isTold: boolean;
}

export interface CustomerAlertOptions {
  readonly throttle: Throttle;
  readonly clock: Clock;
  readonly text: TextOf;
}

export function installCustomerAlert({ throttle, clock, text }: CustomerAlertOptions): Uninstall {
  /** By the sids of the chats' channels. */
  const waits = new Map<string, Wait>();
  let cancelLook: (() => void) | undefined;
  let shown: Notification | undefined;

  const isHidden = () => document.visibilityState === "hidden";
  const close = () => {
    shown?.close();
    shown = undefined;
  };
  const look = () => {
    cancelLook = undefined;
    const nowMs = clock.now();
    const { waiting, retryingByKind } = throttle.status();
    waiting.forEach(({ kind, key: chat, waitingSinceMs }) => {
      if (kind !== JOIN || chat === undefined) return;
      const wait = waits.get(chat);
      if (wait) wait.seenMs = nowMs;
      else waits.set(chat, { sinceMs: waitingSinceMs, seenMs: nowMs, isTold: false });
    });
    waits.forEach(({ seenMs }, chat) => {
      if (nowMs - seenMs > GAP_MS) waits.delete(chat);
    });
    const open = Array.from(waits.values()).filter(({ seenMs }) => seenMs === nowMs);
    if (open.length === 0 && !retryingByKind[JOIN]) close();
    if (isHidden()) tell(open.filter(({ sinceMs }) => nowMs - sinceMs > LONG_MS));
    if (waits.size > 0) lookSoon();
  };
  const tell = (long: readonly Wait[]) => {
    if (long.every(({ isTold }) => isTold)) return;
    long.forEach((wait) => (wait.isTold = true));
    shown =
      show(
        text("FlexThrottleQueuedJoins", { count: long.length }),
        text("FlexThrottleAlert", { seconds: LONG_MS / 1000 }),
      ) ?? shown;
  };
  const lookSoon = () => {
    cancelLook ??= clock.schedule(look, LOOK_MS);
  };
  const endChanges = throttle.onChange(() => {
    if (isHidden()) lookSoon();
  });
  const onVisibility = () => {
    if (isHidden()) look();
    else close();
  };
  document.addEventListener("visibilitychange", onVisibility);
  return () => {
    endChanges();
    document.removeEventListener("visibilitychange", onVisibility);
    cancelLook?.();
    close();
  };
}

/** @returns nothing where the agent has not allowed it, or the browser has no such thing for pages. */
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
