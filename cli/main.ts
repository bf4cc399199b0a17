/** The command line: parses the arguments, runs the command, and returns its exit code. */

import { readFileSync } from "fs";
import { join } from "path";
import { parseArgs } from "util";

import { openAccount } from "./account";
import { apply } from "./commands/apply";
import { check } from "./commands/check";
import { diff } from "./commands/diff";
import { get } from "./commands/get";
import { rollback } from "./commands/rollback";
import { CliError, UsageError } from "./errors";
import { HELP } from "./help";
import { useProxy } from "./proxy";
import { ReplaceOptions } from "./replace";
import { Terminal } from "./terminal";

const COMMANDS = {
  get: { takesFile: false, writes: false },
  check: { takesFile: true, writes: false },
  diff: { takesFile: true, writes: false },
  apply: { takesFile: true, writes: true },
  rollback: { takesFile: false, writes: true },
};
type Command = keyof typeof COMMANDS;

interface Invocation {
  readonly command: Command;
  /** Empty if the command takes no file. */
  readonly file: string;
  readonly options: ReplaceOptions;
}

/** @returns the exit code. */
export async function main(args: string[]): Promise<number> {
  const terminal = new Terminal();
  try {
    const invocation = parseInvocation(args);
    if (typeof invocation !== "string") return await run(invocation, terminal);
    terminal.print(invocation);
    return 0;
  } catch (error) {
    const isExpected = error instanceof CliError;
    // Unexpected errors go through the terminal, too, because it redacts secrets.
    terminal.note(`flex-throttle: ${isExpected ? error.message : (error as Error).stack}`);
    return isExpected ? error.exitCode : 1;
  }
}

async function run({ command, file, options }: Invocation, terminal: Terminal): Promise<number> {
  if (command === "check") return check(file, terminal);
  const account = openAccount(process.env, terminal);
  await useProxy(process.env);
  switch (command) {
    case "get":
      return get(account, terminal);
    case "diff":
      return diff(file, account, terminal);
    case "apply":
      return apply(file, options, account, terminal);
    case "rollback":
      return rollback(options, account, terminal);
  }
}

/** @returns what to run, or a text to print. */
function parseInvocation(args: string[]): Invocation | string {
  const { values, positionals } = parse(args);
  if (values.help || positionals[0] === "help") return HELP.trimEnd();
  if (values.version) return readVersion();
  const [group, command, ...files] = positionals;
  if (group !== undefined && group !== "settings")
    throw usageError(`Unknown command "${group}"; every command starts with settings`);
  if (command === undefined) throw usageError("Missing command");
  if (!Object.hasOwn(COMMANDS, command))
    throw usageError(`Unknown command "settings ${command}"; expected one of ${Object.keys(COMMANDS).join(", ")}`);
  const { takesFile, writes } = COMMANDS[command as Command];
  if (files.length !== (takesFile ? 1 : 0))
    throw usageError(`settings ${command} ${takesFile ? "expects exactly one FILE" : "does not take a FILE"}`);
  if (!writes && (values["dry-run"] || values.force))
    throw usageError(`settings ${command} does not write; --dry-run and --force are for apply and rollback`);
  return {
    command: command as Command,
    file: files[0] ?? "",
    options: { isDryRun: values["dry-run"] === true, isForced: values.force === true },
  };
}

function parse(args: string[]) {
  const flag = { type: "boolean" } as const;
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: { help: { ...flag, short: "h" }, version: flag, "dry-run": flag, force: flag },
    });
  } catch (error) {
    // Node appends hints in further sentences.
    throw usageError((error as Error).message.replace(/\. .*|\.$/s, ""));
  }
}

function usageError(what: string): UsageError {
  return new UsageError(`${what}. See: flex-throttle --help`);
}

function readVersion(): string {
  return (JSON.parse(readFileSync(join(__dirname, "../package.json"), "utf8")) as { version: string }).version;
}
