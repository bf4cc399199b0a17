/**
 * Repeats a join that did not reach Twilio because the network was gone, and one whose token was refreshed while it
 * waited. Repeating is harmless: Twilio answers 409 if the agent is a member already.
 */

import type { Throttle } from "../../flexThrottle";
import { listen } from "../../helpers/listen";
import type { ReservationEnd } from "./reservationEnd";

/** Between the attempts, 45 s in all; 15 s after a 401. Attempts that the browser makes while it knows that it is offline do not count. */
const DELAYS_MS = [1000, 2000, 4000, 8000, 15_000, 15_000];
const DELAYS_AFTER_401 = 4;

export interface RepeatOptions {
  readonly throttle: Throttle;
  readonly end: ReservationEnd;
  /** The token of the moment. */
  readonly chatToken: () => unknown;
}

export async function repeatUnreachable<T>(join: () => Promise<T>, options: RepeatOptions): Promise<T> {
  const { throttle, end, chatToken } = options;
  let failures = 0;
  for (;;) {
    const token = chatToken();
    try {
      return await join();
    } catch (error) {
      const isRejected = isUnauthorized(error);
      if (throttle.mode !== "enforce" || end.signal.aborted || !(isRejected || isNetworkError(error))) throw error;
      // Only a new token changes a 401.
      while (!isRejected || chatToken() === token) {
        if (failures >= (isRejected ? DELAYS_AFTER_401 : DELAYS_MS.length)) throw error;
        const delayMs = DELAYS_MS[failures];
        if (navigator.onLine) failures += 1;
        await Promise.race([waitForNetwork(throttle, delayMs), end.rejection]);
        if (!isRejected) break;
      }
    }
  }
}

/** Resolves when the browser is online again, or after the delay. */
function waitForNetwork(throttle: Throttle, delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      cancelTimer();
      endListening();
      resolve();
    };
    const cancelTimer = throttle.schedule(finish, delayMs);
    const endListening = listen(window, ["online"], finish);
  });
}

/** The message of axios, which Flex uses. */
function isNetworkError(error: unknown): boolean {
  return error instanceof Error && error.message === "Network Error";
}

function isUnauthorized(error: unknown): boolean {
  return (error as { response?: { status?: unknown } } | null | undefined)?.response?.status === 401;
}
