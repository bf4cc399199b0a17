/** Writes to the browser's storage every minute and when the page closes: a crash fires no `pagehide`. */

const WRITE_EVERY_MS = 60_000;

/** @param write never throws. @returns ends it. */
export function writeRegularly(write: () => void): () => void {
  const timer = setInterval(write, WRITE_EVERY_MS);
  window.addEventListener("pagehide", write);
  return () => {
    clearInterval(timer);
    window.removeEventListener("pagehide", write);
  };
}
