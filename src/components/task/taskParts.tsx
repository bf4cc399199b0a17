/** Puts what is known of a join where Flex shows an accepted chat: into its canvas, and into its line of the task list. */

import type * as Flex from "@twilio/flex-ui";
import React from "react";

import { patchMethod, Uninstall } from "../../patch";
import { selectThrottle } from "../../state/selectors";
import { Guard } from "../guard";
import { Services } from "../services";
import { Joining } from "./Joining";
import { describeJoin, joinState } from "./joinState";

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

/** What Flex hands to who stands in a task. */
interface TaskProps {
  readonly task?: Flex.ITask;
  readonly chatChannel?: { readonly source?: unknown };
  readonly channelDefinition?: Flex.TaskChannelDefinition;
}

/** Stock Flex's order: outbound 0, incoming 1, call 2, chat 3. */
const CHAT_TAB_ORDER = 3;

export function installTaskParts(flex: FlexParts, options: TaskPartsOptions): Uninstall {
  const uninstalls = [showInCanvas(flex, options), showInList(flex, options)];
  return () => uninstalls.forEach((uninstall) => uninstall());
}

/** While Flex has no chat to show: exactly where it shows its spinner. */
function isWithoutChat({ TaskHelper: helper }: FlexParts, { task, chatChannel }: TaskProps): boolean {
  return task !== undefined && task.status === "accepted" && helper.isChatBasedTask(task) && !chatChannel?.source;
}

function showInCanvas(flex: FlexParts, { services }: TaskPartsOptions): Uninstall {
  const { Tab, TaskCanvasTabs: tabs, TaskChannelHelper: channelHelper, TaskHelper: helper, Template } = flex;
  // A tab's children are handed nothing.
  const inTask = (View: React.ComponentType<TaskProps>) =>
    flex.withTaskContext(View as never) as unknown as React.ComponentType;
  const Label = inTask(({ task, channelDefinition }) => (
    <Template
      code={
        task
          ? channelHelper.getTemplateForStatus(
              task,
              channelDefinition?.templates?.TaskCanvasTabs?.contentTabHeader ?? "",
              tabs,
            )
          : ""
      }
    />
  ));
  const Room = inTask(({ task }) =>
    task ? <Joining services={services} chat={helper.getTaskChatChannelSid(task)} /> : null,
  );

  const isShown = (props: TaskProps) => isWithoutChat(flex, props);
  const content = tabs.Content;
  const cleanups = [
    content.remove("chat", { if: isShown }),
    content.add(
      <Tab key="flex-throttle-joining" uniqueName="chat" label={<Label />}>
        <Guard report={services.report}>
          <Room />
        </Guard>
      </Tab>,
      { sortOrder: CHAT_TAB_ORDER, if: isShown },
    ),
  ];
  return () => cleanups.forEach((cleanup) => cleanup());
}

/** Whichever channel a task is of, also one that is registered later: Flex asks for each line in one place, every second. */
function showInList(flex: FlexParts, { store, services }: TaskPartsOptions): Uninstall {
  const { StateHelper: stateHelper, TaskChannels: channels, TaskHelper: helper } = flex;
  const lineOf = (task: Flex.ITask, template: unknown): string | undefined => {
    try {
      // A pending one may be accepted by the agent, and its accept be held: nothing else is known of it.
      const isPending = task.status === "pending" && helper.isChatBasedTask(task);
      if (!isPending && !isWithoutChat(flex, { task, chatChannel: stateHelper.getChatChannelStateForTask(task) }))
        return undefined;
      const state = joinState(selectThrottle(store.getState()), helper.getTaskChatChannelSid(task));
      if (isPending && state?.is !== "waiting") return undefined;
      const isSecondLine = state && template === channels.getForTask(task).templates?.TaskListItem?.secondLine;
      return isSecondLine ? describeJoin(state, services) : undefined;
    } catch (error) {
      services.report(error);
      return undefined;
    }
  };
  return patchMethod(
    flex.TaskChannelHelper,
    "getTemplateForStatus",
    (original) =>
      function getTemplateForStatus(this: typeof Flex.TaskChannelHelper, task, template, component) {
        return lineOf(task, template) ?? original.call(this, task, template, component);
      },
  );
}
