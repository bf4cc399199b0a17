/** A server of the customer. It spends the limit of joins through Twilio's REST API, unseen by the account budget. */

import { StandIn } from "../../stand-in";
import { basicAuthorization, sendRequest } from "../../stand-in/testing/sendRequest";
import { JOIN } from "./settings";

const INTERVAL_MS = 1000;

/** Like many servers, it soon repeats a call that got a 429. */
const RETRY_MS = 100;

export class CustomerServer {
  private timer: NodeJS.Timeout | undefined;
  private isStopped = false;
  private added = 0;
  private readonly url: string;

  constructor(private readonly twilio: StandIn) {
    const { account, url } = twilio;
    const { sid } = account.createChannel({ createdBy: "system" });
    this.url = `${url}/@/chat.twilio.com/v2/Services/${account.chatServiceSid}/Channels/${sid}/Members`;
  }

  /** Adds a member to a channel about once a second. */
  start(): void {
    void this.addMember();
  }

  stop(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  /** How many of its calls Twilio has counted. Those of desktops name an agent. */
  get counted(): number {
    const { log } = this.twilio.gate;
    return log.filter(({ operation, agent, status }) => operation === JOIN && !agent && status === 201).length;
  }

  private async addMember(): Promise<void> {
    const { sid, credentials } = this.twilio.account;
    const headers = {
      ...basicAuthorization(sid, credentials.authToken),
      "Content-Type": "application/x-www-form-urlencoded",
    };
    const { status } = await sendRequest("POST", this.url, { headers, body: `Identity=observer-${this.added}` });
    if (status === 201) this.added += 1;
    if (!this.isStopped) this.timer = setTimeout(() => void this.addMember(), status === 429 ? RETRY_MS : INTERVAL_MS);
  }
}
