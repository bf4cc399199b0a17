/** What a caller gets when its call was not sent: each kind can be told apart by `name` and says what to do. */

export type ThrottleErrorName =
  | "ThrottleRejectedError"
  | "ThrottleDeferredError"
  | "ThrottleQueueFullError"
  | "ThrottleTimeoutError"
  | "ThrottleCapacityError"
  | "ThrottleCanceledError";

export interface ThrottleErrorDetails {
  readonly limit?: string;
  /** How long the call would have had to wait, as far as can be told. */
  readonly waitMs?: number;
  /** How many calls stand before it in line for this limit. */
  readonly ahead?: number;
}

export class ThrottleError extends Error {
  readonly limit?: string;
  readonly waitMs?: number;
  readonly ahead?: number;

  constructor(
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
    `Not sent: the limit "${details.limit}" is used up for now. Try again in ${seconds(details.waitMs)}.`,
    details,
  );
}

export function deferredError(action: string, details: ThrottleErrorDetails): ThrottleError {
  return new ThrottleError(
    "ThrottleDeferredError",
    `${action} was deferred: the limit "${details.limit}" is used up for now. It is invoked again by itself in about ${seconds(details.waitMs)}.`,
    details,
  );
}

export function queueFullError(maxLength: number, details: ThrottleErrorDetails): ThrottleError {
  return new ThrottleError(
    "ThrottleQueueFullError",
    `Not sent: ${maxLength} calls wait already, ${details.ahead} of them before this one for the limit "${details.limit}". The wait would be about ${seconds(details.waitMs)}.`,
    details,
  );
}

export function timeoutError(waitedMs: number, details: ThrottleErrorDetails): ThrottleError {
  return new ThrottleError(
    "ThrottleTimeoutError",
    `Not sent: its turn at the limit "${details.limit}" did not come within ${seconds(waitedMs)}; ${details.ahead} calls stood before it yet.`,
    details,
  );
}

/** Whether a call was given up because its time ran out; one that was refused by then has its refusal to show. */
export function isOutOfTime(reason: unknown): boolean {
  return reason instanceof ThrottleError && reason.name === "ThrottleTimeoutError";
}

export function capacityError(limit: string, count: number, max: number): ThrottleError {
  return new ThrottleError(
    "ThrottleCapacityError",
    `Not sent: the account has ${count} of at most ${max} ${limit}. Delete one that is not needed any more, then create this one.`,
    { limit },
  );
}

export function canceledError(reason: string): ThrottleError {
  return new ThrottleError("ThrottleCanceledError", `Not sent: ${reason}.`);
}
