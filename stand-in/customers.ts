// Simulated customers, who start chats and voice calls.

import { ApiError, type Account, type Channel } from "./account";
import { stableSid } from "./sids";
import type { TaskRouter } from "./taskrouter/taskRouter";

export interface ChatOptions {
  /** Seconds until the reservation times out. Default: 120. */
  reservationTimeoutSeconds?: number;
  /** Default: "Hello, I need help." */
  firstMessage?: string;
}

export interface ChatTask {
  taskSid: string;
  reservationSid: string;
  channelSid: string;
  /** The customer's identity in the chat. */
  customer: string;
}

export interface VoiceTask {
  taskSid: string;
  reservationSid: string;
}

export class Customers {
  private count = 0;

  constructor(
    private readonly account: Account,
    private readonly taskRouter: TaskRouter,
  ) {}

  /** Creates a webchat with its customer, and a task for the agent. */
  startChat(agent: string, { reservationTimeoutSeconds, firstMessage = "Hello, I need help." }: ChatOptions): ChatTask {
    const { customer, name } = this.next();
    this.account.updateUser(customer, { friendlyName: name });
    const channel = this.createWebChat(customer, name);
    this.account.addMember(channel.sid, customer, "channel user");
    this.account.addMessage(channel.sid, customer, firstMessage);
    const attributes = {
      channelSid: channel.sid,
      channelType: "web",
      name,
      from: name,
      identity: customer,
      customers: { external_id: customer },
    };
    const { task, sid } = this.taskRouter.offerTask(
      this.taskRouter.worker(agent),
      "chat",
      attributes,
      reservationTimeoutSeconds,
    );
    return { taskSid: task.sid, reservationSid: sid, channelSid: channel.sid, customer };
  }

  /** Creates an incoming voice call, as a task for the agent. */
  startCall(agent: string): VoiceTask {
    const { customer } = this.next();
    const from = `+1555${String(1_000_000 + this.count).slice(-7)}`;
    const attributes = {
      call_sid: stableSid("CA", customer),
      account_sid: this.account.sid,
      from,
      caller: from,
      to: "+15550000000",
      called: "+15550000000",
      direction: "inbound",
      name: from,
    };
    const { task, sid } = this.taskRouter.offerTask(this.taskRouter.worker(agent), "voice", attributes);
    return { taskSid: task.sid, reservationSid: sid };
  }

  /**
   * Adds a message of the chat's customer.
   * @throws ApiError 404 if the channel does not exist or has no customer.
   */
  sendMessage(channelSid: string, text: string): void {
    const channel = this.account.channel(channelSid);
    const customer = [...channel.members.keys()].find((identity) => identity.startsWith(customerPrefix));
    if (!customer) throw new ApiError(404, 50400, `No customer in the channel ${channelSid}`);
    this.account.addMessage(channelSid, customer, text);
  }

  private createWebChat(customer: string, name: string): Channel {
    const channel = this.account.createChannel({
      type: "private",
      friendlyName: name,
      attributes: JSON.stringify({
        status: "ACTIVE",
        long_lived: false,
        from: name,
        channel_type: "web",
        pre_engagement_data: { friendlyName: name },
      }),
      createdBy: "system",
    });
    const { dateCreated } = channel;
    this.account.webChats.set(channel.sid, {
      channelSid: channel.sid,
      flexFlowSid: stableSid("FO", "web chat"),
      identity: customer,
      status: "ACTIVE",
      dateCreated,
      dateUpdated: dateCreated,
    });
    return channel;
  }

  private next(): { customer: string; name: string } {
    this.count += 1;
    return { customer: `${customerPrefix}${this.count}`, name: `Customer ${this.count}` };
  }
}

const customerPrefix = "customer-";
