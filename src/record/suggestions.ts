/** Which settings follow from what was observed, each with its reason. */

import { RATE_LIMIT_IDS, RateLimitId } from "../limits/limits";
import { Settings } from "../settings/readSettings";
import { LimitObservation, Observation } from "./observation";

/** A little more than was needed once. */
const HEADROOM = 1.2;

/** The settings take no longer wait than a day. */
const MAX_SETTABLE_WAIT_MS = 86_400_000;

export type Suggestion =
  /** Calls would have waited instead of being refused, or none would: throttling costs nothing. */
  | { readonly kind: "enforce"; readonly wouldWait: number; readonly throttled: number }
  /** More went through in a second than is configured, and nothing was refused: the account seems to be granted more. */
  | {
      readonly kind: "raise-rate";
      readonly limit: RateLimitId;
      readonly perSecond: number;
      readonly configuredPerSecond: number;
    }
  /** Refused although this browser kept to the limit: others spend it, too. No setting: the rate is learned. */
  | { readonly kind: "shared-limit"; readonly limit: RateLimitId; readonly throttled: number }
  | { readonly kind: "raise-max-wait"; readonly maxWaitSeconds: number; readonly longestWaitMs: number }
  | { readonly kind: "raise-max-length"; readonly maxLength: number; readonly longestQueue: number };

/** @returns none where nothing was observed. */
export function suggestSettings({ limits }: Observation, { mode, rates, queue }: Settings): readonly Suggestion[] {
  const observed = RATE_LIMIT_IDS.flatMap((id) => (limits[id] ? [{ id, ...(limits[id] as LimitObservation) }] : []));
  if (observed.length === 0) return [];
  const sum = (read: (limit: LimitObservation) => number) => observed.reduce((total, limit) => total + read(limit), 0);
  const most = (read: (limit: LimitObservation) => number) => Math.max(...observed.map(read));
  const suggestions: Suggestion[] = [];
  if (mode !== "enforce")
    suggestions.push({
      kind: "enforce",
      wouldWait: sum(({ wouldWait }) => wouldWait),
      throttled: sum(({ throttled }) => throttled),
    });
  for (const { id, peakPerSecond, throttled, throttledWithinLimit } of observed) {
    const configuredPerSecond = rates[id].perSecond;
    // Below one a second a single call in a second is none too many.
    if (throttled === 0 && peakPerSecond > Math.max(1, configuredPerSecond))
      suggestions.push({ kind: "raise-rate", limit: id, perSecond: peakPerSecond, configuredPerSecond });
    if (throttledWithinLimit > 0)
      suggestions.push({ kind: "shared-limit", limit: id, throttled: throttledWithinLimit });
  }
  const longestWaitMs = most((limit) => limit.longestWaitMs);
  if (Math.min(longestWaitMs, MAX_SETTABLE_WAIT_MS) > queue.maxWaitMs) {
    suggestions.push({
      kind: "raise-max-wait",
      maxWaitSeconds: Math.ceil(Math.min(longestWaitMs * HEADROOM, MAX_SETTABLE_WAIT_MS) / 1000),
      longestWaitMs,
    });
  }
  const longestQueue = most((limit) => limit.longestQueue);
  if (longestQueue > queue.maxLength)
    suggestions.push({ kind: "raise-max-length", maxLength: Math.ceil(longestQueue * HEADROOM), longestQueue });
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
        return setEntry(input, ["mode"], "enforce");
      case "raise-max-wait":
        return setEntry(input, ["queue", "maxWaitSeconds"], suggestion.maxWaitSeconds);
      case "raise-max-length":
        return setEntry(input, ["queue", "maxLength"], suggestion.maxLength);
      default:
        // One second without a refusal proves no grant of Twilio's, and what others spend is learned.
        return input;
    }
  }, toEntries(written));
}

function setEntry(
  input: unknown,
  [key, ...inner]: readonly string[],
  value: unknown,
): Readonly<Record<string, unknown>> {
  const entries = toEntries(input);
  return { ...entries, [key]: inner.length === 0 ? value : setEntry(entries[key], inner, value) };
}

function toEntries(written: unknown): Readonly<Record<string, unknown>> {
  return typeof written === "object" && written !== null && !Array.isArray(written)
    ? (written as Record<string, unknown>)
    : {};
}
