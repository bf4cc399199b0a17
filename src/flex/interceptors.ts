/** The layers of Flex in which calls are intercepted. */

import type * as Flex from "@twilio/flex-ui";

import type { CallContext, Install } from "../desktop";
import { installActions } from "./actions/actions";
import { installPermitAction } from "./actions/permitAction";
import { AgentTasks } from "./agentTasks";
import { ChatClient, installChatClient } from "./chat/chatClient";
import { DeferredStorage, FlexEvents } from "./deferral/deferredStorage";
import { installJoin } from "./join/join";

interface FlexParts {
  readonly flex: typeof Flex;
  readonly manager: Flex.Manager;
  readonly tasks: AgentTasks;
}

export function flexInterceptors({ flex, manager, tasks }: FlexParts, context: CallContext): readonly Install[] {
  const { settings, onDeferred, report } = context;
  const deferred = new DeferredStorage({
    actions: flex.Actions,
    agentSid: () => tasks.agentSid,
    taskOf: (reservationSid) => tasks.find(reservationSid),
    maxWaitMs: () => settings().queue.maxWaitMs,
    onDeferred,
    report,
  });
  return [
    () => installChatClient(manager.chatClient as unknown as ChatClient | undefined, context),
    () => installJoin(flex, context),
    () => installActions(flex, { ...context, keepForReload: deferred.keep }),
    () => installPermitAction(flex.Actions, context),
    () => deferred.install((manager as { events?: FlexEvents }).events),
  ];
}
