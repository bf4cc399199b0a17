// Applies Sync's limits and faults to the requests of plugins' Sync clients.

import { setTimeout as sleep } from "timers/promises";

import { errorBody } from "../http";
import type { Upstream, UpstreamReply, UpstreamRequest } from "../twilsock/connection";
import { tooManyRequests, type WriteFault } from "./faults";
import type { SyncStore } from "./objects";

export function withFaults(store: SyncStore, handle: Upstream): Upstream {
  const { faults } = store;
  return async (request) => {
    const { connection } = request;
    if (!connection.isPlugin) return handle(request);
    await sleep(faults.settings.requestLatencyMs);
    const isWrite = /\/Items(\/|$)/.test(request.path) && request.method !== "GET";
    const reply = isWrite ? await write(store, handle, request) : (refuse(store, request) ?? (await handle(request)));
    await sleep(faults.settings.replyLatencyMs);
    return faults.settings.isSilent ? noReply() : reply;
  };
}

async function write(store: SyncStore, handle: Upstream, request: UpstreamRequest): Promise<UpstreamReply> {
  const fault = store.faults.takeWriteFault();
  if (fault === undefined || fault.endsWith("after commit") || fault === "no reply") {
    const reply = refuse(store, request) ?? (await handle(request));
    if (fault === undefined) return reply;
  }
  return answerFault(fault, request);
}

function answerFault(fault: WriteFault, { connection }: UpstreamRequest): UpstreamReply | Promise<UpstreamReply> {
  if (fault === "429") return tooManyRequests;
  if (fault === "no reply") return noReply();
  if (fault.startsWith("disconnect")) {
    connection.disconnect();
    return noReply();
  }
  const status = Number(fault.slice(0, 3));
  return { status, body: errorBody(status, 20000 + status, "Service unavailable") };
}

/** A subscription is refused by an event: see `subscribe`. */
function refuse(store: SyncStore, { path, method, body }: UpstreamRequest): UpstreamReply | undefined {
  const [, , collection = "", id = ""] = path.split("/").map(decodeURIComponent);
  if (collection === "Subscriptions" || collection === "Insights") return undefined;
  const kind = method === "GET" ? "read" : "write";
  // The SDK sends a body that is not JSON with DELETE.
  const change = method === "DELETE" ? "" : body;
  return store.faults.refuse(store.find("list", id)?.sid ?? `${collection} ${id}`, kind, change);
}

function noReply(): Promise<never> {
  return new Promise(() => undefined);
}
