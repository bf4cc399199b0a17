/** What a call is, in an agent's words. */

import { TextKey } from "../texts/texts";
import { Services } from "./services";

interface NamedCall {
  readonly name: string;
  readonly chat?: string;
}

/** Limits of Twilio's page, and methods of the chat client: names that say nothing to an agent. */
const CALLS: Readonly<Record<string, TextKey>> = {
  "GET /FlexFlows": "FlexThrottleCallReadFlows",
  "GET /FlexFlows/FOxx": "FlexThrottleCallReadFlows",
  "POST /FlexFlows": "FlexThrottleCallChangeFlows",
  "POST /FlexFlows/FOxx": "FlexThrottleCallChangeFlows",
  "DELETE /FlexFlows/FOxx": "FlexThrottleCallChangeFlows",
  "GET /WebChannels": "FlexThrottleCallReadChats",
  "GET /WebChannels/CHxx": "FlexThrottleCallReadChats",
  "POST /WebChannels": "FlexThrottleCallOpenChat",
  "POST /WebChannels/CHxx": "FlexThrottleCallChangeChat",
  "DELETE /WebChannels/CHxx": "FlexThrottleCallChangeChat",
  "POST /WebChannels/Users": "FlexThrottleCallAddMember",
  "GET /channels": "FlexThrottleCallReadChats",
  "GET /channels/CHxx": "FlexThrottleCallReadChats",
  "POST /channels": "FlexThrottleCallOpenChat",
  "DELETE /channels/CHxx": "FlexThrottleCallChangeChat",
  createChannel: "FlexThrottleCallOpenChat",
  "channel.add": "FlexThrottleCallAddMember",
  "channel.invite": "FlexThrottleCallAddMember",
  "channel.join": "FlexThrottleCallAddMember",
};

/** A Flex Action is called as whoever registered it calls it. */
export function describeCall(call: NamedCall, services: Services): string {
  if (call.chat !== undefined)
    return services.text("FlexThrottleJoinChatWith", { customer: customerIn(call, services) });
  const key = Object.prototype.hasOwnProperty.call(CALLS, call.name) ? CALLS[call.name] : undefined;
  return key === undefined ? call.name : services.text(key);
}

/** The name on the task; never anything that was said in the chat. */
export function customerIn({ chat }: NamedCall, { text, customerOf }: Services): string {
  return (chat !== undefined ? customerOf(chat) : undefined) ?? text("FlexThrottleSomeCustomer");
}
