/** Counts for the history, and keeps it over reloads. */

import { Throttle } from "../flexThrottle";
import { History } from "../record/history";
import { writeRegularly } from "./writeRegularly";

/** @returns ends it. */
export function keepHistory(history: History, throttle: Pick<Throttle, "onEvent">): () => void {
  // Reads what earlier pages have stored.
  history.write();
  const write = () => history.write();
  const ends = [history.start(throttle), writeRegularly(write)];
  return () => ends.forEach((end) => end());
}
