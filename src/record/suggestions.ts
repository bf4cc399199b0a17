/** Suggests settings from the measurements of mode `observe`, each with its reason. */

import { RATE_LIMIT_IDS, RateLimitId } from "../limits/limits";
import { withEntry } from "../settings/entries";
import { Settings } from "../settings/readSettings";
import { LimitObservation, Observation } from "./observation";

/** Suggested maximums exceed the measured ones by this factor. */
const HEADROOM = 1.2;

/** The longest wait that the settings accept: one day. */
const MAX_SETTABLE_WAIT_MS = 86_400_000;

/**
 * A setting that the measurements suggest, and the reason.
 *
 * - `enforce`: `wouldWait` calls would have been queued and `throttled` 429s retried.
 * - `raise-rate`: more calls per second than configured succeeded, without a 429: the account may have a higher limit.
 * - `shared-limit`: 429s although this browser stayed within the limit. No setting to change: the rate adapts.
 * - `raise-max-wait`, `raise-max-length`: with the current queue, calls would have been dropped.
 */
export type Suggestion =
  | { readonly kind: "enforce"; readonly wouldWait: number; readonly throttled: number }
  | {
      readonly kind: "raise-rate";
      readonly limit: RateLimitId;
      readonly perSecond: number;
      readonly configuredPerSecond: number;
    }
  | { readonly kind: "shared-limit"; readonly limit: RateLimitId; readonly throttled: number }
  | { readonly kind: "raise-max-wait"; readonly maxWaitSeconds: number; readonly longestWaitMs: number }
  | { readonly kind: "raise-max-length"; readonly maxLength: number; readonly longestQueue: number };

/** @returns an empty list without measurements. */
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
    // A limit below 1/s still allows one call in a second.
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
 * @param written the admin's settings, valid or not.
 * @returns a copy with the suggestions. Values that are not objects where one is expected are replaced.
 */
export function applySuggestions(written: unknown, suggestions: readonly Suggestion[]): unknown {
  return suggestions.reduce((input, suggestion) => {
    const { kind } = suggestion;
    if (kind === "enforce") return withEntry(input, ["mode"], "enforce");
    if (kind === "raise-max-wait") return withEntry(input, ["queue", "maxWaitSeconds"], suggestion.maxWaitSeconds);
    if (kind === "raise-max-length") return withEntry(input, ["queue", "maxLength"], suggestion.maxLength);
    // Only the admin knows whether Twilio raised a limit, and a shared limit needs no setting.
    return input;
  }, written);
}
