/**
 * Shows a browser notification while a customer waits and the tab is hidden: once per customer, and only if the agent has
 * allowed notifications. In a visible tab the banner is enough.
 */

import { Throttle } from "../flexThrottle";
import { isPageHidden } from "../helpers/isPageHidden";
import { listen } from "../helpers/listen";
import { tryTo } from "../helpers/tryTo";
import { installAll, Uninstall } from "../patch";
import { TextOf } from "../texts/texts";
import { Clock } from "../throttle/clock";
import { areAlertsOn } from "./alertSetting";
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

export function installCustomerAlert(options: CustomerAlertOptions): Uninstall {
  const alert = new CustomerAlert(options);
  return installAll([
    () => () => alert.end(),
    () =>
      options.throttle.onChange(() => {
        if (isPageHidden()) alert.checkSoon();
      }),
    () =>
      listen(document, ["visibilitychange"], () => {
        if (isPageHidden()) alert.check();
        else alert.close();
      }),
  ]);
}

class CustomerAlert {
  /** By the sid of the chat's channel. */
  private readonly waits = new Map<string, Wait>();
  private cancelCheck: (() => void) | undefined;
  private shown: Notification | undefined;

  constructor(private readonly options: CustomerAlertOptions) {}

  checkSoon(): void {
    this.cancelCheck ??= this.options.clock.schedule(() => this.check(), CHECK_MS);
  }

  check(): void {
    this.cancelCheck = undefined;
    const { throttle, clock } = this.options;
    const nowMs = clock.now();
    const { waiting, retryingByKind } = throttle.status();
    waiting.forEach(({ kind, key: chat, waitingSinceMs }) => {
      if (kind === JOIN && chat !== undefined) this.recordWait(chat, waitingSinceMs, nowMs);
    });
    this.waits.forEach(({ lastSeenMs }, chat) => {
      if (nowMs - lastSeenMs > GAP_MS) this.waits.delete(chat);
    });
    const open = Array.from(this.waits.values()).filter(({ lastSeenMs }) => lastSeenMs === nowMs);
    if (open.length === 0 && !retryingByKind[JOIN]) this.close();
    if (isPageHidden()) this.notify(open.filter(({ sinceMs }) => nowMs - sinceMs > LONG_WAIT_MS));
    if (this.waits.size > 0) this.checkSoon();
  }

  close(): void {
    this.shown?.close();
    this.shown = undefined;
  }

  end(): void {
    this.cancelCheck?.();
    this.close();
  }

  private recordWait(chat: string, sinceMs: number, nowMs: number): void {
    const wait = this.waits.get(chat);
    if (wait) wait.lastSeenMs = nowMs;
    else this.waits.set(chat, { sinceMs, lastSeenMs: nowMs, isNotified: false });
  }

  private notify(long: readonly Wait[]): void {
    if (long.every(({ isNotified }) => isNotified)) return;
    long.forEach((wait) => (wait.isNotified = true));
    const { text } = this.options;
    const title = text("QueuedJoins", { count: long.length });
    const body = text("Alert", { seconds: LONG_WAIT_MS / 1000 });
    this.shown = show(title, body) ?? this.shown;
  }
}

/** @returns `undefined` if the agent has not allowed notifications, or the browser has none for pages. */
function show(title: string, body: string): Notification | undefined {
  return tryTo(() => {
    if (!areAlertsOn()) return undefined;
    const notification = new Notification(title, { body, tag: "flex-throttle" });
    notification.onclick = () => {
      window.focus();
      notification.close();
    };
    return notification;
  });
}
