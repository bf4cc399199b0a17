// The JSON of TaskRouter: snake_case, dates in seconds, attributes as JSON text.

import type { Account } from "../account";
import { stableSid } from "../sids";
import { activities, findActivity, type Activity } from "./activities";
import type { Reservation, Task, TaskChannel, Worker } from "./taskRouter";

const capacities: Record<TaskChannel, number> = { chat: 50, voice: 1 };

function activityJson(account: Account, activity: Activity): object {
  return {
    ...owner(account),
    sid: activity.sid,
    friendly_name: activity.name,
    available: activity.available,
    date_created: 0,
    date_updated: 0,
  };
}

export function allActivities(account: Account): object[] {
  return activities.map((activity) => activityJson(account, activity));
}

export function workerJson(account: Account, worker: Worker): object {
  const activity = findActivity(worker.activitySid);
  return {
    ...owner(account),
    sid: worker.sid,
    friendly_name: worker.name,
    activity_sid: worker.activitySid,
    activity_name: activity?.name,
    available: activity?.available ?? false,
    attributes: JSON.stringify(worker.attributes),
    date_created: seconds(worker.dateCreatedMs),
    date_updated: seconds(worker.dateUpdatedMs),
    date_status_changed: seconds(worker.dateActivityChangedMs),
    version: worker.version,
  };
}

export function workerChannels(account: Account, worker: Worker): object[] {
  return (["voice", "chat"] as const).map((channel) => ({
    ...owner(account),
    sid: stableSid("WC", `${worker.sid} ${channel}`),
    worker_sid: worker.sid,
    task_channel_sid: stableSid("TC", channel),
    task_channel_unique_name: channel,
    assigned_tasks: 0,
    available: true,
    available_capacity_percentage: 100,
    configured_capacity: capacities[channel],
    last_reserved_time: null,
    date_created: seconds(worker.dateCreatedMs),
    date_updated: seconds(worker.dateUpdatedMs),
  }));
}

export function reservationJson(account: Account, reservation: Reservation): object {
  return {
    ...owner(account),
    sid: reservation.sid,
    worker_sid: reservation.worker.sid,
    worker_name: reservation.worker.name,
    task_sid: reservation.task.sid,
    reservation_status: reservation.status,
    reservation_timeout: reservation.timeoutSeconds,
    date_created: seconds(reservation.dateCreatedMs),
    date_updated: seconds(reservation.dateUpdatedMs),
    version: reservation.version,
    task: taskJson(account, reservation.task),
  };
}

export function taskJson(account: Account, task: Task): object {
  return {
    ...owner(account),
    sid: task.sid,
    addons: "{}",
    age: seconds(Date.now() - task.dateCreatedMs),
    assignment_status: task.status,
    attributes: JSON.stringify(task.attributes),
    priority: 0,
    queue_name: "Everyone",
    queue_sid: stableSid("WQ", "Everyone"),
    reason: task.reason,
    routing_target: null,
    task_channel_sid: stableSid("TC", task.channel),
    task_channel_unique_name: task.channel,
    timeout: 86400,
    workflow_name: "Assign to Anyone",
    workflow_sid: stableSid("WW", "Assign to Anyone"),
    date_created: seconds(task.dateCreatedMs),
    date_updated: seconds(task.dateUpdatedMs),
    version: task.version,
  };
}

function owner(account: Account): { account_sid: string; workspace_sid: string } {
  return { account_sid: account.sid, workspace_sid: account.workspaceSid };
}

function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}
