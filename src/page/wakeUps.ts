/** Detects that time has passed while timers may have been delayed: the tab was hidden, or the machine slept. */

const WINDOW_EVENTS = ["focus", "pageshow", "online"] as const;

/** `resume`: the browser has unfrozen the page. */
const DOCUMENT_EVENTS = ["visibilitychange", "resume"] as const;

/** @returns ends it. */
export function installWakeUps(wake: () => void): () => void {
  const onEvent = () => wake();
  WINDOW_EVENTS.forEach((type) => window.addEventListener(type, onEvent));
  DOCUMENT_EVENTS.forEach((type) => document.addEventListener(type, onEvent));
  return () => {
    WINDOW_EVENTS.forEach((type) => window.removeEventListener(type, onEvent));
    DOCUMENT_EVENTS.forEach((type) => document.removeEventListener(type, onEvent));
  };
}
