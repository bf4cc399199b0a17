/**
 * Observes the end of a reservation: after it there is no chat to join. In wrap-up, the chat may already be another
 * agent's: plugins that transfer chats wrap the task up on the server.
 */

import type { ITask } from "@twilio/flex-ui";

import { tryTo } from "../../helpers/tryTo";
import { canceledError, ThrottleError } from "../../throttle/errors";

const END_EVENTS = ["canceled", "completed", "rescinded", "timeout", "wrapup"] as const;

interface Reservation {
  addListener(event: string, listener: () => void): void;
  removeListener(event: string, listener: () => void): void;
}

export interface ReservationEnd {
  /** Aborted when the reservation ends. */
  readonly signal: AbortSignal;
  /** Call this when the reservation has ended without an event. */
  readonly abort: () => void;
  /** Rejects when the reservation ends. */
  readonly rejection: Promise<never>;
  /** Removes the listeners. */
  readonly stop: () => void;
}

export const reservationEndedError = (): ThrottleError =>
  canceledError("the reservation has ended, so there is no chat to join");

export function observeReservationEnd(task: ITask, report: (error: unknown) => void): ReservationEnd {
  const controller = new AbortController();
  const reservation = (task as ITask & { sourceObject?: Reservation }).sourceObject;
  const abort = () => controller.abort();
  const callForEach = (method: keyof Reservation) =>
    tryTo(() => END_EVENTS.forEach((event) => reservation?.[method](event, abort)), report);
  const rejection = new Promise<never>((_, reject) => {
    controller.signal.addEventListener("abort", () => reject(reservationEndedError()));
  });
  // Avoids an unhandled rejection when nobody waits for it.
  rejection.catch(() => undefined);
  callForEach("addListener");
  return { signal: controller.signal, abort, rejection, stop: () => callForEach("removeListener") };
}
