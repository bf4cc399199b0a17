/** The file in which an admin keeps the settings: JSON, comments allowed, as it stands or as `{"flexThrottle": …}`. */

import { parse, ParseError, printParseErrorCode, stripComments } from "jsonc-parser";
import { readFileSync } from "fs";

import { positionOf, unwrapSettings } from "../src/settings/settingsText";
import { Complaint } from "./complaint";

/**
 * @param file its path.
 * @returns the settings in it, whatever they hold.
 * @throws Complaint that says what is wrong with the file, and where.
 */
export function readSettingsFile(file: string): unknown {
  const text = readText(file).replace(/^\uFEFF/, "");
  const errors: ParseError[] = [];
  parse(text, errors);
  if (errors[0]) {
    const { line, column } = positionOf(text, errors[0].offset);
    throw new Complaint(`${file}:${line}:${column} is not JSON: ${wordsOf(errors[0])}.`);
  }
  // The parser above finds mistakes better; this one keeps every name that JSON allows.
  return unwrap(file, JSON.parse(stripComments(text)));
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const what = {
      ENOENT: "there is no such file",
      EISDIR: "this is a folder, not a file",
      EACCES: "this file may not be read",
    }[String(code)];
    throw new Complaint(`${file}: ${what ?? `it cannot be read (${code})`}.`);
  }
}

/** Refuses what holds more than the settings. */
function unwrap(file: string, written: unknown): unknown {
  const names = typeof written === "object" && written !== null && !Array.isArray(written) ? Object.keys(written) : [];
  if (names.includes("ui_attributes") || names.includes("account_sid")) {
    throw new Complaint(
      `${file} is a whole Flex configuration; right would be only what stands in it under ui_attributes.flexThrottle.`,
    );
  }
  if (names.includes("flexThrottle") && names.some((name) => name !== "flexThrottle" && name !== "$schema")) {
    throw new Complaint(
      `${file} has other keys beside flexThrottle, as if it were the whole of ui_attributes; right would be only what stands under flexThrottle.`,
    );
  }
  return unwrapSettings(written);
}

/** "CommaExpected" → "comma expected". */
function wordsOf({ error }: ParseError): string {
  return printParseErrorCode(error)
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
}
