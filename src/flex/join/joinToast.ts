/** Suppresses Flex's toast "Failed to add worker to the chat channel." for joins that are still retried. */

import type { Notifications } from "@twilio/flex-ui";

import type { Uninstall } from "../../patch";

const TOAST_ID = "ChatOrchestrationAddToChatChannelFailed";

export class JoinToast {
  /** Runs of Flex's join in progress. A run goes on for a while after its reservation has ended. */
  private runs = 0;
  private isShowing = false;

  constructor(private readonly notifications: typeof Notifications) {}

  install(): Uninstall {
    const suppress = (notification: { id: string }, cancel: () => void) => {
      if (notification.id === TOAST_ID && this.runs > 0 && !this.isShowing) cancel();
    };
    this.notifications.addListener("beforeAddNotification", suppress);
    return () => this.notifications.removeListener("beforeAddNotification", suppress);
  }

  /** Runs Flex's join with its toast suppressed. */
  suppressDuring<T>(join: () => Promise<T>): Promise<T> {
    this.runs += 1;
    return join().finally(() => (this.runs -= 1));
  }

  /** Shows the toast for a join that has failed. */
  show(): void {
    this.isShowing = true;
    try {
      this.notifications.showNotification(TOAST_ID);
    } finally {
      this.isShowing = false;
    }
  }
}
