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
    "Die längste Wartezeit wäre 1000\u202fs gewesen. Setzen Sie die maximale Wartezeit auf 1200\u202fs.",
  ],
  [
    { kind: "raise-max-length", maxLength: 1200, longestQueue: 1000 },
    "Bis zu 1.000 Aufrufe wären gleichzeitig in der Warteschlange gewesen. Setzen Sie deren maximale Länge auf 1200.",
  ],
])("formats values to type without separators: %j", (suggestion, words) => {
  expect(describeSuggestion(suggestion, servicesOf({ language: () => "de" }).text)).toBe(words);
});
