/** Detects that time has passed while timers may have been delayed: the tab was hidden, or the machine slept. */

import { listen } from "../helpers/listen";
import { installAll } from "../patch";

const WINDOW_EVENTS = ["focus", "pageshow", "online"] as const;

/** `resume`: the browser has unfrozen the page. */
const DOCUMENT_EVENTS = ["visibilitychange", "resume"] as const;

/** @returns ends it. */
export function installWakeUps(wake: () => void): () => void {
  const onEvent = () => wake();
  return installAll([() => listen(window, WINDOW_EVENTS, onEvent), () => listen(document, DOCUMENT_EVENTS, onEvent)]);
}
