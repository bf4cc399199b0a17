/** Deadlines for answers of the service. */

import { Clock } from "../throttle/clock";

/** A page that is held up for longer reads no answer meanwhile, so that time counts only as one step. */
const STEP_MS = 250;

/**
 * Calls back after this time, not counting time in which the page was held up. A page that draws twenty chats is held up
 * for up to two seconds, and then runs its timers before it reads the answers that have arrived.
 *
 * @returns cancels the call.
 */
export function scheduleDeadline(clock: Clock, onLate: () => void, deadlineMs: number): () => void {
  let leftMs = deadlineMs;
  let cancel = () => undefined as void;
  const step = () => {
    const stepMs = Math.min(STEP_MS, leftMs);
    leftMs -= stepMs;
    cancel = clock.schedule(leftMs > 0 ? step : onLate, stepMs);
  };
  step();
  return () => cancel();
}
