import { EN } from "./en";
import { supportedLanguage, textsFrom } from "./texts";

const inEnglish = textsFrom({ strings: () => undefined, language: () => undefined });

test("a value is written where its name stands; an unknown name stays as it is written", () => {
  expect(inEnglish("FlexThrottleNextIn", { seconds: 3 })).toBe("next in 3 s");
  expect(inEnglish("FlexThrottleNextIn")).toBe("next in {{seconds}} s");
});

test.each([
  [0, "0 chats are waiting to be joined"],
  [1, "1 chat is waiting to be joined"],
  [2, "2 chats are waiting to be joined"],
  [1234, "1,234 chats are waiting to be joined"],
])("%s of something is counted as the language counts it", (count, text) => {
  expect(inEnglish("FlexThrottleQueuedJoins", { count })).toBe(text);
});

test("an account's own text holds instead, as it is at the moment", () => {
  const strings: Record<string, unknown> = { FlexThrottleRetryNow: 7 };
  const text = textsFrom({ strings: () => strings, language: () => "en-US" });
  expect(text("FlexThrottleRetryNow")).toBe(EN.FlexThrottleRetryNow);
  strings.FlexThrottleRetryNow = "Go!";
  expect(text("FlexThrottleRetryNow")).toBe("Go!");
});

test.each([
  [undefined, "en"],
  ["en-GB", "en"],
  ["tlh", "en"],
])("of the language %s it is the texts in %s that are read", (language, ours) => {
  expect(supportedLanguage(language)).toBe(ours);
});
