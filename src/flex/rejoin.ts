/**
 * After a reload: reservations that are accepted and whose chat the agent never joined, because the page went while the
 * join waited. Flex shows such a chat as loading for ever; its own way of joining mends it, in its turn.
 */

import type { ChatOrchestrator, ITask, TaskHelper } from "@twilio/flex-ui";

interface FlexParts {
  readonly ChatOrchestrator: typeof ChatOrchestrator;
  readonly TaskHelper: typeof TaskHelper;
}

/** What is used of the chat client; a degraded one does not have it. */
interface ChatClient {
  getChannelBySid?(sid: string): Promise<{ readonly status: string }>;
}

export interface RejoinOptions {
  readonly chatClient: ChatClient | undefined;
  /** The agent's tasks of the moment, by their reservations. */
  readonly tasks: () => ReadonlyMap<string, ITask> | undefined;
  /** Whether joins are paced: only then are they made again. */
  readonly isOn: () => boolean;
  readonly report: (error: unknown) => void;
}

/** Looks at the tasks that are there by now, each once. */
export async function rejoinChats(
  { ChatOrchestrator: orchestrator, TaskHelper: helper }: FlexParts,
  { chatClient, tasks, isOn, report }: RejoinOptions,
): Promise<void> {
  if (typeof chatClient?.getChannelBySid !== "function") return;
  const isOpen = (task: ITask | undefined): task is ITask =>
    task !== undefined && helper.isChatBasedTask(task) && helper.isTaskAccepted(task);

  const rejoin = async ({ sid }: ITask, channelSid: string) => {
    if (await isMember(chatClient, channelSid)) return;
    const task = tasks()?.get(sid);
    // How it ends is told where it is made; an agent who is in the chat after all (409) is in it.
    if (isOpen(task) && isOn()) await orchestrator.handleReservationEvent("accepted", task).catch(() => undefined);
  };
  try {
    const open = Array.from(tasks()?.values() ?? []).filter(isOpen);
    await Promise.all(open.map((task) => rejoin(task, helper.getTaskChatChannelSid(task))));
  } catch (error) {
    report(error);
  }
}

/** Asked of the chat client, which answers once it has its list of chats: Flex's own state is behind it after a reload. */
async function isMember(chatClient: ChatClient, channelSid: string): Promise<boolean> {
  try {
    return (await chatClient.getChannelBySid?.(channelSid))?.status === "joined";
  } catch {
    // Twilio does not show others' chats.
    return false;
  }
}
