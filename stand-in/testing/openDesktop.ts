// The part of a desktop that the stand-in notices first: TaskRouter's connection of its agent.

import { WebSocket } from "ws";

import type { StandIn } from "..";
import { issueToken } from "../flex/tokens";

/** Resolves once the agent is connected. Close the socket to close the desktop. */
export function openDesktop(standIn: StandIn, agent: string): Promise<WebSocket> {
  const { token } = issueToken(standIn.account, agent, ["agent"]);
  const url = `${standIn.url.replace("http", "ws")}/@/event-bridge.twilio.com/v1/wschannels?token=${token}`;
  const socket = new WebSocket(url);
  return new Promise((resolve, reject) => {
    socket.once("message", () => resolve(socket));
    socket.once("error", reject);
  });
}
