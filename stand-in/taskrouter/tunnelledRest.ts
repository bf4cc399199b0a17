// TaskRouter's REST as the worker SDK calls it through the event bridge.

import { ApiError } from "../account";
import type { Gate } from "../gate";
import { findActivity } from "./activities";
import { allActivities, reservationJson, taskJson, workerChannels, workerJson } from "./json";
import type { Reservation, ReservationStatus, TaskRouter, Worker } from "./taskRouter";

export interface TunnelledCall {
  /** Such as "Workspaces/WSxx/Workers/WKxx/Reservations/WRxx". */
  path: string;
  method: "GET" | "POST";
  params: Record<string, unknown>;
  agent: string;
}

export type TunnelledRest = (call: TunnelledCall) => Promise<object>;

const operations: Partial<Record<string, string>> = {
  accepted: "taskrouter accept",
  rejected: "taskrouter reject",
  wrapping: "taskrouter wrapup",
  completed: "taskrouter complete",
};

export function tunnelledRest(taskRouter: TaskRouter, gate: Gate): TunnelledRest {
  const { account } = taskRouter;
  return async (call) => {
    const [, , collection, sid = "", subcollection, subSid] = call.path.split("/");
    const worker = taskRouter.worker(call.agent);
    if (call.method === "GET" && subSid) return reservationJson(account, taskRouter.reservation(subSid));
    if (call.method === "GET") return read(collection, sid, subcollection, worker);
    if (subcollection?.endsWith("Participant")) return updateParticipant(call);
    if (subcollection === "Reservations") return updateReservation(call, taskRouter.reservation(subSid ?? ""));
    if (collection === "Workers" && !subcollection) return updateWorker(call, worker);
    if (collection === "Tasks" && sid) return updateTask(call, sid);
    throw new ApiError(404, 20404, `The requested resource ${call.path} was not found`);
  };

  function read(
    collection: string | undefined,
    sid: string,
    subcollection: string | undefined,
    worker: Worker,
  ): object {
    if (collection === "Activities") return list(allActivities(account));
    if (collection === "Workers" && !sid)
      return list([...taskRouter.workers.values()].map((each) => workerJson(account, each)));
    if (subcollection === "WorkerChannels") return list(workerChannels(account, worker));
    if (subcollection === "Reservations") {
      return list(taskRouter.activeReservations(worker).map((each) => reservationJson(account, each)));
    }
    if (collection === "Workers") return workerJson(account, worker);
    if (collection === "Tasks") return taskJson(account, taskRouter.task(sid));
    return list([]);
  }

  async function updateReservation(call: TunnelledCall, reservation: Reservation): Promise<object> {
    // An instruction (conference, call, dequeue, redirect) connects the worker: what it ends in is an accepted reservation.
    const wanted = (call.params.ReservationStatus as ReservationStatus | undefined) ?? "accepted";
    return admitted(call, operations[wanted] ?? `taskrouter ${wanted}`, () => {
      taskRouter.changeStatus(reservation, wanted);
      return reservationJson(account, reservation);
    });
  }

  /** Hold, mute and the like of a call: taken, and of no effect, since nobody speaks. */
  function updateParticipant({ params: { TaskSid } }: TunnelledCall): object {
    return typeof TaskSid === "string" ? taskJson(account, taskRouter.task(TaskSid)) : {};
  }

  async function updateWorker(call: TunnelledCall, worker: Worker): Promise<object> {
    const { ActivitySid, Attributes } = call.params;
    return admitted(call, "taskrouter worker", () => {
      if (typeof ActivitySid === "string")
        taskRouter.setActivity(worker, findActivity(ActivitySid)?.sid ?? ActivitySid);
      if (Attributes !== undefined) taskRouter.setWorkerAttributes(worker, asObject(Attributes));
      return workerJson(account, worker);
    });
  }

  async function updateTask(call: TunnelledCall, sid: string): Promise<object> {
    const task = taskRouter.task(sid);
    const { AssignmentStatus, Attributes, Reason } = call.params;
    return admitted(call, operations[String(AssignmentStatus)] ?? "taskrouter task", () => {
      if (Attributes !== undefined) taskRouter.setTaskAttributes(task, asObject(Attributes));
      if (typeof Reason === "string") task.reason = Reason;
      const reservation = taskRouter.reservationOf(task);
      if (reservation && (AssignmentStatus === "completed" || AssignmentStatus === "wrapping")) {
        taskRouter.changeStatus(reservation, AssignmentStatus);
      }
      return taskJson(account, task);
    });
  }

  async function admitted(call: TunnelledCall, operation: string, run: () => object): Promise<object> {
    const verdict = await gate.admit({ operation, method: call.method, path: `/${call.path}`, agent: call.agent });
    if (!verdict.ok) throw new ApiError(verdict.status, verdict.code, verdict.message);
    try {
      const answer = run();
      verdict.recordStatus(200);
      return answer;
    } catch (error) {
      verdict.recordStatus(error instanceof ApiError ? error.status : 500);
      throw error;
    }
  }
}

function list(contents: object[]): object {
  return { contents, total: contents.length, after_sid: null };
}

function asObject(attributes: unknown): Record<string, unknown> {
  return (typeof attributes === "string" ? JSON.parse(attributes) : attributes) as Record<string, unknown>;
}
