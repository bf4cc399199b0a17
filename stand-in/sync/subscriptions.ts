// Subscriptions to Sync objects. Each one is established after the events that the subscriber missed were replayed.

import type { TwilsockConnection, UpstreamReply, UpstreamRequest } from "../twilsock/connection";
import type { SyncObject, SyncStore } from "./objects";
import type { ListService } from "./listService";

interface SubscriptionRequest {
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
  const batch = JSON.parse(body) as SubscriptionRequest;
  // The SDK ignores events of a subscription until its request has been answered.
  setImmediate(() => {
    for (const each of batch.requests) {
      const object = store.bySid(each.object_sid);
      const notify = (payload: object): void =>
        store.faults.deliver(connection, () => connection.notify(messageType, payload));
      if (batch.action === "cancel") cancel(object, each.object_sid, batch, connection, notify);
      else if (connection.isPlugin && store.faults.settings.deniesAccess)
        fail(each.object_sid, accessDenied, batch, notify);
      else if (connection.isPlugin && !object) fail(each.object_sid, notFound, batch, notify);
      else establish(object, each, batch, connection, notify);
      if (object?.purpose === service.purpose && batch.action === "establish")
        service.onSubscribe(object, connection.identity);
    }
  });
  const { deliveryEstimateMs } = store.faults.settings;
  return { status: 202, body: { max_batch_size: 100, estimated_delivery_in_ms: deliveryEstimateMs } };
}

function establish(
  object: SyncObject | undefined,
  request: SubscriptionRequest["requests"][number],
  batch: SubscriptionRequest,
  connection: TwilsockConnection,
  notify: (payload: object) => void,
): void {
  // Replays only what is newer than the state that the subscriber has read.
  for (const { type, event } of object?.eventsAfter(request.last_event_id ?? Infinity) ?? []) {
    notify({
      event_type: type,
      event_protocol_version: 3,
      event,
      correlation_id: batch.correlation_id,
    });
  }
  object?.subscribers.add(connection);
  notify({
    event_type: "subscription_established",
    event_protocol_version: 3,
    correlation_id: batch.correlation_id,
    event: { object_sid: request.object_sid, replay_status: "completed", last_event_id: object?.lastEventId ?? 0 },
  });
}

function cancel(
  object: SyncObject | undefined,
  sid: string,
  batch: SubscriptionRequest,
  connection: TwilsockConnection,
  notify: (payload: object) => void,
): void {
  object?.subscribers.delete(connection);
  notify({
    event_type: "subscription_canceled",
    event_protocol_version: 3,
    correlation_id: batch.correlation_id,
    event: { object_sid: sid },
  });
}

const accessDenied = { status: 403, code: 54007, message: "Insufficient permissions" };
const notFound = { status: 404, code: 54150, message: "List not found" };

function fail(sid: string, error: object, batch: SubscriptionRequest, notify: (payload: object) => void): void {
  notify({
    event_type: "subscription_failed",
    event_protocol_version: 3,
    correlation_id: batch.correlation_id,
    event: { object_sid: sid, error },
  });
}
