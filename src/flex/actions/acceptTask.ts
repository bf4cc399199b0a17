/** Describes the Action `AcceptTask` of a chat as a call: it spends what the join after it will spend. */

import type { ITask, TaskHelper } from "@twilio/flex-ui";

import { Call } from "../../flexThrottle";
import { ADD_MEMBER, RateLimitId } from "../../limits/limits";
import { JOIN } from "../../state/publishedStatus";
import { chatOfTask } from "../taskChat";

export const ACCEPT_TASK = "AcceptTask";

/** Time to send the accept to Twilio before its reservation times out. */
const ACCEPT_MARGIN_MS = 5000;

/** An accept is never held longer: its join is paced as well, and a browser's clock may be wrong. */
const MAX_HOLD_MS = 10_000;

/** From an accept until Flex sends its join: a round trip to Twilio and an event. */
const JOIN_LEAD_MS = 250;

export interface AcceptOptions {
  readonly helper: typeof TaskHelper;
  /** Overrides from the settings. */
  readonly limits: readonly RateLimitId[] | undefined;
  /** On the throttle's clock. */
  readonly nowMs: number;
}

/** @returns `undefined` for a task that is not a chat. */
export function describeAccept(payload: unknown, { helper, limits, nowMs }: AcceptOptions): Call | undefined {
  const task = taskOf(payload);
  const chat = task && chatOfTask(helper, task);
  if (!task || !chat) return undefined;
  return {
    limits: limits ?? [ADD_MEMBER],
    name: ACCEPT_TASK,
    kind: JOIN,
    isExemptFromQueueLimit: true,
    key: chat,
    priority: "join",
    isEntryPoint: true,
    proceedsWithoutPermit: true,
    leadMs: JOIN_LEAD_MS,
    maxWaitMs: MAX_HOLD_MS,
    deadlineMs: nowMs + remainingMs(task) - ACCEPT_MARGIN_MS,
  };
}

/** Whether the task can still be accepted: another client may have accepted it, or its reservation may have ended. */
export function isPending(payload: unknown): boolean {
  return taskOf(payload)?.status === "pending";
}

function taskOf(payload: unknown): ITask | undefined {
  return (payload as { task?: ITask } | undefined)?.task;
}

/** How long the reservation still lasts. Its `timeout` is in seconds from its creation. */
function remainingMs(task: ITask): number {
  const reservation = (task as ITask & { sourceObject?: { timeout?: number; dateCreated?: Date } }).sourceObject;
  const timeoutMs = Number(reservation?.timeout) * 1000;
  const createdMs = new Date(reservation?.dateCreated ?? NaN).getTime();
  // A browser's clock may be wrong: never count more than the whole timeout, and ignore an invalid date.
  const leftMs = timeoutMs - Math.max(0, Date.now() - createdMs);
  return Number.isNaN(leftMs) ? Infinity : leftMs;
}
