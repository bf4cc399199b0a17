// TaskRouter's public REST API, for Flex's queue statistics view. All lists are empty: the stand-in has no queues.

import { sendJson, type Handler } from "../http";

const keys: Record<string, string> = { TaskQueues: "task_queues", TaskChannels: "channels" };

export const workspaceRoutes: Handler = (exchange) => {
  const collection = /^\/v1\/Workspaces\/[^/]+\/([^/]+)$/.exec(exchange.path)?.[1];
  const key = keys[collection ?? ""];
  if (exchange.host !== "taskrouter.twilio.com" || exchange.method !== "GET" || !key) return false;
  return sendJson(exchange, 200, { [key]: [], meta: { key, next_page_url: null, page: 0, page_size: 50 } });
};
