// TaskRouter's REST API, which the worker SDK calls through the event bridge.

import { ApiError } from "../account";
import type { Gate } from "../gate";
import { allActivities, reservationJson, taskJson, workerChannels, workerJson } from "./json";
import type { Reservation, ReservationStatus, TaskRouter, Worker } from "./taskRouter";

export interface TunnelledCall {
  /** Such as "Workspaces/WSxx/Workers/WKxx/Reservations/WRxx". */
  path: string;
  method: "GET" | "POST";
  params: Record<string, unknown>;
  agent: string;
}

const operations: Partial<Record<string, string>> = {
  accepted: "taskrouter accept",
  rejected: "taskrouter reject",
  wrapping: "taskrouter wrapup",
  completed: "taskrouter complete",
};
const WORKER_UPDATE = "taskrouter worker";
const TASK_UPDATE = "taskrouter task";

/** The names of TaskRouter's calls in the log. */
export const TASK_ROUTER_OPERATIONS: readonly string[] = [
  ...Object.values(operations).filter((operation) => operation !== undefined),
  WORKER_UPDATE,
  TASK_UPDATE,
];

export class TunnelledRest {
  constructor(
    private readonly taskRouter: TaskRouter,
    private readonly gate: Gate,
  ) {}

  /** @throws ApiError if TaskRouter would answer with an error. */
  async handle(call: TunnelledCall): Promise<object> {
    const { taskRouter } = this;
    const [, , collection, sid = "", subcollection, subSid] = call.path.split("/");
    const worker = taskRouter.worker(call.agent);
    if (call.method === "GET" && subSid) return reservationJson(taskRouter.account, taskRouter.reservation(subSid));
    if (call.method === "GET") return this.read(collection, sid, subcollection, worker);
    if (subcollection?.endsWith("Participant")) return this.updateParticipant(call);
    if (subcollection === "Reservations") return this.updateReservation(call, taskRouter.reservation(subSid ?? ""));
    if (collection === "Workers" && !subcollection) return this.updateWorker(call, worker);
    if (collection === "Tasks" && sid) return this.updateTask(call, sid);
    throw new ApiError(404, 20404, `The requested resource ${call.path} was not found`);
  }

  private read(collection: string | undefined, sid: string, subcollection: string | undefined, worker: Worker): object {
    const { account, workers } = this.taskRouter;
    if (collection === "Activities") return list(allActivities(account));
    if (collection === "Workers" && !sid) return list([...workers.values()].map((each) => workerJson(account, each)));
    if (subcollection === "WorkerChannels") return list(workerChannels(account, worker));
    if (subcollection === "Reservations") {
      return list(this.taskRouter.activeReservations(worker).map((each) => reservationJson(account, each)));
    }
    if (collection === "Workers") return workerJson(account, worker);
    if (collection === "Tasks") return taskJson(account, this.taskRouter.task(sid));
    return list([]);
  }

  private updateReservation(call: TunnelledCall, reservation: Reservation): Promise<object> {
    // Without a status it is an instruction (conference, call, dequeue or redirect), which accepts the reservation.
    const status = (call.params.ReservationStatus as ReservationStatus | undefined) ?? "accepted";
    return this.admit(call, operations[status] ?? `taskrouter ${status}`, () => {
      this.taskRouter.changeStatus(reservation, status);
      return reservationJson(this.taskRouter.account, reservation);
    });
  }

  /** Hold, mute and the like of a voice call have no effect: the stand-in has no audio. */
  private updateParticipant({ params: { TaskSid } }: TunnelledCall): object {
    return typeof TaskSid === "string" ? taskJson(this.taskRouter.account, this.taskRouter.task(TaskSid)) : {};
  }

  private updateWorker(call: TunnelledCall, worker: Worker): Promise<object> {
    const { ActivitySid, Attributes } = call.params;
    return this.admit(call, WORKER_UPDATE, () => {
      if (typeof ActivitySid === "string") this.taskRouter.setActivity(worker, ActivitySid);
      if (Attributes !== undefined) this.taskRouter.setWorkerAttributes(worker, asObject(Attributes));
      return workerJson(this.taskRouter.account, worker);
    });
  }

  private updateTask(call: TunnelledCall, sid: string): Promise<object> {
    const task = this.taskRouter.task(sid);
    const { AssignmentStatus, Attributes, Reason } = call.params;
    return this.admit(call, operations[String(AssignmentStatus)] ?? TASK_UPDATE, () => {
      if (Attributes !== undefined) this.taskRouter.setTaskAttributes(task, asObject(Attributes));
      if (typeof Reason === "string") task.reason = Reason;
      const reservation = this.taskRouter.reservationOf(task);
      if (reservation && (AssignmentStatus === "completed" || AssignmentStatus === "wrapping")) {
        this.taskRouter.changeStatus(reservation, AssignmentStatus);
      }
      return taskJson(this.taskRouter.account, task);
    });
  }

  private async admit(call: TunnelledCall, operation: string, run: () => object): Promise<object> {
    const verdict = await this.gate.admit({ operation, method: call.method, path: `/${call.path}`, agent: call.agent });
    if (!verdict.ok) throw new ApiError(verdict.status, verdict.code, verdict.message);
    try {
      const result = run();
      verdict.recordStatus(200);
      return result;
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
