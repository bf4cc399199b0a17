import { Suggestion } from "../record/suggestions";
import { servicesOf } from "../../testing/services";
import { describeSuggestion } from "./describeSuggestion";

const { text } = servicesOf();

test("refusals are told of where there were any", () => {
  const enforce = "Set the mode to “enforce”. Would have waited for that: 12.";
  expect(describeSuggestion({ kind: "enforce", wouldWait: 12, refused: 0 }, text)).toBe(enforce);
  expect(describeSuggestion({ kind: "enforce", wouldWait: 12, refused: 3 }, text)).toBe(
    `${enforce} Refused by Twilio meanwhile: 3, which would have been retried.`,
  );
});

test.each<[Suggestion, string]>([
  [
    { kind: "longer-wait", maxWaitSeconds: 1200, longestWaitMs: 1_000_000 },
    "Somebody would have waited 1.000 s. Let a request wait 1200 s, or it is given up before its turn.",
  ],
  [
    { kind: "longer-queue", maxLength: 1200, longestQueue: 1000 },
    "1.000 would have waited at once. Let 1200 wait, or what comes on top is refused.",
  ],
])("what is to be typed is written as one types it: %j", (suggestion, words) => {
  expect(describeSuggestion(suggestion, servicesOf({ language: () => "de" }).text)).toBe(words);
});
