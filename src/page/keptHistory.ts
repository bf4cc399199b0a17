/** Counts for the history, and keeps it over reloads. */

import { Throttle } from "../flexThrottle";
import { History } from "../record/history";
import { installAll } from "../patch";
import { runRegularly } from "./runRegularly";

/** @returns ends it. */
export function keepHistory(history: History, throttle: Pick<Throttle, "onEvent">): () => void {
  // Reads what earlier pages have stored.
  history.write();
  return installAll([() => history.start(throttle), () => runRegularly(() => history.write())]);
}
