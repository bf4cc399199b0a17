// Publishes the Sync map that Flex's queue statistics view reads. All values are zero: the stand-in has no queues.

import type { SyncStore } from "../sync/objects";

export function publishEmptyStatistics(store: SyncStore): void {
  store.ensure("map", "realtime_statistics_v1").setItem("workspace", {
    activity_statistics: [],
    longest_task_waiting_age: 0,
    longest_task_waiting_sid: null,
    tasks_by_priority: {},
    tasks_by_status: { assigned: 0, pending: 0, reserved: 0, wrapping: 0 },
    tasks_now: { active_tasks: 0, assigned_tasks: 0, waiting_tasks: 0, wrapping_tasks: 0 },
    total_tasks: 0,
    total_workers: 0,
  });
}
