// Publishes the participants of each voice call as the Sync map that Flex reads. The stand-in has no audio.

import { stableSid } from "../sids";
import type { SyncStore } from "../sync/objects";
import type { Reservation, TaskRouter, WorkerEvent } from "./taskRouter";

export function publishConferences(taskRouter: TaskRouter, store: SyncStore): void {
  taskRouter.on((event) => {
    const reservation = voiceReservationOf(event);
    if (reservation) publishParticipants(store, reservation);
  });
}

function publishParticipants(store: SyncStore, { sid, task, worker, status }: Reservation): void {
  const map = store.ensure("map", `${task.sid}.CS`);
  if (status === "pending") return;
  const isLive = status === "accepted";
  const conferenceSid = stableSid("CF", task.sid);
  const shared = {
    conference_sid: conferenceSid,
    status: isLive ? "joined" : "left",
    muted: false,
    hold: false,
    reservation_sid: sid,
  };
  const workerCall = stableSid("CA", `${task.sid} ${worker.sid}`);
  const customerCall = String(task.attributes.call_sid);
  map.setItem("conf_status", { status: isLive ? "started" : "ended", conference_sid: conferenceSid });
  map.setItem(customerCall, { ...shared, call_sid: customerCall, participant_type: "customer" });
  map.setItem(workerCall, { ...shared, call_sid: workerCall, participant_type: "worker", worker_sid: worker.sid });
}

function voiceReservationOf(event: WorkerEvent): Reservation | undefined {
  return "reservation" in event && event.reservation.task.channel === "voice" ? event.reservation : undefined;
}
