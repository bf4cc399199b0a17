/** Counts for the history, and keeps it over reloads. */

import { Throttle } from "../flexThrottle";
import { History } from "../record/history";
import { runRegularly } from "./runRegularly";

/** @returns ends it. */
export function keepHistory(history: History, throttle: Pick<Throttle, "onEvent">): () => void {
  // Reads what earlier pages have stored.
  history.write();
  const ends = [history.start(throttle), runRegularly(() => history.write())];
  return () => ends.forEach((end) => end());
}
