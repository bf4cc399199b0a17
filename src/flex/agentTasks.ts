/** Reads the agent's tasks from Flex's store. */

import type { ITask, Manager, TaskHelper } from "@twilio/flex-ui";

import { chatOfTask } from "./taskChat";

/** The part of Flex's state that is read. */
interface WorkerState {
  readonly source?: { readonly sid: string };
  /** By the sids of their reservations. */
  readonly tasks?: ReadonlyMap<string, ITask>;
}

export class AgentTasks {
  constructor(
    private readonly store: Pick<Manager["store"], "getState">,
    private readonly helper: typeof TaskHelper,
  ) {}

  /** The sid of the agent. */
  get agentSid(): string | undefined {
    return this.worker?.source?.sid;
  }

  all(): readonly ITask[] {
    return Array.from(this.worker?.tasks?.values() ?? []);
  }

  find(reservationSid: string): ITask | undefined {
    return this.worker?.tasks?.get(reservationSid);
  }

  /** Whether the reservation has neither ended nor gone to wrap-up. */
  isOpen(reservationSid: string): boolean {
    const task = this.find(reservationSid);
    return task !== undefined && task.status !== "wrapping" && task.status !== "completed";
  }

  /**
   * A chat that comes back to the agent has a second task while the first one is in wrap-up.
   *
   * @param chat the sid of the chat's channel.
   * @returns the tasks of the chat, the ones that the agent works on first.
   */
  findByChat(chat: string): readonly ITask[] {
    const tasks = this.all().filter((task) => chatOfTask(this.helper, task) === chat);
    return [...tasks.filter(isAccepted), ...tasks.filter((task) => !isAccepted(task))];
  }

  /** Whether the agent has a task to accept. @param accepted chats whose accept is queued. */
  isOffered(accepted: readonly (string | undefined)[]): boolean {
    const pending = this.all().filter(({ status }) => status === "pending");
    return pending.some((task) => {
      const chat = chatOfTask(this.helper, task);
      return chat === undefined || !accepted.includes(chat);
    });
  }

  chats(): readonly string[] {
    const chats = this.all().map((task) => chatOfTask(this.helper, task));
    return chats.filter((chat): chat is string => chat !== undefined);
  }

  private get worker(): WorkerState | undefined {
    return (this.store.getState() as { flex?: { worker?: WorkerState } }).flex?.worker;
  }
}

/** Flex's own `isTaskAccepted` is also true in wrap-up and for completed tasks. */
export const isAccepted = ({ status }: ITask): boolean => status === "accepted";
