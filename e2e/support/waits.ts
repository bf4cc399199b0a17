/** Waits as the plugin shows them: "8 s", "5 min". */

/** As a part of a regular expression. */
export const WAIT = String.raw`\d+\s(?:s|min)`;

/** @returns the seconds of the first wait in a text; 0 if there is none. */
export function readSeconds(text: string): number {
  const [, count, unit] = /(\d+)\s(s|min)\b/.exec(text) ?? [];
  return Number(count ?? 0) * (unit === "min" ? 60 : 1);
}
