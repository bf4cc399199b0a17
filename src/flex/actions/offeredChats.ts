/** Reports while the agent has a chat to accept, so that the account budget is connected before the accept. */

import type { TaskHelper } from "@twilio/flex-ui";

import { ADD_MEMBER, RateLimitId } from "../../limits/limits";
import type { Uninstall } from "../../patch";
import type { Settings } from "../../settings/readSettings";
import type { AgentTasks } from "../agentTasks";
import { chatOfTask } from "../taskChat";
import { ACCEPT_TASK } from "./acceptTask";

export interface OfferedChatsOptions {
  /** Reports listeners that throw. */
  readonly store: { subscribe(listener: () => void): () => void };
  readonly tasks: Pick<AgentTasks, "all">;
  readonly helper: typeof TaskHelper;
  readonly settings: () => Settings;
  /** Called at each change of the store, with the limits that the accept will spend. */
  readonly onChatOffered: (limits: readonly RateLimitId[]) => void;
}

export function watchOfferedChats(options: OfferedChatsOptions): Uninstall {
  const { store, tasks, helper, settings, onChatOffered } = options;
  return store.subscribe(() => {
    const isOffered = tasks.all().some((task) => task.status === "pending" && chatOfTask(helper, task));
    if (isOffered) onChatOffered(settings().actions[ACCEPT_TASK]?.limits ?? [ADD_MEMBER]);
  });
}
