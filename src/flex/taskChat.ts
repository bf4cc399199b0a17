/** Reads the chat of a task. The account's own code writes the attributes of tasks, so they can hold anything. */

import type { ITask, TaskHelper } from "@twilio/flex-ui";

export type ChatReader = Pick<typeof TaskHelper, "isChatBasedTask" | "getTaskChatChannelSid">;

/** @returns the sid of the chat's channel; `undefined` for a task without one, or with attributes that Flex cannot read. */
export function chatOfTask(helper: ChatReader, task: ITask): string | undefined {
  try {
    const sid: unknown = helper.isChatBasedTask(task) ? helper.getTaskChatChannelSid(task) : undefined;
    return typeof sid === "string" && sid !== "" ? sid : undefined;
  } catch {
    return undefined;
  }
}
