import { Suggestion } from "../record/suggestions";
import { servicesOf } from "../../testing/services";
import { describeSuggestion } from "./describeSuggestion";

const { text } = servicesOf();

test("mentions 429s only if there were any", () => {
  const enforce = "Set the mode to “enforce”. Calls that would have waited: 12.";
  expect(describeSuggestion({ kind: "enforce", wouldWait: 12, throttled: 0 }, text)).toBe(enforce);
  expect(describeSuggestion({ kind: "enforce", wouldWait: 12, throttled: 3 }, text)).toBe(
    `${enforce} 429s that would have been retried: 3.`,
  );
});

test.each<[Suggestion, string]>([
  [
    { kind: "raise-max-wait", maxWaitSeconds: 1200, longestWaitMs: 1_000_000 },
    "The longest wait would have been 1000\u202fs. Set the maximum wait to 1200\u202fs so that calls do not expire first.",
  ],
  [
    { kind: "raise-max-length", maxLength: 1200, longestQueue: 1000 },
    "Up to 1.000 calls would have been queued at once. Set the maximum queue length to 1200 so that none is rejected.",
  ],
])("formats values to type without separators: %j", (suggestion, words) => {
  expect(describeSuggestion(suggestion, servicesOf({ language: () => "de" }).text)).toBe(words);
});
