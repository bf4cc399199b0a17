/** Which settings follow from what was observed, each with its reason. */

import { RATE_LIMIT_IDS, RateLimitId } from "../limits/limits";
import { Settings } from "../settings/readSettings";
import { FlexThrottleInput } from "../settings/schema";
import { LimitObservation, Observation } from "./observation";

/** A little more than was needed once. */
const ROOM = 1.2;

export type Suggestion =
  /** Calls would have waited instead of being refused, or none would: throttling costs nothing. */
  | { readonly kind: "enforce"; readonly wouldWait: number; readonly refused: number }
  /** More went through in a second than is configured, and nothing was refused: the account seems to be granted more. */
  | { readonly kind: "more-per-second"; readonly limit: RateLimitId; readonly perSecond: number; readonly configured: number }
  /** Refused although this browser kept to the limit: others spend it, too. No setting: the rate is learned. */
  | { readonly kind: "others-spend"; readonly limit: RateLimitId; readonly refused: number }
  | { readonly kind: "longer-wait"; readonly maxWaitSeconds: number; readonly longestWaitMs: number }
  | { readonly kind: "longer-queue"; readonly maxLength: number; readonly longestQueue: number };

/** @returns none where nothing was observed. */
export function suggest({ limits }: Observation, { rates, queue }: Settings): readonly Suggestion[] {
  const observed = RATE_LIMIT_IDS.flatMap((id) => (limits[id] ? [{ id, ...(limits[id] as LimitObservation) }] : []));
  if (observed.length === 0) return [];
  const sum = (read: (limit: LimitObservation) => number) => observed.reduce((total, limit) => total + read(limit), 0);
  const most = (read: (limit: LimitObservation) => number) => Math.max(...observed.map(read));
  const suggestions: Suggestion[] = [{ kind: "enforce", wouldWait: sum(({ wouldWait }) => wouldWait), refused: sum(({ refused }) => refused) }];
  for (const { id, peakPerSecond, refused, refusedWithinLimit } of observed) {
    const configured = rates[id].perSecond;
    if (refused === 0 && peakPerSecond > configured) suggestions.push({ kind: "more-per-second", limit: id, perSecond: peakPerSecond, configured });
    if (refusedWithinLimit > 0) suggestions.push({ kind: "others-spend", limit: id, refused: refusedWithinLimit });
  }
  const longestWaitMs = most((limit) => limit.longestWaitMs);
  if (longestWaitMs > queue.maxWaitMs) suggestions.push({ kind: "longer-wait", maxWaitSeconds: Math.ceil((longestWaitMs * ROOM) / 1000), longestWaitMs });
  const longestQueue = most((limit) => limit.longestQueue);
  if (longestQueue > queue.maxLength) suggestions.push({ kind: "longer-queue", maxLength: Math.ceil(longestQueue * ROOM), longestQueue });
  return suggestions;
}

/** @returns what is written now, with the suggestions in it; nothing else of it is changed. */
export function applySuggestions(written: FlexThrottleInput, suggestions: readonly Suggestion[]): FlexThrottleInput {
  return suggestions.reduce<FlexThrottleInput>((input, suggestion) => {
    switch (suggestion.kind) {
      case "enforce":
        return { ...input, mode: "enforce" };
      case "more-per-second":
        return { ...input, limits: { ...input.limits, [suggestion.limit]: { ...input.limits?.[suggestion.limit], perSecond: suggestion.perSecond } } };
      case "longer-wait":
        return { ...input, queue: { ...input.queue, maxWaitSeconds: suggestion.maxWaitSeconds } };
      case "longer-queue":
        return { ...input, queue: { ...input.queue, maxLength: suggestion.maxLength } };
      default:
        return input;
    }
  }, written);
}
