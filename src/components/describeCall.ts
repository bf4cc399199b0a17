/** Names of calls for agents. */

import { TextKey } from "../texts/texts";
import { Services } from "./services";

interface NamedCall {
  readonly name: string;
  readonly chat?: string;
}

/** Names instead of limit ids and chat-client methods. The first matching pattern applies. */
const CALL_NAMES: readonly (readonly [name: RegExp, key: TextKey])[] = [
  [/^GET \/FlexFlows(\/\w+)?$/, "FlexThrottleCallReadFlows"],
  [/^\w+ \/FlexFlows(\/\w+)?$/, "FlexThrottleCallChangeFlows"],
  [/^(POST \/WebChannels\/Users|join)$/, "FlexThrottleCallAddMember"],
  [/^GET \/(WebChannels|channels)(\/\w+)?$/, "FlexThrottleCallReadChats"],
  [/^POST \/(WebChannels|channels)$/, "FlexThrottleCallOpenChat"],
  [/^\w+ \/(WebChannels|channels)\/\w+$/, "FlexThrottleCallChangeChat"],
  [/^createChannel$/, "FlexThrottleCallOpenChat"],
  [/^channel\.(add|invite|join)$/, "FlexThrottleCallAddMember"],
];

type CallTexts = Pick<Services, "text" | "labelOf" | "customerOf">;

export function describeCall(call: NamedCall, services: CallTexts): string {
  if (call.chat !== undefined)
    return services.text("FlexThrottleJoinChatWith", { customer: customerIn(call, services) });
  const key = CALL_NAMES.find(([name]) => name.test(call.name))?.[1];
  return key === undefined ? services.labelOf(call.name) : services.text(key);
}

/** The customer's name on the task, if known. */
export function customerIn({ chat }: NamedCall, { text, customerOf }: CallTexts): string {
  return (chat !== undefined ? customerOf(chat) : undefined) ?? text("FlexThrottleSomeCustomer");
}
