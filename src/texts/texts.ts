/**
 * The texts in the language of the moment. Where `manager.strings` has one of the keys, set by any plugin at any time,
 * that holds instead.
 */

import { fillTemplate, FormatMessage } from "../settings/messages";
import { DE } from "./de";
import { EN, TextKey, Translation } from "./en";
import { ES } from "./es";
import { FR } from "./fr";
import { JA } from "./ja";
import { PT_BR } from "./ptBR";

export type { TextKey };

export type Values = Readonly<Record<string, string | number>>;

/**
 * A text as it is at the moment: to be asked while drawing, since language and texts can change.
 *
 * @param values what stands in its `{{names}}`; a number is written as the language writes it. Of the texts in `SINGULARS`
 * `count` chooses the one for one.
 */
export type TextOf = (key: TextKey, values?: Values) => string;

/** Which text is read instead where the count is what the language counts as one. */
export const SINGULARS: Partial<Record<TextKey, TextKey>> = {
  FlexThrottleQueuedJoins: "FlexThrottleQueuedJoin",
  FlexThrottleQueuedCalls: "FlexThrottleQueuedCall",
  FlexThrottleLimitedJoins: "FlexThrottleLimitedJoin",
  FlexThrottleLimitedCalls: "FlexThrottleLimitedCall",
  FlexThrottleSettingsProblems: "FlexThrottleSettingsProblem",
  FlexThrottleFormProblems: "FlexThrottleFormProblem",
  FlexThrottleFormChanges: "FlexThrottleFormChange",
  FlexThrottleWaitingCalls: "FlexThrottleWaitingCall",
};

export const TRANSLATIONS: Readonly<Record<string, Translation>> = {
  en: EN,
  es: ES,
  "pt-BR": PT_BR,
  fr: FR,
  de: DE,
  ja: JA,
};

const ENGLISH = "en";

export interface TextSources {
  /** The account's own texts as they are at the moment. */
  readonly strings: () => Readonly<Record<string, unknown>> | undefined;
  /** A BCP 47 tag such as `pt-BR`; English where there is none, or none of ours. */
  readonly language: () => string | undefined;
}

export function textsFrom({ strings, language }: TextSources): TextOf {
  return (key, values = {}) => {
    const wanted = supportedLanguage(language());
    const chosen = formFor(key, values.count, wanted);
    const own = strings()?.[chosen];
    const text = typeof own === "string" ? own : (TRANSLATIONS[wanted][chosen] ?? EN[chosen]);
    return fillTemplate(text, written(values, wanted));
  };
}

/** @returns the language among ours that is meant: itself, or one of the same first part. */
export function supportedLanguage(language: string | undefined): string {
  const ours = Object.keys(TRANSLATIONS);
  const wanted = (language ?? ENGLISH).toLowerCase().replace(/_/g, "-");
  const [first] = wanted.split("-");
  return (
    ours.find((own) => own.toLowerCase() === wanted) ??
    ours.find((own) => own.toLowerCase().split("-")[0] === first) ??
    ENGLISH
  );
}

function formFor(key: TextKey, count: string | number | undefined, language: string): TextKey {
  const singular = SINGULARS[key];
  if (!singular || typeof count !== "number") return key;
  return new Intl.PluralRules(language).select(count) === "one" ? singular : key;
}

function written(values: Values, language: string): Values {
  const write = (value: string | number) =>
    typeof value === "number" ? new Intl.NumberFormat(language).format(value) : value;
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, write(value)]));
}

/** @returns what puts something said of settings into the language of the moment. */
export function sayer(text: TextOf): FormatMessage {
  return (message) =>
    "literal" in message ? message.literal : text(`FlexThrottleSays.${message.key}`, message.values);
}
