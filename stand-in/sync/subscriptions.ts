// Subscriptions to Sync objects: each one is established after the events that the subscriber missed were told again.

import type { TwilsockConnection, UpstreamReply, UpstreamRequest } from "../twilsock/connection";
import type { SyncObject, SyncStore } from "./objects";
import type { ListService } from "./listService";

interface Wanted {
  action: "establish" | "cancel";
  correlation_id: number;
  requests: { object_sid: string; last_event_id?: number | null }[];
}

const messageType = "twilio.sync.event";

export function subscribe(
  store: SyncStore,
  service: ListService,
  { body, connection }: UpstreamRequest,
): UpstreamReply {
  const wanted = JSON.parse(body) as Wanted;
  // The SDK counts what is established only once the request itself has been answered.
  setImmediate(() => {
    for (const each of wanted.requests) {
      const object = store.bySid(each.object_sid);
      if (wanted.action === "cancel") cancel(object, each.object_sid, wanted, connection);
      else establish(object, each, wanted, connection);
      if (object?.purpose === service.purpose && wanted.action === "establish")
        service.subscribed(object, connection.identity);
    }
  });
  return { status: 202, body: { max_batch_size: 100, estimated_delivery_in_ms: 10_000 } };
}

function establish(
  object: SyncObject | undefined,
  request: Wanted["requests"][number],
  wanted: Wanted,
  connection: TwilsockConnection,
): void {
  // Events that came before the last one the subscriber knows are in what it has read.
  for (const { type, event } of object?.eventsAfter(request.last_event_id ?? Infinity) ?? []) {
    connection.notify(messageType, {
      event_type: type,
      event_protocol_version: 3,
      event,
      correlation_id: wanted.correlation_id,
    });
  }
  object?.subscribers.add(connection);
  connection.notify(messageType, {
    event_type: "subscription_established",
    event_protocol_version: 3,
    correlation_id: wanted.correlation_id,
    event: { object_sid: request.object_sid, replay_status: "completed", last_event_id: object?.lastEventId ?? 0 },
  });
}

function cancel(object: SyncObject | undefined, sid: string, wanted: Wanted, connection: TwilsockConnection): void {
  object?.subscribers.delete(connection);
  connection.notify(messageType, {
    event_type: "subscription_canceled",
    event_protocol_version: 3,
    correlation_id: wanted.correlation_id,
    event: { object_sid: sid },
  });
}
