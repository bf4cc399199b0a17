// Which service answers a request that came over Twilsock, by its host.

import type { Account } from "./account";
import { chatRestApi } from "./chat/restApi";
import type { ListService } from "./sync/listService";
import { syncUpstream, type Query } from "./sync/requests";
import type { SyncStore } from "./sync/objects";
import { workerJson } from "./taskrouter/json";
import type { TaskRouter } from "./taskrouter/taskRouter";
import type { TwilsockConnection, Upstream } from "./twilsock/connection";

interface Parts {
  account: Account;
  taskRouter: TaskRouter;
  store: SyncStore;
  chatSessions: ListService;
  connections: () => ReadonlySet<TwilsockConnection>;
}

export function createUpstream({ account, taskRouter, store, chatSessions, connections }: Parts): Upstream {
  const sync = syncUpstream(store, chatSessions, insights(taskRouter));
  return (request) => {
    if (request.host.startsWith("cds")) return sync(request);
    if (request.host.startsWith("aim")) return chatRestApi(account, connections())(request);
    // Telemetry and the like: taken, and of no effect.
    return Promise.resolve({ status: 200, body: {} });
  };
}

/** Of what Flex asks about the whole workspace the workers are known; there are no other statistics. */
function insights(taskRouter: TaskRouter): Query {
  return (index) => {
    if (index !== "tr-worker") return [];
    return [...taskRouter.workers.values()].map((worker) => {
      const { sid, ...rest } = workerJson(taskRouter.account, worker) as { sid: string; attributes: string };
      const date_activity_changed = new Date(worker.dateActivityChangedMs).toISOString();
      return { key: sid, data: { ...rest, worker_sid: sid, attributes: worker.attributes, date_activity_changed } };
    });
  };
}
