/**
 * Keeps the observation in `localStorage`, over reloads and days. It holds counts by limit and nothing about single calls.
 * With several tabs, the last one to write wins.
 */

import { isObject } from "../helpers/isObject";
import { tryTo } from "../helpers/tryTo";
import { Observation } from "../record/observation";
import { runRegularly } from "./runRegularly";

/** v2 renamed fields: measurements stored by version 0.1.0 are ignored. */
const STORAGE_KEY = "flex-throttle-observation-v2";

export interface KeptObservationOptions {
  readonly observation: () => Observation | undefined;
  readonly report: (error: unknown) => void;
}

/** @returns the observation of an earlier page, if there is a valid one. */
export function readObservation(report: (error: unknown) => void): Observation | undefined {
  return tryTo(() => {
    const written = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? "null") as Observation | null;
    const isUsable =
      typeof written?.sinceMs === "number" && typeof written.measuredMs === "number" && isObject(written.limits);
    return isUsable ? (written as Observation) : undefined;
  }, report);
}

/** Writes regularly and when the page closes. @returns ends it. */
export function keepObservation({ observation, report }: KeptObservationOptions): () => void {
  // An observation that another tab has written is not removed here.
  let isKept = observation() !== undefined;
  const write = () => {
    const observed = observation();
    if (observed) localStorage.setItem(STORAGE_KEY, JSON.stringify(observed));
    else if (isKept) localStorage.removeItem(STORAGE_KEY);
    isKept = observed !== undefined;
  };
  return runRegularly(() => tryTo(write, report));
}
