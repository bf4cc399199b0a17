/**
 * What was observed, over reloads and shifts: in `localStorage`, where it stays for the days that it takes. Counts by
 * limit, nothing of any call. Of several tabs the one that wrote last counts.
 */

import { Observation } from "../record/observation";

/** v2: fields renamed in 0.2.0. Measurements of 0.1.0 are ignored. */
const STORAGE_KEY = "flex-throttle-observation-v2";

/** A page can go without a word, where the browser or the machine fails. */
const WRITE_EVERY_MS = 60_000;

export interface KeptObservationOptions {
  readonly observation: () => Observation | undefined;
  readonly report: (error: unknown) => void;
}

/** @returns what an earlier page has written, if it can be read. */
export function readObservation(report: (error: unknown) => void): Observation | undefined {
  try {
    const written = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? "null") as Observation | null;
    const isUsable =
      typeof written?.sinceMs === "number" &&
      typeof written.measuredMs === "number" &&
      typeof written.limits === "object" &&
      written.limits !== null;
    return isUsable ? (written as Observation) : undefined;
  } catch (error) {
    report(error);
    return undefined;
  }
}

/** Writes it now and then, and when the page goes. @returns ends it. */
export function keepObservation({ observation, report }: KeptObservationOptions): () => void {
  // What another tab has observed is not this one's to forget.
  let isKept = observation() !== undefined;
  const write = () => {
    try {
      const observed = observation();
      if (observed) localStorage.setItem(STORAGE_KEY, JSON.stringify(observed));
      else if (isKept) localStorage.removeItem(STORAGE_KEY);
      isKept = observed !== undefined;
    } catch (error) {
      report(error);
    }
  };
  const timer = setInterval(write, WRITE_EVERY_MS);
  window.addEventListener("pagehide", write);
  return () => {
    clearInterval(timer);
    window.removeEventListener("pagehide", write);
  };
}
