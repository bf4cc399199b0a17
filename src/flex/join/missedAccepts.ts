/**
 * Finds tasks that were accepted while TaskRouter's connection was gone: in a frozen tab, or on a sleeping machine. Their
 * event is lost. Flex later reads them from TaskRouter, but does not join them.
 */

import type { ITask } from "@twilio/flex-ui";

import type { Uninstall } from "../../patch";
import { AgentTasks, isAccepted } from "../agentTasks";

/** Flex's state can change shortly before Flex handles the event. */
const EVENT_DELAY_MS = 1000;

export interface MissedAcceptsOptions {
  /** Reports listeners that throw. */
  readonly store: { subscribe(listener: () => void): () => void };
  readonly tasks: Pick<AgentTasks, "all" | "find">;
  readonly schedule: (callback: () => void, delayMs: number) => () => void;
  /** Joins the chats of the tasks that `isMissed` accepts. */
  readonly joinLostChats: (isMissed: (task: ITask) => boolean) => void;
}

export class MissedAccepts {
  /** Sids of the listed reservations that Flex has handled. */
  private readonly handled = new Set<string>();

  readonly markHandled = (reservationSid: string): void => void this.handled.add(reservationSid);

  watch({ store, tasks, schedule, joinLostChats }: MissedAcceptsOptions): Uninstall {
    const isMissed = (task: ITask) => isAccepted(task) && !this.handled.has(task.sid);
    let cancel: (() => void) | undefined;
    const check = () => {
      cancel = undefined;
      const missed = tasks.all().filter(isMissed);
      missed.forEach(({ sid }) => this.markHandled(sid));
      if (missed.length > 0) joinLostChats((task) => missed.includes(task));
    };
    const unsubscribe = store.subscribe(() => {
      this.handled.forEach((sid) => tasks.find(sid) ?? this.handled.delete(sid));
      if (!cancel && tasks.all().some(isMissed)) cancel = schedule(check, EVENT_DELAY_MS);
    });
    return () => {
      unsubscribe();
      cancel?.();
    };
  }
}
