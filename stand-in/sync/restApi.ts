// Sync's REST API for servers and administrators' tools: services, lists and their items.

import type { Account } from "../account";
import { hasAccountCredentials } from "../flex/configurationApi";
import type { Gate } from "../gate";
import { errorBody, sendError, sendJson, type Exchange, type Handler } from "../http";
import { stableSid } from "../sids";
import type { UpstreamReply } from "../twilsock/connection";
import { itemJson, objectJson } from "./json";
import type { SyncObject, SyncStore } from "./objects";

const path = /^\/v1\/Services\/([^/]+)(\/Lists(?:\/([^/]+)(\/Items)?)?)?$/;

const serviceSid = stableSid("IS", "sync service");

interface HttpReply {
  status: number;
  body?: object;
}

export function syncRestRoutes(account: Account, gate: Gate, store: SyncStore): Handler {
  return async (exchange) => {
    const match = exchange.host === "sync.twilio.com" ? path.exec(exchange.path) : null;
    if (!match) return false;
    const [, service = "", lists, list, items] = match;
    if (!hasAccountCredentials(account, exchange.request.headers.authorization))
      return sendError(exchange, 401, 20003, "Authenticate");
    const { method } = exchange;
    const operation = `${method} Sync ${items ? "items" : lists ? "lists" : "services"}`;
    const verdict = await gate.admit({ operation, method, path: exchange.path });
    if (!verdict.ok) return sendError(exchange, verdict.status, verdict.code, verdict.message);
    const { status, body } = ["default", serviceSid].includes(service)
      ? await answer(exchange, account, store, lists && { list, items })
      : notFound;
    verdict.recordStatus(status);
    if (body) return sendJson(exchange, status, body);
    exchange.response.writeHead(status).end();
    return true;
  };
}

async function answer(
  { method, body }: Exchange,
  account: Account,
  store: SyncStore,
  lists: { list: string | undefined; items: string | undefined } | undefined | "",
): Promise<HttpReply> {
  if (!lists) return { status: 200, body: serviceJson(account, store) };
  const form = new URLSearchParams(await body());
  if (lists.list === undefined) return createList(store, form);
  const list = store.find("list", decodeURIComponent(lists.list));
  if (!list) return notFound;
  if (lists.items) return pushItem(store, list, form);
  if (method !== "DELETE") return { status: 200, body: objectJson(list) };
  store.remove(list);
  return { status: 204 };
}

function createList(store: SyncStore, form: URLSearchParams): HttpReply {
  const name = form.get("UniqueName") ?? undefined;
  if (name !== undefined && store.find("list", name))
    return { status: 409, body: errorBody(409, 54301, "Unique name already exists") };
  const list = store.create("list", name);
  store.setTtl(list, Number(form.get("Ttl") ?? 0));
  return { status: 201, body: objectJson(list) };
}

/** Access control does not apply to servers. */
function pushItem(store: SyncStore, list: SyncObject, form: URLSearchParams): HttpReply {
  const data = JSON.parse(form.get("Data") ?? "{}") as unknown;
  const refusal: UpstreamReply | undefined = store.faults.refuseExcess(list.sid, "write", JSON.stringify({ data }));
  if (refusal && "status" in refusal) return refusal;
  const item = list.addItem(data);
  list.setItemTtl(item, Number(form.get("Ttl") ?? 0));
  return { status: 201, body: itemJson(list, item) };
}

function serviceJson(account: Account, store: SyncStore): object {
  return {
    sid: serviceSid,
    account_sid: account.sid,
    unique_name: "default",
    friendly_name: "Default Service",
    acl_enabled: store.faults.settings.deniesAccess,
  };
}

const notFound: HttpReply = { status: 404, body: errorBody(404, 20404, "The requested resource was not found") };
