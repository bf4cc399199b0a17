/** What a field shows of a value that is written, and what is written for what is typed: anything, for its problem to be told. */

/** @returns the empty text where nothing is written. */
export function formatValue(value: unknown): string {
  if (value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** @returns what is written for it: nothing for an empty text. */
export function parseText(text: string): string | undefined {
  return text === "" ? undefined : text;
}

/** But 1.000: to who writes German that is a thousand, and to everybody else one. */
const DECIMAL = /^(?![1-9]\d{0,2}\.\d\d0$)[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Likewise where a number should stand; a text that is none, or that may mean two, is kept as it is. */
export function parseNumber(text: string): number | string | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return undefined;
  const number = Number(trimmed);
  return DECIMAL.test(trimmed) && Number.isFinite(number) ? number : text;
}
