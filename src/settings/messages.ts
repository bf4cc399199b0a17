/**
 * What is said of an entry that is not understood: in English here, by keys under which a translation says it, too.
 */

export const MESSAGES = {
  problem: "{{path}} is {{found}}; right would be {{expected}}.",
  missing: "missing",
  unknown: "not known",
  unusable: "a name that cannot be used",
  anotherName: "another",
  oneOf: "one of {{names}}",
  number: "a number above 0, at most {{most}}",
  count: "a whole number, 1 or more",
  countUpTo: "a whole number from 1 to {{most}}, the limit itself",
  trueOrFalse: "true or false",
  object: "an object: {{keys}}",
  limitsObject: "an object: limits by their id, as Twilio's page names them",
  actionsObject: "an object: Flex Actions by their name",
  routesList: "a list of routes",
  limitsList: "a list of one or more limits, each one of {{names}}",
  address: "an https:// address without ? and #, with * for any run of characters",
} as const;

export type MessageKey = keyof typeof MESSAGES;

/**
 * Something to be said; `literal` is what is written the same in every language. So are numbers among the values, which
 * are to be typed: 10000, where a text of the language would have 10,000 or 10.000.
 */
export type Message =
  { readonly literal: string } | { readonly key: MessageKey; readonly values?: Readonly<Record<string, string>> };

/** Puts it into words. */
export type FormatMessage = (message: Message) => string;

export const formatInEnglish: FormatMessage = (message) =>
  "literal" in message ? message.literal : fillTemplate(MESSAGES[message.key], message.values);

/** Puts values into the `{{names}}` of a text; an unknown name stays as it is written. */
export function fillTemplate(text: string, values: Readonly<Record<string, string | number>> = {}): string {
  return text.replace(/{{(\w+)}}/g, (whole, name: string) => String(values[name] ?? whole));
}
