/** What tells that time has gone on while timers may not have rung: the page is seen again, or back from sleep. */

const WINDOW_EVENTS = ["focus", "pageshow", "online"] as const;

/** `resume`: a page that the browser had frozen goes on. */
const DOCUMENT_EVENTS = ["visibilitychange", "resume"] as const;

/** @returns ends it. */
export function installWakeUps(wake: () => void): () => void {
  // Not as a listener itself: it is not to be given an event.
  const onEvent = () => wake();
  WINDOW_EVENTS.forEach((type) => window.addEventListener(type, onEvent));
  DOCUMENT_EVENTS.forEach((type) => document.addEventListener(type, onEvent));
  return () => {
    WINDOW_EVENTS.forEach((type) => window.removeEventListener(type, onEvent));
    DOCUMENT_EVENTS.forEach((type) => document.removeEventListener(type, onEvent));
  };
}
