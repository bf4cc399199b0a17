// Sync's REST API, which the SDK calls over Twilsock: objects, items, subscriptions, and live queries.

import { errorBody } from "../http";
import type { Upstream, UpstreamReply, UpstreamRequest } from "../twilsock/connection";
import { itemJson, objectJson } from "./json";
import type { Kind, SyncItem, SyncObject, SyncStore } from "./objects";
import type { ListService } from "./listService";
import { subscribe } from "./subscriptions";
import { withFaults } from "./withFaults";

/** All results of a live query such as "tr-worker". */
export type Query = (index: string) => { key: string; data: object }[];

const kinds: Record<string, Kind> = { Documents: "document", Lists: "list", Maps: "map" };
const defaultPageSize = 50;

/** What a client changes. A change of the time to live alone leaves the data as it is. */
interface Change {
  data?: unknown;
  /** Seconds. 0: forever. */
  ttl?: number;
}

interface SyncCall extends UpstreamRequest {
  store: SyncStore;
  service: ListService;
}

export function syncUpstream(store: SyncStore, service: ListService, query: Query) {
  const handle: Upstream = async (request) => {
    const call = { ...request, store, service };
    const [, version, collection = "", id, part, key] = request.path.split("/").map(decodeURIComponent);
    if (version === "v4" && collection === "Subscriptions") return subscribe(store, service, request);
    if (collection === "Insights") return { status: 200, body: queryJson(query(id ?? "")) };
    const kind = kinds[collection];
    if (!kind) return notFound;
    if (!id) return createObject(call, kind);
    const object = store.find(kind, id);
    if (!object) return notFound;
    if (part === "Context") return { status: 200, body: { data: object.context, last_event_id: object.lastEventId } };
    if (part === "Items") return key === undefined ? handleItems(call, object) : handleItem(call, object, key);
    return handleObject(call, object);
  };
  return withFaults(store, handle);
}

const notFound: UpstreamReply = { status: 404, body: errorBody(404, 54100, "Unique name not found") };

function queryJson(found: { key: string; data: object }[]): object {
  return {
    query_id: "QR00000000000000000000000000000000",
    last_event_id: 0,
    items: found.map((each) => ({ ...each, revision: 0 })),
  };
}

function createObject({ store, body }: SyncCall, kind: Kind): UpstreamReply {
  const fields = JSON.parse(body) as {
    unique_name?: string;
    data?: unknown;
    purpose?: string;
    context?: unknown;
    ttl?: number;
  };
  if (fields.unique_name && store.find(kind, fields.unique_name)) {
    return { status: 409, body: errorBody(409, 54301, "Unique name already exists") };
  }
  const object = store.create(kind, fields.unique_name, fields.purpose);
  if (fields.data !== undefined) object.data = fields.data;
  if (fields.context !== undefined) object.context = fields.context;
  if (fields.ttl !== undefined) store.setTtl(object, fields.ttl);
  return { status: 201, body: objectJson(object) };
}

function handleObject({ store, method, body }: SyncCall, object: SyncObject): UpstreamReply {
  if (method === "DELETE") {
    store.remove(object);
    return { status: 204 };
  }
  if (method === "POST") {
    const { data, ttl } = JSON.parse(body) as Change;
    if (data !== undefined) object.setData(data);
    if (ttl !== undefined) store.setTtl(object, ttl);
  }
  return { status: 200, body: objectJson(object) };
}

async function handleItems(
  { method, params, body, service, connection }: SyncCall,
  object: SyncObject,
): Promise<UpstreamReply> {
  if (method !== "POST") return { status: 200, body: readPage(object, params) };
  const { data, ttl } = JSON.parse(body) as Change;
  if (object.purpose !== service.purpose) {
    const added = object.addItem(data, connection.identity);
    if (ttl !== undefined) object.setItemTtl(added, ttl);
    return { status: 201, body: itemJson(object, added) };
  }
  const pushed = await service.push(object, data, connection.identity);
  return "key" in pushed ? { status: 201, body: itemJson(object, pushed) } : pushed;
}

function handleItem({ method, body, connection }: SyncCall, object: SyncObject, key: string): UpstreamReply {
  const known = object.items.get(key);
  if (method === "POST" || method === "PUT") {
    const { data, ttl } = JSON.parse(body) as Change;
    if (data === undefined && !known) return notFound;
    const changed = data === undefined && known ? known : object.setItem(key, data, connection.identity);
    if (ttl !== undefined) object.setItemTtl(changed, ttl);
    return { status: known ? 200 : 201, body: itemJson(object, changed) };
  }
  if (!known) return notFound;
  if (method !== "DELETE") return { status: 200, body: itemJson(object, known) };
  object.removeItem(key);
  return { status: 200, body: { last_event_id: object.lastEventId, date_updated: object.dateUpdated } };
}

/** The requested page of items in order. The token of the next page names the key it starts from. */
function readPage(object: SyncObject, params: Record<string, string>): object {
  const all = [...object.items.values()].sort((a, b) => compareKeys(object, a.key, b.key));
  const exact = params.Key ?? params.Index;
  if (exact !== undefined) {
    const key = decodeURIComponent(exact);
    return pageJson(
      object,
      all.filter((each) => each.key === key),
      null,
    );
  }
  const { from, order, size } = readPageRequest(params);
  if (order === "desc") all.reverse();
  const direction = order === "desc" ? -1 : 1;
  const isFromHere = ({ key }: SyncItem) => from === undefined || compareKeys(object, key, from) * direction >= 0;
  const start = all.findIndex(isFromHere);
  const rest = start < 0 ? [] : all.slice(start);
  const next = rest[size];
  const nextToken: PageToken | undefined = next && { from: next.key, order, size };
  return pageJson(object, rest.slice(0, size), nextToken ? JSON.stringify(nextToken) : null);
}

/** A page token holds everything about the next page. Without one, the parameters apply. */
function readPageRequest(params: Record<string, string>): Omit<PageToken, "from"> & { from?: string | undefined } {
  if (params.PageToken !== undefined) return JSON.parse(decodeURIComponent(params.PageToken)) as PageToken;
  return { from: params.From, order: params.Order ?? "asc", size: Number(params.PageSize ?? defaultPageSize) };
}

interface PageToken {
  from: string;
  order: string;
  size: number;
}

function pageJson(object: SyncObject, found: SyncItem[], nextToken: string | null): object {
  return { items: found.map((each) => itemJson(object, each)), meta: { previous_token: null, next_token: nextToken } };
}

function compareKeys(object: SyncObject, one: string, other: string): number {
  return object.kind === "list" ? Number(one) - Number(other) : one < other ? -1 : one > other ? 1 : 0;
}
