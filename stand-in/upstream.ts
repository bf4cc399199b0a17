// Routes requests that come over Twilsock to a service, by their host.

import type { Account } from "./account";
import { MemberOrder } from "./chat/memberOrder";
import { ChatRestApi } from "./chat/restApi";
import type { ChatSessions } from "./chat/sessions";
import { syncUpstream, type Query } from "./sync/requests";
import type { SyncStore } from "./sync/objects";
import { workerJson } from "./taskrouter/json";
import type { TaskRouter } from "./taskrouter/taskRouter";
import type { TwilsockConnection, Upstream } from "./twilsock/connection";

interface Parts {
  account: Account;
  taskRouter: TaskRouter;
  store: SyncStore;
  chatSessions: ChatSessions;
  connections: ReadonlySet<TwilsockConnection>;
}

export function createUpstream({ account, taskRouter, store, chatSessions, connections }: Parts): Upstream {
  const sync = syncUpstream(store, chatSessions, liveQuery(taskRouter));
  const memberOrder = new MemberOrder(account, store);
  const chat = new ChatRestApi(account, connections, memberOrder);
  return async (request) => {
    if (request.host.startsWith("cds")) {
      await memberOrder.waitForMembers(request);
      return sync(request);
    }
    if (request.host.startsWith("aim")) return chat.handle(request);
    // Telemetry and the like has no effect.
    return { status: 200, body: {} };
  };
}

/** Flex's live queries about the workspace: only workers have results. */
function liveQuery(taskRouter: TaskRouter): Query {
  return (index) => {
    if (index !== "tr-worker") return [];
    return [...taskRouter.workers.values()].map((worker) => {
      const { sid, ...rest } = workerJson(taskRouter.account, worker) as { sid: string; attributes: string };
      const date_activity_changed = new Date(worker.dateActivityChangedMs).toISOString();
      return { key: sid, data: { ...rest, worker_sid: sid, attributes: worker.attributes, date_activity_changed } };
    });
  };
}
