import { EN, TEXT_KEYS, TextForms } from "./en";
import { LANGUAGES, supportedLanguage, textIn, textsFrom } from "./texts";
import { TRANSLATIONS } from "./translations";

const textsIn = (language?: string, strings: Record<string, unknown> = {}) =>
  textsFrom({ strings: () => strings, language: () => language });
const inEnglish = textsIn();

test("replaces placeholders with values, and keeps a placeholder without a value", () => {
  expect(inEnglish("JoinChatWith", { customer: "Ada" })).toBe("Join chat with Ada");
  expect(inEnglish("JoinChatWith")).toBe("Join chat with {{customer}}");
});

describe("plural forms", () => {
  test.each([
    [undefined, 0, "0 chats are waiting to be joined"],
    [undefined, 1, "1 chat is waiting to be joined"],
    [undefined, 2, "2 chats are waiting to be joined"],
    [undefined, 1234, "1,234 chats are waiting to be joined"],
    ["de", 1, "1 Chat wartet auf Ihren Beitritt"],
    ["de-AT", 2000, "2.000 Chats warten auf Ihren Beitritt"],
    ["fr", 0, "0 chat à rejoindre en attente"],
    ["ja", 1, "1\u202f件のチャットが参加待ちです"],
    ["pt", 3, "3 chats aguardam sua entrada"],
  ])("in language %s, %s", (language, count, expected) => {
    expect(textsIn(language)("QueuedJoins", { count })).toBe(expected);
  });

  test.each(["es", "fr", "pt-BR"])("%s uses `other` where its rules say `many`", (language) => {
    jest.spyOn(Intl.PluralRules.prototype, "select").mockReturnValue("many");
    const { other } = textIn(language, "Requests") as { other: string };
    const count = new Intl.NumberFormat(language).format(1_000_000);
    expect(textsIn(language)("Requests", { count: 1_000_000 })).toBe(other.replace("{{count}}", count));
    jest.restoreAllMocks();
  });
});

test("creates the rules of a language once", () => {
  const created = jest.spyOn(Intl, "NumberFormat");
  const text = textsIn("es");
  [2, 3, 4].forEach((count) => text("QueuedJoins", { count }));
  expect(created.mock.calls.length).toBeLessThanOrEqual(1);
  jest.restoreAllMocks();
});

test.each([
  ["en", "Try again after 11:41 PM."],
  ["de", "nach 23:41 Uhr erneut."],
  ["ja", "23:41 以降にもう一度お試しください。"],
])("formats times for the language %s", (language, end) => {
  const time = new Date("2026-11-29T23:41:07");
  expect(textsIn(language)("DroppedByTwilio", { time }).replace(/\u202f/g, " ")).toContain(end);
});

test.each([
  ["en", 119, "Retrying in 119\u202fs."],
  ["en", 120, "Retrying in 2\u202fmin."],
  ["de", 300, "5\u202fmin"],
  ["de", 149, "2\u202fmin"],
  ["fr", 150, "3\u202fmin"],
  ["ja", 301, "5\u202f分後に"],
])("shows long waits in whole minutes (%s, %s s)", (language, seconds, expected) => {
  expect(textsIn(language)("RetryingIn", { seconds })).toContain(expected);
});

test("shows each wait of a text in its own unit, and leaves texts to type as they are", () => {
  expect(inEnglish("DroppedTooLong", { seconds: 300, maxSeconds: 60 })).toContain(
    "Twilio asks to wait 5\u202fmin, longer than this request may wait (60\u202fs).",
  );
  expect(inEnglish("SuggestWait", { seconds: "300", maxWaitSeconds: "360" })).toContain("to 360\u202fs");
});

describe("the account's own strings", () => {
  test("take precedence, also when they are set later; values that are not strings are ignored", () => {
    const strings: Record<string, unknown> = { FlexThrottleRetryNow: 7 };
    const text = textsIn("en-US", strings);
    expect(text("RetryNow")).toBe(EN.RetryNow);
    strings.FlexThrottleRetryNow = "Go!";
    expect(text("RetryNow")).toBe("Go!");
  });

  test.each([
    ["for all forms", { FlexThrottleRequests: "{{count}} queued" }, "1 queued", "2 queued"],
    [
      "for one form and the rest",
      { FlexThrottleRequests_one: "one queued", FlexThrottleRequests: "{{count}} queued" },
      "one queued",
      "2 queued",
    ],
    ["for one form", { FlexThrottleRequests_other: "many" }, "1 request", "many"],
    ["under the key of the singular", { FlexThrottleRequest: "one queued" }, "one queued", "2 requests"],
  ])("can be set %s", (_, strings, one, two) => {
    const text = textsIn("en", strings);
    expect(text("Requests", { count: 1 })).toBe(one);
    expect(text("Requests", { count: 2 })).toBe(two);
  });
});

test.each([
  ["en", "NextIn", { seconds: 3 }, "next in 3\u202fs"],
  [
    "en",
    "ViewObservedSince",
    { time: "9:00", hours: 1, minutes: 4 },
    "Since 9:00; Flex was open for 1\u202fh 4\u202fmin",
  ],
  ["en", "SuggestOthers", { limit: "X", throttled: 3 }, "X: 429s although"],
  ["fr", "CancelNamed", { call: "SendSms" }, "Annuler\u202f: SendSms"],
  ["ja", "JoiningIn", { seconds: 3 }, "3\u202f秒後に"],
] as const)(
  "joins numbers and units, and French punctuation, with a narrow no-break space: %s, %s",
  (language, key, values, text) => {
    expect(textsIn(language)(key, values).slice(0, text.length)).toBe(text);
  },
);

const formsOf = (text: TextForms): string[] => (typeof text === "object" ? Object.values(text) : [text]);
const placeholdersIn = (text: string) => (text.match(/{{\w+}}/g) ?? []).sort().join();

describe.each(LANGUAGES.filter((language) => language !== "en"))("the language %s", (language) => {
  const texts = TRANSLATIONS[language];

  test("has every text", () => {
    expect(TEXT_KEYS.filter((_, index) => texts[index] === undefined)).toEqual([]);
    expect(texts).toHaveLength(TEXT_KEYS.length);
    expect(texts.flatMap(formsOf).filter((text) => text.trim() !== text || text === "")).toEqual([]);
  });

  test("has the same placeholders as English in each form", () => {
    const differs = TEXT_KEYS.filter((key, index) => {
      const [expected] = formsOf(EN[key]).map(placeholdersIn);
      return formsOf(texts[index]).some((text) => placeholdersIn(text) !== expected);
    });
    expect(differs).toEqual([]);
  });

  test("has only plural forms that its rules select", () => {
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
    const unused = texts
      .flatMap((text) => (typeof text === "object" ? Object.keys(text) : []))
      .filter((form) => !(pluralCategories as string[]).includes(form));
    expect(unused).toEqual([]);
  });

  test("has a plural form for everything that its rules select, except `many`", () => {
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
    const needed = pluralCategories.filter((form) => form !== "many");
    const incomplete = TEXT_KEYS.filter((key, index) => {
      const text = texts[index];
      const forms = typeof text === "object" ? Object.keys(text) : ["other"];
      return typeof EN[key] === "object" && needed.some((form) => !forms.includes(form));
    });
    expect(incomplete).toEqual([]);
  });
});

test.each([
  ["es-MX", "es"],
  ["pt", "pt-BR"],
  ["pt_BR", "pt-BR"],
  ["DE", "de"],
  [undefined, "en"],
  ["en-GB", "en"],
  ["tlh", "en"],
])("reads the language %s as %s", (language, supported) => {
  expect(supportedLanguage(language)).toBe(supported);
});
