import { SyncClient } from "twilio-sync";
import { WebSocket } from "undici";

import type { StandIn } from "../stand-in";
import { issueToken } from "../stand-in/flex/tokens";

// As in a browser. The SDK's own choice for Node, ws, throws when it is closed while it connects.
Object.assign(globalThis, { WebSocket });

/** The options that direct Twilio's SDK to the stand-in. */
export function standInOptions({ url }: StandIn): object {
  return {
    twilsock: { uri: `${url.replace("http", "ws")}/@/tsock.us1.twilio.com/v3/wsconnect` },
    Sync: { enableSessionStorage: false },
  };
}

export function agentToken(standIn: StandIn, agent: string): string {
  return issueToken(standIn.account, agent, ["agent"]).token;
}

/** Twilio's SDK, connected to the stand-in. */
export function connectSyncClient(standIn: StandIn, agent: string): SyncClient {
  return new SyncClient(agentToken(standIn, agent), standInOptions(standIn));
}

/** Resolves when the condition holds. */
export async function eventually(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}
