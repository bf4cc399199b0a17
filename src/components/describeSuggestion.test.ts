import { servicesOf } from "../testing/services";
import { describeSuggestion } from "./describeSuggestion";

const { text } = servicesOf();

test("refusals are told of where there were any", () => {
  const enforce = "Set the mode to “enforce”. Would have waited for that: 12.";
  expect(describeSuggestion({ kind: "enforce", wouldWait: 12, refused: 0 }, text)).toBe(enforce);
  expect(describeSuggestion({ kind: "enforce", wouldWait: 12, refused: 3 }, text)).toBe(`${enforce} Refused by Twilio meanwhile: 3, which would have been retried.`);
});
