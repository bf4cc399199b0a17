/** Reads the chat of a task. The account's own code writes the attributes of tasks, so they can hold anything. */

import type { ITask, TaskHelper } from "@twilio/flex-ui";

import { tryTo } from "../helpers/tryTo";

export type ChatReader = Pick<typeof TaskHelper, "isChatBasedTask" | "getTaskChatChannelSid">;

/** @returns the sid of the chat's channel; `undefined` for a task without one, or with attributes that Flex cannot read. */
export function chatOfTask(helper: ChatReader, task: ITask): string | undefined {
  const sid: unknown = tryTo(() => helper.isChatBasedTask(task) && helper.getTaskChatChannelSid(task));
  return typeof sid === "string" && sid !== "" ? sid : undefined;
}
