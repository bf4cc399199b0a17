/** Which settings follow from what was observed, each with its reason. */

import { RATE_LIMIT_IDS, RateLimitId } from "../limits/limits";
import { Settings } from "../settings/readSettings";
import { LimitObservation, Observation } from "./observation";

/** A little more than was needed once. */
const ROOM = 1.2;

/** The settings take no longer wait than a day. */
const LONGEST_WAIT_MS = 86_400_000;

export type Suggestion =
  /** Calls would have waited instead of being refused, or none would: throttling costs nothing. */
  | { readonly kind: "enforce"; readonly wouldWait: number; readonly refused: number }
  /** More went through in a second than is configured, and nothing was refused: the account seems to be granted more. */
  | {
      readonly kind: "more-per-second";
      readonly limit: RateLimitId;
      readonly perSecond: number;
      readonly configured: number;
    }
  /** Refused although this browser kept to the limit: others spend it, too. No setting: the rate is learned. */
  | { readonly kind: "others-spend"; readonly limit: RateLimitId; readonly refused: number }
  | { readonly kind: "longer-wait"; readonly maxWaitSeconds: number; readonly longestWaitMs: number }
  | { readonly kind: "longer-queue"; readonly maxLength: number; readonly longestQueue: number };

/** @returns none where nothing was observed. */
export function suggest({ limits }: Observation, { mode, rates, queue }: Settings): readonly Suggestion[] {
  const observed = RATE_LIMIT_IDS.flatMap((id) => (limits[id] ? [{ id, ...(limits[id] as LimitObservation) }] : []));
  if (observed.length === 0) return [];
  const sum = (read: (limit: LimitObservation) => number) => observed.reduce((total, limit) => total + read(limit), 0);
  const most = (read: (limit: LimitObservation) => number) => Math.max(...observed.map(read));
  const suggestions: Suggestion[] = [];
  if (mode !== "enforce")
    suggestions.push({
      kind: "enforce",
      wouldWait: sum(({ wouldWait }) => wouldWait),
      refused: sum(({ refused }) => refused),
    });
  for (const { id, peakPerSecond, refused, refusedWithinLimit } of observed) {
    const configured = rates[id].perSecond;
    // Below one a second a single call in a second is none too many.
    if (refused === 0 && peakPerSecond > Math.max(1, configured))
      suggestions.push({ kind: "more-per-second", limit: id, perSecond: peakPerSecond, configured });
    if (refusedWithinLimit > 0) suggestions.push({ kind: "others-spend", limit: id, refused: refusedWithinLimit });
  }
  const longestWaitMs = most((limit) => limit.longestWaitMs);
  if (Math.min(longestWaitMs, LONGEST_WAIT_MS) > queue.maxWaitMs) {
    suggestions.push({
      kind: "longer-wait",
      maxWaitSeconds: Math.ceil(Math.min(longestWaitMs * ROOM, LONGEST_WAIT_MS) / 1000),
      longestWaitMs,
    });
  }
  const longestQueue = most((limit) => limit.longestQueue);
  if (longestQueue > queue.maxLength)
    suggestions.push({ kind: "longer-queue", maxLength: Math.ceil(longestQueue * ROOM), longestQueue });
  return suggestions;
}

/**
 * @param written by an admin, whatever it is.
 * @returns it with the suggestions in it; nothing else of it is changed, but what is no object where one belongs.
 */
export function applySuggestions(
  written: unknown,
  suggestions: readonly Suggestion[],
): Readonly<Record<string, unknown>> {
  return suggestions.reduce((input, suggestion) => {
    switch (suggestion.kind) {
      case "enforce":
        return put(input, ["mode"], "enforce");
      case "longer-wait":
        return put(input, ["queue", "maxWaitSeconds"], suggestion.maxWaitSeconds);
      case "longer-queue":
        return put(input, ["queue", "maxLength"], suggestion.maxLength);
      default:
        // One second without a refusal proves no grant of Twilio's, and what others spend is learned.
        return input;
    }
  }, entriesOf(written));
}

function put(input: unknown, [key, ...inner]: readonly string[], value: unknown): Readonly<Record<string, unknown>> {
  const entries = entriesOf(input);
  return { ...entries, [key]: inner.length === 0 ? value : put(entries[key], inner, value) };
}

function entriesOf(written: unknown): Readonly<Record<string, unknown>> {
  return typeof written === "object" && written !== null && !Array.isArray(written)
    ? (written as Record<string, unknown>)
    : {};
}
