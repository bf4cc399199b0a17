/** Channels created by `fetch`, as another plugin creates them. */

import { Desk } from "./desk";

/** Creates all channels at once. @returns the statuses of the answers. */
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
