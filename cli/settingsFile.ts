/** Reads a settings file: JSON with comments, either the settings themselves or `{"flexThrottle": …}`. */

import { createReadStream } from "fs";
import { Node, ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { resolve } from "path";

import { positionOf, unwrapSettings } from "../src/settings/settingsText";
import { CliError, reasonOf } from "./errors";
import { Surroundings } from "./surroundings";

/** Far more than any settings need. */
const MAX_BYTES = 1_000_000;

export interface SettingsFile {
  /** For messages. */
  readonly name: string;
  /** Valid or not. */
  readonly settings: unknown;
}

/**
 * @param path the path of the file, or `-` for standard input.
 * @throws CliError that describes and locates the error.
 */
export async function readSettingsFile(path: string, surroundings: Surroundings): Promise<SettingsFile> {
  const isInput = path === "-" || path === "/dev/stdin";
  const name = isInput ? "standard input" : path;
  const stream = isInput ? surroundings.stdin : createReadStream(resolve(surroundings.cwd(), path));
  const text = decode(name, await readBytes(name, stream));
  return { name, settings: unwrap(name, parseSettings(name, text)) };
}

async function readBytes(name: string, stream: AsyncIterable<Buffer | string>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of stream) {
      chunks.push(Buffer.from(chunk));
      bytes += chunk.length;
      if (bytes > MAX_BYTES) break;
    }
  } catch (error) {
    const reason = reasonOf(error);
    const problem = {
      ENOENT: "does not exist",
      EISDIR: "is a folder, not a file",
      EACCES: "cannot be read: permission denied",
    }[reason];
    throw new CliError(`${name} ${problem ?? `cannot be read (${reason})`}.`);
  }
  if (bytes > MAX_BYTES) throw new CliError(`${name} is larger than 1 MB; expected a settings file.`);
  return Buffer.concat(chunks);
}

/** Windows PowerShell writes UTF-16 with a byte order mark. */
function decode(name: string, bytes: Buffer): string {
  const mark = bytes.subarray(0, 2).toString("hex");
  const encoding = { fffe: "utf-16le", feff: "utf-16be" }[mark] ?? "utf-8";
  let text = "\0";
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    // Same error as for a binary file.
  }
  if (text.includes("\0")) throw new CliError(`${name} is not a text file in UTF-8.`);
  if (text.trim() === "") throw new CliError(`${name} is empty; expected the settings as JSON.`);
  return text;
}

function parseSettings(name: string, text: string): unknown {
  const errors: ParseError[] = [];
  const errorAt = (offset: number, problem: string) => {
    const { line, column } = positionOf(text, offset);
    return new CliError(`${name}:${line}:${column}: ${problem}.`);
  };
  // jsonc-parser's own conversion would lose names such as `__proto__` and all but the last of equal names.
  const valueOf = ({ type, value, children = [] }: Node): unknown => {
    if (type === "array") return children.map(valueOf);
    if (type !== "object") return value;
    const entries = new Map<string, unknown>();
    for (const { children: [key, item] = [] } of children) {
      if (entries.has(key.value)) throw errorAt(key.offset, `the object has two entries ${JSON.stringify(key.value)}`);
      entries.set(key.value, valueOf(item));
    }
    return Object.fromEntries(entries);
  };
  try {
    const root = parseTree(text, errors, { allowTrailingComma: true });
    if (errors[0]) throw errorAt(errors[0].offset, `invalid JSON, ${describeParseError(errors[0])}`);
    return root && valueOf(root);
  } catch (error) {
    throw error instanceof RangeError ? new CliError(`${name} is nested too deeply.`) : error;
  }
}

/** @throws CliError for a file with more than the settings in it. */
function unwrap(name: string, written: unknown): unknown {
  const keys = typeof written === "object" && written !== null && !Array.isArray(written) ? Object.keys(written) : [];
  if (keys.includes("ui_attributes") || keys.includes("account_sid")) {
    throw new CliError(
      `${name} contains a whole Flex configuration; expected only the value of ui_attributes.flexThrottle.`,
    );
  }
  if (keys.includes("flexThrottle") && keys.some((key) => key !== "flexThrottle" && key !== "$schema")) {
    throw new CliError(`${name} contains other keys beside flexThrottle; expected only the value of flexThrottle.`);
  }
  return unwrapSettings(written);
}

/** "CommaExpected" → "comma expected" */
function describeParseError({ error }: ParseError): string {
  const code = printParseErrorCode(error);
  if (code === "InvalidSymbol")
    return "unknown word; expected a name or a text in double quotes, a number, true, false or null";
  return code.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
}
