/**
 * Joins accepted chats that the agent never joined: the page was closed while the join waited, or Flex missed the accept.
 * Flex shows such a chat as loading until it is joined.
 */

import type { ChatOrchestrator, ITask } from "@twilio/flex-ui";

import { AgentTasks, isAccepted } from "../agentTasks";
import { chatOfTask, ChatReader } from "../taskChat";

interface FlexParts {
  readonly ChatOrchestrator: typeof ChatOrchestrator;
  readonly TaskHelper: ChatReader;
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
  /** Default: all tasks. */
  readonly isWanted?: (task: ITask) => boolean;
  /** Called for each chat that is joined again. */
  readonly onResumed?: () => void;
  readonly report: (error: unknown) => void;
}

/** Checks each of the agent's current tasks once. */
export async function joinLostChats(
  { ChatOrchestrator: orchestrator, TaskHelper: helper }: FlexParts,
  { chatClient, tasks, isOn, isWanted = () => true, onResumed, report }: RejoinOptions,
): Promise<void> {
  if (typeof chatClient?.getChannelBySid !== "function") return;
  const rejoin = async ({ sid }: ITask, channelSid: string | undefined) => {
    if (channelSid === undefined || (await isMember(chatClient, channelSid))) return;
    const task = tasks.find(sid);
    // The join reports its own outcome. For a member, Twilio's 409 counts as success.
    if (!task || !isAccepted(task) || !isOn()) return;
    onResumed?.();
    await orchestrator.handleReservationEvent("accepted", task).catch(() => undefined);
  };
  try {
    // Not in wrap-up: the agent may have handed the chat over and left it.
    const open = tasks.all().filter((task) => isAccepted(task) && isWanted(task));
    await Promise.all(open.map((task) => rejoin(task, chatOfTask(helper, task))));
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
