/**
 * After a reload, joins accepted chats that the agent never joined because the page was closed while the join waited.
 * Flex shows such a chat as loading until it is joined.
 */

import type { ChatOrchestrator, ITask, TaskHelper } from "@twilio/flex-ui";

import type { AgentTasks } from "../agentTasks";

interface FlexParts {
  readonly ChatOrchestrator: typeof ChatOrchestrator;
  readonly TaskHelper: typeof TaskHelper;
}

/** The part of the chat client that is used. A degraded client does not have the method. */
interface ChatClient {
  getChannelBySid?(sid: string): Promise<{ readonly status: string }>;
}

export interface RejoinOptions {
  readonly chatClient: ChatClient | undefined;
  readonly tasks: Pick<AgentTasks, "all" | "find">;
  /** Whether joins are paced; only then are they repeated. */
  readonly isOn: () => boolean;
  readonly report: (error: unknown) => void;
}

/** Checks each of the agent's current tasks once. */
export async function joinLostChats(
  { ChatOrchestrator: orchestrator, TaskHelper: helper }: FlexParts,
  { chatClient, tasks, isOn, report }: RejoinOptions,
): Promise<void> {
  if (typeof chatClient?.getChannelBySid !== "function") return;
  const isOpen = (task: ITask | undefined): task is ITask =>
    task !== undefined && helper.isChatBasedTask(task) && helper.isTaskAccepted(task);

  const rejoin = async ({ sid }: ITask, channelSid: string) => {
    if (await isMember(chatClient, channelSid)) return;
    const task = tasks.find(sid);
    // The join reports its own outcome. For a member, Twilio's 409 counts as success.
    if (isOpen(task) && isOn()) await orchestrator.handleReservationEvent("accepted", task).catch(() => undefined);
  };
  try {
    const open = tasks.all().filter(isOpen);
    await Promise.all(open.map((task) => rejoin(task, helper.getTaskChatChannelSid(task))));
  } catch (error) {
    report(error);
  }
}

/** Asks the chat client, which answers after loading its channels. Flex's state is incomplete after a reload. */
async function isMember(chatClient: ChatClient, channelSid: string): Promise<boolean> {
  try {
    return (await chatClient.getChannelBySid?.(channelSid))?.status === "joined";
  } catch {
    // Twilio rejects for chats of which the agent is not a member.
    return false;
  }
}
