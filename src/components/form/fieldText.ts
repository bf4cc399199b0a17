/** Converts between settings and the text of a field. Invalid text is kept, so that its problem can be shown. */

/** @returns an empty text for undefined. */
export function formatValue(value: unknown): string {
  if (value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** @returns undefined for an empty text. */
export function parseText(text: string): string | undefined {
  return text === "" ? undefined : text;
}

/** Rejects 1.000, which is a thousand in German and one in English. */
const DECIMAL = /^(?![1-9]\d{0,2}\.\d\d0$)[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** @returns undefined for an empty text, and the text itself if it is no number or ambiguous. */
export function parseNumber(text: string): number | string | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return undefined;
  const number = Number(trimmed);
  return DECIMAL.test(trimmed) && Number.isFinite(number) ? number : text;
}
