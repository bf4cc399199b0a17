/** Reads the settings from a text that a person wrote: JSON as the command line takes it, comments allowed. */

import { parse, ParseError, printParseErrorCode, stripComments } from "jsonc-parser";

export type SettingsText =
  | { readonly settings: unknown }
  | {
      /** Where it stops being JSON, from 1 on. */
      readonly line: number;
      readonly column: number;
      /** In a few English words. */
      readonly what: string;
    };

export function readSettingsText(written: string): SettingsText {
  const text = written.replace(/^\uFEFF/, "");
  const errors: ParseError[] = [];
  parse(text, errors);
  if (errors[0]) return { ...positionOf(text, errors[0].offset), what: wordsOf(errors[0]) };
  // The parser above finds mistakes better; this one keeps every name that JSON allows.
  return { settings: unwrap(JSON.parse(stripComments(text))) };
}

/** Takes out what only an editor needs, and what may stand around the settings. */
function unwrap(written: unknown): unknown {
  if (typeof written !== "object" || written === null || Array.isArray(written)) return written;
  const entries = Object.entries(written).filter(([key]) => key !== "$schema");
  return entries.length === 1 && entries[0][0] === "flexThrottle" ? entries[0][1] : Object.fromEntries(entries);
}

function positionOf(text: string, offset: number): { line: number; column: number } {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: lines.length, column: lines[lines.length - 1].length + 1 };
}

/** "CommaExpected" → "comma expected". */
function wordsOf({ error }: ParseError): string {
  return printParseErrorCode(error)
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
}
