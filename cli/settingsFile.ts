/** Reads a settings file: JSON with comments, either the settings themselves or `{"flexThrottle": …}`. */

import { parse, ParseError, printParseErrorCode, stripComments } from "jsonc-parser";
import { readFileSync } from "fs";

import { positionOf, unwrapSettings } from "../src/settings/settingsText";
import { CliError } from "./errors";

/**
 * @param file the path of the file.
 * @returns the settings in it, valid or not.
 * @throws CliError that describes and locates the error.
 */
export function readSettingsFile(file: string): unknown {
  const text = readText(file).replace(/^\uFEFF/, "");
  const errors: ParseError[] = [];
  parse(text, errors);
  if (errors[0]) {
    const { line, column } = positionOf(text, errors[0].offset);
    throw new CliError(`${file}:${line}:${column}: invalid JSON, ${describeParseError(errors[0])}.`);
  }
  // jsonc-parser locates errors better; JSON.parse keeps names such as `__proto__`.
  return unwrap(file, JSON.parse(stripComments(text)));
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const problem = {
      ENOENT: "does not exist",
      EISDIR: "is a folder, not a file",
      EACCES: "cannot be read: permission denied",
    }[String(code)];
    throw new CliError(`${file} ${problem ?? `cannot be read (${code})`}.`);
  }
}

/** @throws CliError for a file with more than the settings in it. */
function unwrap(file: string, written: unknown): unknown {
  const names = typeof written === "object" && written !== null && !Array.isArray(written) ? Object.keys(written) : [];
  if (names.includes("ui_attributes") || names.includes("account_sid")) {
    throw new CliError(
      `${file} contains a whole Flex configuration; expected only the value of ui_attributes.flexThrottle.`,
    );
  }
  if (names.includes("flexThrottle") && names.some((name) => name !== "flexThrottle" && name !== "$schema")) {
    throw new CliError(`${file} contains other keys beside flexThrottle; expected only the value of flexThrottle.`);
  }
  return unwrapSettings(written);
}

/** "CommaExpected" → "comma expected" */
function describeParseError({ error }: ParseError): string {
  return printParseErrorCode(error)
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
}
