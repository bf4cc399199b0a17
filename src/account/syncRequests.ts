/** Deadlines and errors of requests to Twilio Sync. */

import type { Clock } from "../throttle/clock";
import { scheduleDeadline } from "./deadline";
import { EngineError, EngineProblem } from "./engine";

/** The deadline of a request. The SDK itself waits for up to 30 seconds, and repeats requests. */
export const REQUEST_MS = 2000;

/** The deadline for opening a list. `LogConnection` lets calls wait for less. */
export const OPENING_MS = 10_000;

/**
 * @param problem of a promise that has not settled by the deadline.
 * @param onLate gets a value that comes after the deadline.
 * @throws EngineError only.
 */
export function withDeadline<T>(
  clock: Clock,
  promise: Promise<T>,
  deadlineMs: number,
  problem: () => EngineProblem,
  onLate?: (value: T) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    let isLate = false;
    const reportLate = () => {
      isLate = true;
      reject(new EngineError(problem(), `No answer from Sync within ${deadlineMs} ms`));
    };
    const cancel = scheduleDeadline(clock, reportLate, deadlineMs);
    promise.then(
      (value) => {
        cancel();
        if (isLate) onLate?.(value);
        else resolve(value);
      },
      (error) => {
        cancel();
        reject(error instanceof EngineError ? error : new EngineError(problemOf(error), String(error)));
      },
    );
  });
}

export function problemOf(error: unknown): EngineProblem {
  if (error instanceof EngineError) return error.problem;
  const { status, code, message } = error as { status?: number; code?: number; message?: string };
  if (code === 54009 || status === 429) return "tooManyWrites";
  if (code === 54007 || status === 403) return "forbidden";
  if (status === 401) return "tokenRejected";
  // The SDK has no code for it: "disconnected", "Unable to connect: …", "request … timed out".
  return /connect|timed out/i.test(message ?? "") ? "disconnected" : "failed";
}
