/** The layers of Flex in which calls are intercepted. */

import type * as Flex from "@twilio/flex-ui";

import type { CallContext, DesktopStore, Install } from "../desktop";
import { installActions } from "./actions/actions";
import { watchOfferedChats } from "./actions/offeredChats";
import { installPermitAction } from "./actions/permitAction";
import { AgentTasks } from "./agentTasks";
import { ChatClient, installChatClient } from "./chat/chatClient";
import { followChatClient } from "./chat/followChatClient";
import { DeferredStorage, FlexEvents } from "./deferral/deferredStorage";
import { installJoin } from "./join/join";
import { MissedAccepts } from "./join/missedAccepts";

interface FlexParts {
  readonly flex: typeof Flex;
  readonly manager: Flex.Manager;
  /** Reports listeners that throw. */
  readonly store: Pick<DesktopStore, "subscribe">;
  readonly tasks: AgentTasks;
  /** Default: checks all tasks. */
  readonly joinLostChats: (isWanted?: (task: Flex.ITask) => boolean) => void;
}

export function flexInterceptors(
  { flex, manager, store, tasks, joinLostChats }: FlexParts,
  context: CallContext,
): readonly Install[] {
  const { settings, throttle, onDeferred, report } = context;
  const client = () => manager.chatClient as unknown as ChatClient | undefined;
  const deferred = new DeferredStorage({
    actions: flex.Actions,
    agentSid: () => tasks.agentSid,
    taskOf: (reservationSid) => tasks.find(reservationSid),
    maxWaitMs: () => settings().queue.maxWaitMs,
    onDeferred,
    report,
  });
  const missedAccepts = new MissedAccepts();
  return [
    () =>
      followChatClient({
        store,
        client,
        install: (each) => installChatClient(each, context),
        // Flex makes no join while it has no chat client.
        onReplaced: () => joinLostChats(),
      }),
    () =>
      installJoin(flex, {
        ...context,
        chatToken: () => client()?.token,
        isOpen: (reservationSid) => tasks.isOpen(reservationSid),
        onAccepted: missedAccepts.markHandled,
      }),
    () =>
      missedAccepts.watch({
        store,
        tasks,
        schedule: (callback, delayMs) => throttle.schedule(callback, delayMs),
        joinLostChats,
      }),
    () => watchOfferedChats({ ...context, store, tasks, helper: flex.TaskHelper }),
    () => installActions(flex, { ...context, keepForReload: deferred.keep }),
    () => installPermitAction(flex.Actions, context),
    () => deferred.install((manager as { events?: FlexEvents }).events),
  ];
}
