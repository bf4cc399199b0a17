/** Texts in the current language. Strings that a plugin sets in `manager.strings` take precedence. */

import { fillTemplate, FormatMessage } from "../settings/messages";
import { EN, TEXT_KEYS, TextForms, TextKey } from "./en";
import { TRANSLATIONS } from "./translations";

export type { TextKey };

export type Values = Readonly<Record<string, string | number | Date>>;

/**
 * Returns a text in the current language. Call it while rendering, because language and strings can change.
 *
 * @param values replace the text's `{{names}}`. Numbers and times are formatted for the language; `count` selects the plural form.
 */
export type TextOf = (key: TextKey, values?: Values) => string;

export const LANGUAGES: readonly string[] = Object.keys(TRANSLATIONS);

const DEFAULT_LANGUAGE = "en";

/** Begins the names of this plugin's strings, which all plugins share. */
const PREFIX = "FlexThrottle";

const MIN_SECONDS_IN_MINUTES = 120;

export interface TextSources {
  /** The account's own strings: `FlexThrottleKEY`, or `FlexThrottleKEY_one` for one plural form. */
  readonly strings: () => Readonly<Record<string, unknown>> | undefined;
  /** A BCP 47 tag such as `pt-BR`. English is used for an unknown language. */
  readonly language: () => string | undefined;
}

export function textsFrom({ strings, language }: TextSources): TextOf {
  return (key, values = {}) => {
    const supported = supportedLanguage(language());
    const text = textIn(supported, key);
    const form = typeof EN[key] === "string" ? "other" : pluralForm(values.count, supported);
    const own = findOwn(strings() ?? {}, key, form);
    const template = own ?? (typeof text === "string" ? text : (text[form] ?? text.other));
    return fillTemplate(joinUnits(roundToMinutes(template, values)), formatValues(values, supported));
  };
}

export function textIn(language: string, key: TextKey): TextForms {
  return TRANSLATIONS[language][TEXT_KEYS.indexOf(key)] ?? EN[key];
}

/** @returns the supported language with this tag, or with the same primary subtag. */
export function supportedLanguage(language = DEFAULT_LANGUAGE): string {
  const tag = language.toLowerCase().replace(/_/g, "-");
  const [primary] = tag.split("-");
  return (
    LANGUAGES.find((each) => each.toLowerCase() === tag) ??
    LANGUAGES.find((each) => each.toLowerCase().split("-")[0] === primary) ??
    DEFAULT_LANGUAGE
  );
}

/** How a language shows numbers. Kept, because creating these objects takes much longer than using them. */
interface NumberRules {
  readonly format: Intl.NumberFormat;
  readonly plurals: Intl.PluralRules;
}

const numberRules: Record<string, NumberRules> = {};

function numberRulesOf(language: string): NumberRules {
  numberRules[language] ??= { format: new Intl.NumberFormat(language), plurals: new Intl.PluralRules(language) };
  return numberRules[language];
}

function pluralForm(count: unknown, language: string): Intl.LDMLPluralRule {
  return typeof count === "number" ? numberRulesOf(language).plurals.select(count) : "other";
}

function findOwn(strings: Readonly<Record<string, unknown>>, key: string, form: string): string | undefined {
  // The singular of ...Calls may also be set as ...Call.
  const candidates = [`${key}_${form}`, form === "one" ? key.slice(0, -1) : key, key];
  return candidates.map((name) => strings[PREFIX + name]).find((own): own is string => typeof own === "string");
}

/** Shows waits of two minutes and more in whole minutes, which are as short as seconds. */
const roundToMinutes = (template: string, values: Values) =>
  template.replace(/{{(\w*seconds)}} (s|秒)(?![a-z])/gi, (whole, name: string, unit: string) => {
    const wait = values[name];
    if (typeof wait !== "number" || wait < MIN_SECONDS_IN_MINUTES) return whole;
    return `${Math.round(wait / 60)} ${unit === "s" ? "min" : "分"}`;
  });

/** Puts narrow no-break spaces between numbers and units, and before French punctuation. */
const joinUnits = (template: string) =>
  template.replace(/(}}|\d) (?=(?:s|min|h|秒|分|件)(?![a-z]))| (?=[:;!?])/g, "$1\u202f");

function formatValues(values: Values, language: string): Record<string, string> {
  const format = (value: string | number | Date) => {
    if (typeof value === "string") return value;
    return typeof value === "number"
      ? numberRulesOf(language).format.format(value)
      : value.toLocaleTimeString(language, { hour: "numeric", minute: "2-digit" });
  };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, format(value)]));
}

/** Formats the messages of settings problems in the current language. */
export function messageFormatter(text: TextOf): FormatMessage {
  return (message) => ("literal" in message ? message.literal : text(`Message.${message.key}`, message.values));
}
