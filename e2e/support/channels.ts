/** Channels created as other plugins create them. */

import { Desk, until } from "./desk";

/** Creates all channels at once with `fetch`. @returns the statuses of the answers. */
export const createChannels = (desk: Desk, count: number): Promise<number[]> =>
  desk.evaluate(
    (wanted) =>
      Promise.all(
        Array.from({ length: wanted }, async (_, n) => {
          const body = new URLSearchParams({
            FlexFlowSid: `FO${"0".repeat(32)}`,
            Identity: `buyer-${n}`,
            ChatUserFriendlyName: "B",
            ChatFriendlyName: "C",
          });
          return (await fetch("https://flex-api.twilio.com/v1/Channels", { method: "POST", body })).status;
        }),
      ),
    count,
  );

/** Creates all channels at once with Flex's chat client. @returns their sids. */
export function createWithChatClient(desk: Desk, count: number): Promise<string[]> {
  return desk.evaluate(async (wanted) => {
    const { chatClient } = window.Twilio.Flex.Manager.getInstance();
    const names = Array.from({ length: wanted }, (_, index) => `created ${index}`);
    const channels = await Promise.all(names.map((friendlyName) => chatClient.createChannel({ friendlyName })));
    return channels.map(({ sid }: { sid: string }) => sid);
  }, count);
}

/** Waits until Flex has loaded the chat's channel, members and messages. Before that, Flex cannot end the chat. */
export function waitUntilLoaded(desk: Desk, channelSid: string): Promise<void> {
  const isLoaded = () =>
    desk.evaluate((sid) => {
      const channel = window.Twilio.Flex.Manager.getInstance().store.getState().flex.chat.channels[sid];
      const isLoading = channel?.isLoadingChannel || channel?.isLoadingMembers || channel?.isLoadingMessages;
      return channel?.source?.status === "joined" && !isLoading;
    }, channelSid);
  return until(isLoaded, "the chat's channel in Flex");
}
