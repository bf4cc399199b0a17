/** A recommendation as text. Values to type are not formatted for the language. */

import { Suggestion } from "../record/suggestions";
import { TextOf } from "../texts/texts";

export function describeSuggestion(suggestion: Suggestion, text: TextOf): string {
  switch (suggestion.kind) {
    case "enforce":
      return (
        text("FlexThrottleSuggestEnforce", suggestion) +
        (suggestion.throttled > 0
          ? ` ${text("FlexThrottleSuggestEnforceThrottled", { throttled: suggestion.throttled })}`
          : "")
      );
    case "raise-rate":
      return text("FlexThrottleSuggestMore", { ...suggestion, configured: suggestion.configuredPerSecond });
    case "shared-limit":
      return text("FlexThrottleSuggestOthers", suggestion);
    case "raise-max-wait":
      return text("FlexThrottleSuggestWait", {
        seconds: String(Math.ceil(suggestion.longestWaitMs / 1000)),
        maxWaitSeconds: String(suggestion.maxWaitSeconds),
      });
    case "raise-max-length":
      return text("FlexThrottleSuggestQueue", {
        longest: suggestion.longestQueue,
        maxLength: String(suggestion.maxLength),
      });
  }
}
