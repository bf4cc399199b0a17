/** Shows the state of a join in Flex's chat tab and in the task list. */

import type * as Flex from "@twilio/flex-ui";
import React from "react";

import { Guard } from "../../components/guard";
import { Services } from "../../components/services";
import { Joining } from "../../components/task/Joining";
import { describeJoin, selectJoinState } from "../../components/task/joinState";
import { tryTo } from "../../helpers/tryTo";
import { installAll, patchMethod, Uninstall } from "../../patch";
import { selectThrottle } from "../../state/selectors";
import { chatOfTask } from "../taskChat";

type FlexParts = Pick<
  typeof Flex,
  | "StateHelper"
  | "Tab"
  | "TaskCanvasTabs"
  | "TaskChannelHelper"
  | "TaskChannels"
  | "TaskHelper"
  | "Template"
  | "withTaskContext"
>;

export interface TaskPartsOptions {
  readonly store: { getState(): unknown };
  readonly services: Services;
}

/** The props that Flex passes to components of a task. */
interface TaskProps {
  readonly task?: Flex.ITask;
  readonly chatChannel?: { readonly source?: { readonly status?: string } };
  readonly channelDefinition?: Flex.TaskChannelDefinition;
}

/** Flex's own order of tabs: outbound 0, incoming 1, call 2, chat 3. */
const CHAT_TAB_ORDER = 3;

export function installTaskParts(flex: FlexParts, options: TaskPartsOptions): Uninstall {
  return installAll([() => replaceChatTab(flex, options), () => replaceListLine(flex, options)]);
}

/** Whether the task's chat cannot be shown: Flex has no channel, or one that the agent has left and will join again. */
function isWithoutChat(
  { TaskHelper: helper }: FlexParts,
  store: TaskPartsOptions["store"],
  { task, chatChannel }: TaskProps,
): boolean {
  const chat = task?.status === "accepted" ? chatOfTask(helper, task) : undefined;
  if (chat === undefined || chatChannel?.source?.status === "joined") return false;
  return !chatChannel?.source || selectJoinState(selectThrottle(store.getState()), chat) !== undefined;
}

function replaceChatTab(flex: FlexParts, { services, store }: TaskPartsOptions): Uninstall {
  const { Tab, TaskCanvasTabs: tabs, TaskChannelHelper: channelHelper, TaskHelper: helper, Template } = flex;
  // Flex passes no props to the children of a tab.
  const inTask = (View: React.ComponentType<TaskProps>) =>
    flex.withTaskContext(View as never) as unknown as React.ComponentType;
  const Label = inTask(({ task, channelDefinition }) => {
    const header = channelDefinition?.templates?.TaskCanvasTabs?.contentTabHeader ?? "";
    return <Template code={task ? channelHelper.getTemplateForStatus(task, header, tabs) : ""} />;
  });
  const Content = inTask(({ task }) => {
    const chat = task && chatOfTask(helper, task);
    return chat === undefined ? null : <Joining services={services} chat={chat} />;
  });

  const label = (
    <Guard report={services.report}>
      <Label />
    </Guard>
  );
  const isShown = (props: TaskProps) => isWithoutChat(flex, store, props);
  return installAll([
    () => tabs.Content.remove("chat", { if: isShown }),
    () =>
      tabs.Content.add(
        <Tab key="flex-throttle-joining" uniqueName="chat" label={label}>
          <Guard report={services.report}>
            <Content />
          </Guard>
        </Tab>,
        { sortOrder: CHAT_TAB_ORDER, if: isShown },
      ),
  ]);
}

/** Flex computes the lines of every task in `getTemplateForStatus`, also for channels that are registered later. */
function replaceListLine(flex: FlexParts, { store, services }: TaskPartsOptions): Uninstall {
  const { StateHelper: stateHelper, TaskChannels: channels, TaskHelper: helper } = flex;
  const findLine = (task: Flex.ITask, template: unknown): string | undefined => {
    // A pending task has a join only if the agent has accepted it and the accept is queued.
    const chat = chatOfTask(helper, task);
    if (chat === undefined) return undefined;
    const isPending = task.status === "pending";
    if (!isPending && !isWithoutChat(flex, store, { task, chatChannel: stateHelper.getChatChannelStateForTask(task) }))
      return undefined;
    const throttle = selectThrottle(store.getState());
    const state = selectJoinState(throttle, chat);
    const isSecondLine = template === channels.getForTask(task).templates?.TaskListItem?.secondLine;
    if (!isSecondLine) return undefined;
    // No banner is shown while the agent has a task to accept.
    if (isPending && throttle.unread.some((drop) => drop.chat === chat)) return services.text("AcceptAgain");
    return state && (!isPending || state.is === "waiting") ? describeJoin(state, services) : undefined;
  };
  return patchMethod(
    flex.TaskChannelHelper,
    "getTemplateForStatus",
    (original) =>
      function getTemplateForStatus(this: typeof Flex.TaskChannelHelper, task, template, component) {
        return tryTo(() => findLine(task, template), services.report) ?? original.call(this, task, template, component);
      },
  );
}
