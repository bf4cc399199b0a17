// The TaskRouter workspace: workers, tasks, and reservations of tasks for workers. Every change emits an event.

import { EventEmitter } from "events";

import { ApiError, type Account } from "../account";
import { workerSid } from "../flex/tokens";
import { newSid } from "../sids";
import { activitySid, findActivity } from "./activities";

export type TaskChannel = "chat" | "voice";
export type ReservationStatus = "pending" | "accepted" | "wrapping" | "completed" | "rejected" | ExternalEndStatus;
/** How a reservation can end without the worker. */
export type ExternalEndStatus = "canceled" | "rescinded" | "timeout";

export interface Worker {
  sid: string;
  name: string;
  activitySid: string;
  attributes: Record<string, unknown>;
  dateCreatedMs: number;
  dateUpdatedMs: number;
  dateActivityChangedMs: number;
  version: number;
}

export interface Task {
  sid: string;
  channel: TaskChannel;
  attributes: Record<string, unknown>;
  /** pending, reserved, assigned, wrapping, completed or canceled. */
  status: string;
  reason: string | null;
  dateCreatedMs: number;
  dateUpdatedMs: number;
  version: number;
}

export interface Reservation {
  sid: string;
  worker: Worker;
  task: Task;
  status: ReservationStatus;
  timeoutSeconds: number;
  dateCreatedMs: number;
  dateUpdatedMs: number;
  version: number;
}

export type WorkerEvent =
  | { type: "worker.activity.update" | "worker.attributes.update"; worker: Worker }
  | { type: `reservation.${string}`; worker: Worker; reservation: Reservation }
  | { type: `task.${string}`; worker: Worker; task: Task };

const taskStatusOf: Record<ReservationStatus, string> = {
  pending: "reserved",
  accepted: "assigned",
  wrapping: "wrapping",
  completed: "completed",
  rejected: "pending",
  canceled: "canceled",
  rescinded: "pending",
  timeout: "pending",
};

/** The statuses that a reservation can change to. A status without an entry is final. */
const nextStatuses: Partial<Record<ReservationStatus, readonly ReservationStatus[]>> = {
  pending: ["accepted", "rejected", "canceled", "rescinded", "timeout"],
  accepted: ["wrapping", "completed", "canceled"],
  wrapping: ["completed", "canceled"],
};

export class TaskRouter {
  readonly workers = new Map<string /* sid */, Worker>();
  readonly tasks = new Map<string, Task>();
  readonly reservations = new Map<string, Reservation>();

  private readonly events = new EventEmitter().setMaxListeners(0);
  private readonly timers = new Map<string /* reservation sid */, NodeJS.Timeout>();

  constructor(readonly account: Account) {}

  on(listener: (event: WorkerEvent) => void): void {
    this.events.on("event", listener);
  }

  /** The worker of that name; created on first use, with the activity Available. */
  worker(name: string): Worker {
    const sid = workerSid(name);
    const known = this.workers.get(sid);
    if (known) return known;
    const nowMs = Date.now();
    const worker: Worker = {
      sid,
      name,
      activitySid: activitySid("Available"),
      // Voice calls reach the worker by telephone: the desktop has browser voice disabled.
      attributes: { contact_uri: "+15550000001", full_name: name, email: `${name}@example.com`, roles: ["agent"] },
      dateCreatedMs: nowMs,
      dateUpdatedMs: nowMs,
      dateActivityChangedMs: nowMs,
      version: 0,
    };
    this.workers.set(sid, worker);
    return worker;
  }

  setActivity(worker: Worker, sid: string): void {
    if (!findActivity(sid)) throw new ApiError(400, 20001, `Activity ${sid} not found`);
    worker.activitySid = sid;
    worker.dateActivityChangedMs = Date.now();
    this.touch(worker);
    this.emit({ type: "worker.activity.update", worker });
  }

  setWorkerAttributes(worker: Worker, attributes: Record<string, unknown>): void {
    worker.attributes = attributes;
    this.touch(worker);
    this.emit({ type: "worker.attributes.update", worker });
  }

  setTaskAttributes(task: Task, attributes: Record<string, unknown>): void {
    task.attributes = attributes;
    this.touch(task);
    const reservation = this.reservationOf(task);
    if (reservation) this.emit({ type: "task.updated", worker: reservation.worker, task });
  }

  /** Creates a task and reserves it for the worker. */
  offerTask(
    worker: Worker,
    channel: TaskChannel,
    attributes: Record<string, unknown>,
    timeoutSeconds = 120,
  ): Reservation {
    const nowMs = Date.now();
    const dates = { dateCreatedMs: nowMs, dateUpdatedMs: nowMs, version: 0 };
    const task: Task = { sid: newSid("WT"), channel, attributes, status: "reserved", reason: null, ...dates };
    const reservation: Reservation = { sid: newSid("WR"), worker, task, status: "pending", timeoutSeconds, ...dates };
    this.tasks.set(task.sid, task);
    this.reservations.set(reservation.sid, reservation);
    this.timers.set(
      reservation.sid,
      setTimeout(() => this.changeStatus(reservation, "timeout"), timeoutSeconds * 1000).unref(),
    );
    this.emit({ type: "reservation.created", worker, reservation });
    return reservation;
  }

  /** @throws ApiError if the reservation cannot change to that status. */
  changeStatus(reservation: Reservation, status: ReservationStatus): void {
    if (!nextStatuses[reservation.status]?.includes(status)) {
      throw new ApiError(
        400,
        20001,
        `Cannot change reservation ${reservation.sid} from ${reservation.status} to ${status}`,
      );
    }
    clearTimeout(this.timers.get(reservation.sid));
    this.timers.delete(reservation.sid);
    reservation.status = status;
    reservation.task.status = taskStatusOf[status];
    this.touch(reservation);
    this.touch(reservation.task);
    const type = status === "wrapping" ? "reservation.wrapup" : (`reservation.${status}` as const);
    this.emit({ type, worker: reservation.worker, reservation });
  }

  reservation(sid: string): Reservation {
    const reservation = this.reservations.get(sid);
    if (!reservation) throw new ApiError(404, 20404, `Reservation ${sid} not found`);
    return reservation;
  }

  task(sid: string): Task {
    const task = this.tasks.get(sid);
    if (!task) throw new ApiError(404, 20404, `Task ${sid} not found`);
    return task;
  }

  /** The latest reservation of a task. */
  reservationOf(task: Task): Reservation | undefined {
    return [...this.reservations.values()].reverse().find((reservation) => reservation.task === task);
  }

  activeReservations(worker: Worker): Reservation[] {
    return [...this.reservations.values()].filter(
      (reservation) => reservation.worker === worker && nextStatuses[reservation.status] !== undefined,
    );
  }

  close(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }

  private touch(changed: { dateUpdatedMs: number; version: number }): void {
    changed.dateUpdatedMs = Date.now();
    changed.version += 1;
  }

  private emit(event: WorkerEvent): void {
    this.events.emit("event", event);
  }
}
