/** Names of calls for agents. */

import { TextKey } from "../texts/texts";
import { Services } from "./services";

interface NamedCall {
  readonly name: string;
  readonly chat?: string;
}

/** Names instead of limit ids and chat-client methods. The first matching pattern applies. */
const CALL_NAMES: readonly (readonly [name: RegExp, key: TextKey])[] = [
  [/^GET \/FlexFlows(\/\w+)?$/, "CallReadFlows"],
  [/^\w+ \/FlexFlows(\/\w+)?$/, "CallChangeFlows"],
  [/^(POST \/WebChannels\/Users|join)$/, "CallAddMember"],
  [/^GET \/(WebChannels|channels)(\/\w+)?$/, "CallReadChats"],
  [/^POST \/(WebChannels|channels)$/, "CallOpenChat"],
  [/^\w+ \/(WebChannels|channels)\/\w+$/, "CallChangeChat"],
  [/^createChannel$/, "CallOpenChat"],
  [/^channel\.(add|invite|join)$/, "CallAddMember"],
];

type CallTexts = Pick<Services, "text" | "labelOf" | "customerOf">;

export function describeCall(call: NamedCall, services: CallTexts): string {
  if (call.chat !== undefined) return services.text("JoinChatWith", { customer: customerIn(call, services) });
  const key = CALL_NAMES.find(([name]) => name.test(call.name))?.[1];
  return key === undefined ? services.labelOf(call.name) : services.text(key);
}

/** The customer's name on the task, if known. */
export function customerIn({ chat }: NamedCall, { text, customerOf }: CallTexts): string {
  return (chat !== undefined ? customerOf(chat) : undefined) ?? text("SomeCustomer");
}
