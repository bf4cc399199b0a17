/** The parts of a problem's sentence, in English here. Translations use the same keys. */

export const MESSAGES = {
  problem: "{{path}} is {{found}}; expected {{expected}}.",
  missing: "missing",
  unknown: "unknown",
  unusable: "a reserved name",
  anotherName: "a different name",
  oneOf: "one of {{names}}",
  number: "a number above 0, at most {{most}}",
  numberFromTo: "a number from {{least}} to {{most}}",
  count: "a whole number, 1 or more",
  countUpTo: "a whole number from 1 to {{most}} (the limit's own rate)",
  trueOrFalse: "true or false",
  text: "a text",
  object: "an object: {{keys}}",
  limitsObject: "an object with limit ids as keys, as on Twilio's page",
  actionsObject: "an object with the names of Flex Actions as keys",
  routesList: "a list of routes",
  limitId: "a limit per second, as on Twilio's page",
  limitsList: "a list of one or more limit ids, as on Twilio's page",
  sid: "a SID: {{prefix}} and 32 hexadecimal digits (0-9, a-f)",
  address: "an https:// URL without query or fragment (* matches any characters)",
} as const;

/** The key of one of the plugin's texts, without its prefix `Message.`. */
export type MessageKey = keyof typeof MESSAGES;

/**
 * A part of a sentence, before translation. `literal` is the same in every language. The values are text: a setting is
 * typed as 10000, even where the language writes 10,000 or 10.000.
 */
export type Message =
  { readonly literal: string } | { readonly key: MessageKey; readonly values?: Readonly<Record<string, string>> };

/** Turns a message into text of one language. */
export type FormatMessage = (message: Message) => string;

export const formatInEnglish: FormatMessage = (message) =>
  "literal" in message ? message.literal : fillTemplate(MESSAGES[message.key], message.values);

/** Replaces each `{{name}}` with its value. A name without a value stays as it is. */
export function fillTemplate(text: string, values: Readonly<Record<string, string | number>> = {}): string {
  return text.replace(/{{(\w+)}}/g, (whole, name: string) => String(values[name] ?? whole));
}
