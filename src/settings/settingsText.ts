/** Reads settings as a person writes them down: JSON, comments allowed. */

import { parse, ParseError, printParseErrorCode, stripComments } from "jsonc-parser";

/** Where a text stops being JSON. */
export interface TextMistake {
  /** From 1 on. */
  readonly line: number;
  readonly column: number;
  /** As the parser names it: `CommaExpected`. */
  readonly what: string;
}

/** @returns what is written, whatever it holds. */
export function parseSettingsText(written: string): { readonly settings: unknown } | { readonly mistake: TextMistake } {
  const text = written.replace(/^\uFEFF/, "");
  const errors: ParseError[] = [];
  parse(text, errors);
  if (errors[0]) return { mistake: { ...positionOf(text, errors[0].offset), what: printParseErrorCode(errors[0].error) } };
  // The parser above finds mistakes better; this one keeps every name that JSON allows.
  return { settings: JSON.parse(stripComments(text)) };
}

/** Takes out what only an editor needs, and `{"flexThrottle": …}` around the settings. */
export function unwrapSettings(written: unknown): unknown {
  if (typeof written !== "object" || written === null || Array.isArray(written)) return written;
  const entries = Object.entries(written).filter(([key]) => key !== "$schema");
  return entries.length === 1 && entries[0][0] === "flexThrottle" ? entries[0][1] : Object.fromEntries(entries);
}

function positionOf(text: string, offset: number): { line: number; column: number } {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: lines.length, column: lines[lines.length - 1].length + 1 };
}
