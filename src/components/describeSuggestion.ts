/** A recommendation as text. Values to type are not formatted for the language. */

import { Suggestion } from "../record/suggestions";
import { TextOf } from "../texts/texts";

export function describeSuggestion(suggestion: Suggestion, text: TextOf): string {
  switch (suggestion.kind) {
    case "enforce":
      return (
        text("SuggestEnforce", suggestion) +
        (suggestion.throttled > 0 ? ` ${text("SuggestEnforceThrottled", { throttled: suggestion.throttled })}` : "")
      );
    case "raise-rate":
      return text("SuggestMore", { ...suggestion, configured: suggestion.configuredPerSecond });
    case "shared-limit":
      return text("SuggestOthers", suggestion);
    case "raise-max-wait":
      return text("SuggestWait", {
        seconds: String(Math.ceil(suggestion.longestWaitMs / 1000)),
        maxWaitSeconds: String(suggestion.maxWaitSeconds),
      });
    case "raise-max-length":
      return text("SuggestQueue", {
        longest: suggestion.longestQueue,
        maxLength: String(suggestion.maxLength),
      });
  }
}
