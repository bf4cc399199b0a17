/** What follows from what was observed, in a sentence or two. What is to be typed is written as one types it. */

import { Suggestion } from "../record/suggestions";
import { TextOf } from "../texts/texts";

export function describeSuggestion(suggestion: Suggestion, text: TextOf): string {
  switch (suggestion.kind) {
    case "enforce":
      return (
        text("FlexThrottleSuggestEnforce", suggestion) +
        (suggestion.refused > 0 ? ` ${text("FlexThrottleSuggestEnforceRefused", suggestion)}` : "")
      );
    case "more-per-second":
      return text("FlexThrottleSuggestMore", suggestion);
    case "others-spend":
      return text("FlexThrottleSuggestOthers", suggestion);
    case "longer-wait":
      return text("FlexThrottleSuggestWait", {
        seconds: Math.ceil(suggestion.longestWaitMs / 1000),
        maxWaitSeconds: String(suggestion.maxWaitSeconds),
      });
    case "longer-queue":
      return text("FlexThrottleSuggestQueue", {
        longest: suggestion.longestQueue,
        maxLength: String(suggestion.maxLength),
      });
  }
}
