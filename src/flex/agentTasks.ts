/** Reads the agent's tasks from Flex's store. */

import type { ITask, Manager, TaskHelper } from "@twilio/flex-ui";

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

  /** @param chat the sid of the chat's channel. */
  findByChat(chat: string): ITask | undefined {
    return this.all().find((task) => this.helper.getTaskChatChannelSid(task) === chat);
  }

  chats(): readonly string[] {
    return this.all().map((task) => this.helper.getTaskChatChannelSid(task));
  }

  private get worker(): WorkerState | undefined {
    return (this.store.getState() as { flex?: { worker?: WorkerState } }).flex?.worker;
  }
}
