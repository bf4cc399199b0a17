/** The errors of calls that were not sent. */

/**
 * Why a call was not sent:
 *
 * - `ThrottleRejectedError`: the over-limit policy is `reject`. Try again later.
 * - `ThrottleDeferredError`: the over-limit policy is `defer`. The Action runs by itself when its turn comes.
 * - `ThrottleQueueFullError`: too many calls are queued.
 * - `ThrottleTimeoutError`: the call expired, because its turn did not come in time.
 * - `ThrottleCapacityError`: the account already has its maximum of Flex Flows.
 * - `ThrottleCanceledError`: the agent canceled the call, or the reservation of a join ended.
 */
export type ThrottleErrorName =
  | "ThrottleRejectedError"
  | "ThrottleDeferredError"
  | "ThrottleQueueFullError"
  | "ThrottleTimeoutError"
  | "ThrottleCapacityError"
  | "ThrottleCanceledError";

export interface ThrottleErrorDetails {
  readonly limit?: string;
  /** The estimated wait until the call could have been sent, in milliseconds. */
  readonly waitMs?: number;
  /** How many queued calls are ahead of it on this limit. */
  readonly ahead?: number;
}

/** The error of a call that was not sent. */
export class ThrottleError extends Error {
  /** The limit that kept the call from being sent; of several, the one with the longest wait. Absent if unknown. */
  readonly limit?: string;
  /** The estimated time from the error until the call could have been sent, in milliseconds. Absent if unknown. */
  readonly waitMs?: number;
  /** How many queued calls were ahead of it on this limit. Absent if unknown. */
  readonly ahead?: number;

  constructor(
    /** Identifies the reason. */
    readonly name: ThrottleErrorName,
    message: string,
    details: ThrottleErrorDetails = {},
  ) {
    super(message);
    this.limit = details.limit;
    this.waitMs = details.waitMs;
    this.ahead = details.ahead;
  }
}

const seconds = (ms = 0) => `${Math.max(1, Math.ceil(ms / 1000))} s`;

export function rejectedError(details: ThrottleErrorDetails): ThrottleError {
  return new ThrottleError(
    "ThrottleRejectedError",
    `Not sent: the limit "${details.limit}" is used up. Try again in ${seconds(details.waitMs)}.`,
    details,
  );
}

export function deferredError(action: string, details: ThrottleErrorDetails): ThrottleError {
  return new ThrottleError(
    "ThrottleDeferredError",
    `${action} was deferred: the limit "${details.limit}" is used up. It will run automatically in about ${seconds(details.waitMs)}.`,
    details,
  );
}

export function queueFullError(maxLength: number, details: ThrottleErrorDetails): ThrottleError {
  return new ThrottleError(
    "ThrottleQueueFullError",
    `Not sent: the queue is full (${maxLength} calls), with ${details.ahead} ahead of this call for the limit "${details.limit}". The wait would have been about ${seconds(details.waitMs)}.`,
    details,
  );
}

export function timeoutError(waitedMs: number, details: ThrottleErrorDetails): ThrottleError {
  return new ThrottleError(
    "ThrottleTimeoutError",
    `Not sent: timed out after ${seconds(waitedMs)} in the queue for the limit "${details.limit}", with ${details.ahead} calls still ahead of it.`,
    details,
  );
}

/** Whether a call expired in the queue. A call that was throttled before it expired fails with its 429 instead. */
export function isOutOfTime(reason: unknown): boolean {
  return reason instanceof ThrottleError && reason.name === "ThrottleTimeoutError";
}

export function capacityError(limit: string, count: number, max: number): ThrottleError {
  return new ThrottleError(
    "ThrottleCapacityError",
    `Not sent: the account has ${count} of at most ${max} ${limit}. Delete one that is no longer needed, then try again.`,
    { limit },
  );
}

export function canceledError(reason: string): ThrottleError {
  const error = new ThrottleError("ThrottleCanceledError", `Not sent: ${reason}.`);
  // Flex prints the stack of a join's error, although nothing went wrong here.
  error.stack = String(error);
  return error;
}
