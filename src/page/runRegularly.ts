/** Runs work at intervals and when the page closes: a crash fires no `pagehide`. @returns ends it. */

import { listen } from "../helpers/listen";

/** @param work never throws. */
export function runRegularly(work: () => void, everyMs = 60_000): () => void {
  const timer = setInterval(work, everyMs);
  const endListening = listen(window, ["pagehide"], work);
  return () => {
    clearInterval(timer);
    endListening();
  };
}
