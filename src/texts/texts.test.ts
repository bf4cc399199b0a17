import { EN, TextKey } from "./en";
import { SINGULARS, supportedLanguage, textsFrom, TRANSLATIONS } from "./texts";

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

const placesIn = (text: string) => (text.match(/{{\w+}}/g) ?? []).sort();

/** What admins and supervisors read of the limits and in the form of the settings is in English: the bundle has no room for more. */
const IN_ENGLISH_ONLY = /^FlexThrottle(View|Outcome|Suggest|Form|Setting\.)/;

describe.each(Object.keys(TRANSLATIONS).filter((language) => language !== "en"))("in the language %s", (language) => {
  const translation = TRANSLATIONS[language];
  const hasSingular = new Intl.PluralRules(language).resolvedOptions().pluralCategories.includes("one");
  const needed = (Object.keys(EN) as TextKey[]).filter(
    (key) => !IN_ENGLISH_ONLY.test(key) && (hasSingular || !Object.values(SINGULARS).includes(key)),
  );

  test("there is every text that agents read, and none that nobody reads", () => {
    expect(Object.keys(translation).sort()).toEqual(needed.sort());
    expect(Object.values(translation).filter((text) => text.trim() !== text || text === "")).toEqual([]);
  });

  test("each text names the same values as the English one", () => {
    const differing = needed.filter((key) => placesIn(translation[key] ?? "").join() !== placesIn(EN[key]).join());
    expect(differing).toEqual([]);
  });
});

test.each([
  ["de", 1, "1 Chat wartet, bis er an der Reihe ist"],
  ["de-AT", 2000, "2.000 Chats warten, bis sie an der Reihe sind"],
  ["fr", 0, "0 chat attend son tour"],
  ["ja", 1, "1 件のチャットが参加待ちです"],
  ["pt", 3, "3 chats aguardam a vez"],
])("the language %s counts %s as it does", (language, count, expected) => {
  expect(textsFrom({ strings: () => undefined, language: () => language })("FlexThrottleQueuedJoins", { count })).toBe(
    expected,
  );
});

test.each([
  ["es-MX", "es"],
  ["pt", "pt-BR"],
  ["pt_BR", "pt-BR"],
  ["DE", "de"],
  [undefined, "en"],
  ["en-GB", "en"],
  ["tlh", "en"],
])("of the language %s it is the texts in %s that are read", (language, ours) => {
  expect(supportedLanguage(language)).toBe(ours);
});
