// TaskRouter's own REST, as Flex reads it for the view of queues: there are no queues with statistics.

import { sendJson, type Handler } from "../http";

const keys: Record<string, string> = { TaskQueues: "task_queues", TaskChannels: "channels" };

export const workspaceRoutes: Handler = (exchange) => {
  const collection = /^\/v1\/Workspaces\/[^/]+\/([^/]+)$/.exec(exchange.path)?.[1];
  const key = keys[collection ?? ""];
  if (exchange.host !== "taskrouter.twilio.com" || exchange.method !== "GET" || !key) return false;
  return sendJson(exchange, 200, { [key]: [], meta: { key, next_page_url: null, page: 0, page_size: 50 } });
};
