/**
 * Parses settings as a person writes them: JSON with comments. Handwritten, to keep a parser library out of every agent's
 * browser: `JSON.parse` reads the value, and this code finds the position of a syntax error, which not every browser reports.
 */

import { isRecord } from "../helpers/isRecord";

/** A position in a text; both numbers start at 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** What is missing at a syntax error: `}` and `]` can each be replaced by a comma, `end` is the end of the text. */
export type ExpectedToken = "value" | "name" | ":" | "}" | "]" | "end";

export interface SyntaxMistake extends Position {
  readonly expected: ExpectedToken;
}

/** @returns any JSON value as `settings`, or the first syntax error. */
export function parseSettingsText(
  written: string,
): { readonly settings: unknown } | { readonly mistake: SyntaxMistake } {
  const text = written.replace(/^\uFEFF/, "");
  const found = findSyntaxError(text);
  if (found) return { mistake: { ...positionOf(text, found.offset), expected: found.expected } };
  return { settings: JSON.parse(text.replace(STRING_OR_COMMENT, (found) => (found.startsWith('"') ? found : ""))) };
}

/** Removes `$schema`, which only an editor needs, and an enclosing `{"flexThrottle": …}`. */
export function unwrapSettings(written: unknown): unknown {
  if (!isRecord(written)) return written;
  const entries = Object.entries(written).filter(([key]) => key !== "$schema");
  return entries.length === 1 && entries[0][0] === "flexThrottle" ? entries[0][1] : Object.fromEntries(entries);
}

/** @param offset starts at 0. */
export function positionOf(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: lines.length, column: lines[lines.length - 1].length + 1 };
}

const STRING_OR_COMMENT = /"(?:[^"\\]|\\.)*"|\/\/[^\r\n]*|\/\*[^]*?\*\//g;

const BLANK = /(?:[ \t\r\n]|\/\/[^\r\n]*|\/\*[^]*?\*\/)*/y;
const STRING = /"(?:[^"\\\0-\x1F]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*"/y;
const NUMBER_OR_LITERAL = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** @returns the offset of the first character that is not valid JSON, and what was expected there. */
function findSyntaxError(text: string): { offset: number; expected: ExpectedToken } | undefined {
  let offset = 0;
  let expected: ExpectedToken = "end";
  const fail = (token: ExpectedToken) => {
    expected = token;
    return false;
  };
  const skip = (pattern: RegExp) => {
    pattern.lastIndex = offset;
    const isFound = pattern.test(text);
    if (isFound) offset = pattern.lastIndex;
    return isFound;
  };
  const take = (token: RegExp | string) => {
    skip(BLANK);
    if (typeof token !== "string") return skip(token);
    const isFound = text[offset] === token;
    if (isFound) offset += 1;
    return isFound;
  };
  const takeItemsUntil = (end: "}" | "]", takeItem: () => boolean) => {
    if (take(end)) return true;
    do if (!takeItem()) return false;
    while (take(","));
    return take(end) || fail(end);
  };
  const takeEntry = () => (take(STRING) || fail("name")) && (take(":") || fail(":")) && takeValue();
  const takeValue = (): boolean => {
    if (take("{")) return takeItemsUntil("}", takeEntry);
    if (take("[")) return takeItemsUntil("]", takeValue);
    return take(STRING) || take(NUMBER_OR_LITERAL) || fail("value");
  };
  const isValue = takeValue();
  skip(BLANK);
  return isValue && offset === text.length ? undefined : { offset, expected };
}
