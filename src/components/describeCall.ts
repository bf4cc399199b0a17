/** What a call is, in an agent's words. */

import { Services } from "./services";

interface NamedCall {
  readonly name: string;
  readonly chat?: string;
}

export function describeCall(call: NamedCall, services: Services): string {
  return call.chat === undefined ? call.name : services.text("FlexThrottleJoinChatWith", { customer: customerIn(call, services) });
}

/** The name on the task; never anything that was said in the chat. */
export function customerIn({ chat }: NamedCall, { text, customerOf }: Services): string {
  return (chat !== undefined ? customerOf(chat) : undefined) ?? text("FlexThrottleSomeCustomer");
}
