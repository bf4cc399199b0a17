// The JSON of Sync objects and items in Sync's REST API.

import type { SyncItem, SyncObject } from "./objects";

export function objectJson(object: SyncObject): object {
  return {
    sid: object.sid,
    unique_name: object.uniqueName ?? null,
    url: object.url,
    revision: String(object.lastEventId),
    last_event_id: object.lastEventId,
    date_created: object.dateCreated,
    date_updated: object.dateUpdated,
    date_expires: object.dateExpires,
    ...(object.kind === "document" ? { data: object.data } : { links: links(object) }),
  };
}

export function itemJson(object: SyncObject, item: SyncItem): object {
  return {
    ...(object.kind === "list" ? { index: Number(item.key) } : { key: item.key }),
    url: object.itemUrl(item.key),
    revision: String(item.lastEventId),
    last_event_id: item.lastEventId,
    date_updated: item.dateUpdated,
    date_expires: item.dateExpires,
    created_by: object.creators.get(item.key),
    data: item.data,
  };
}

function links(object: SyncObject): object {
  const items = `${object.url}/Items`;
  return object.kind === "list" ? { items, context: `${object.url}/Context` } : { items };
}
