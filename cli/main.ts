/** The command line: reads what is wanted, does it, and tells how it ended. */

import { readFileSync } from "fs";
import { join } from "path";
import { parseArgs } from "util";

import { openAccount } from "./account";
import { apply } from "./commands/apply";
import { check } from "./commands/check";
import { diff } from "./commands/diff";
import { get } from "./commands/get";
import { rollback } from "./commands/rollback";
import { Complaint, WrongUsage } from "./complaint";
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

interface Wanted {
  readonly command: Command;
  /** Empty for a command without one. */
  readonly file: string;
  readonly options: ReplaceOptions;
}

/** @returns the exit code. */
export async function main(args: string[]): Promise<number> {
  const terminal = new Terminal();
  try {
    const wanted = readArguments(args);
    if (typeof wanted !== "string") return await run(wanted, terminal);
    terminal.print(wanted);
    return 0;
  } catch (error) {
    const isExpected = error instanceof Complaint;
    // Through the terminal in any case: it keeps secrets to itself.
    terminal.note(`flex-throttle: ${isExpected ? error.message : (error as Error).stack}`);
    return isExpected ? error.exitCode : 1;
  }
}

async function run({ command, file, options }: Wanted, terminal: Terminal): Promise<number> {
  if (command === "check") return check(file, terminal);
  const account = openAccount(process.env, terminal);
  useProxy(process.env);
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

/** @returns what is wanted, or a page to print. */
function readArguments(args: string[]): Wanted | string {
  const { values, positionals } = parse(args);
  if (values.help || positionals[0] === "help") return HELP.trimEnd();
  if (values.version) return version();
  const [room, command, ...files] = positionals;
  if (room !== "settings" || command === undefined)
    throw usage(
      room === undefined || room === "settings"
        ? "A command is missing"
        : `"${room}" is not known; all commands begin with settings`,
    );
  if (!Object.hasOwn(COMMANDS, command))
    throw usage(`"settings ${command}" is not known; right would be one of ${Object.keys(COMMANDS).join(", ")}`);
  const { takesFile, writes } = COMMANDS[command as Command];
  if (files.length !== (takesFile ? 1 : 0))
    throw usage(takesFile ? `settings ${command} takes one FILE` : `settings ${command} takes no FILE`);
  if (!writes && (values["dry-run"] || values.force))
    throw usage(`settings ${command} writes nothing: --dry-run and --force are for apply and rollback`);
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
    throw usage((error as Error).message.replace(/\. .*|\.$/s, ""));
  }
}

function usage(what: string): WrongUsage {
  return new WrongUsage(`${what}. See: flex-throttle --help`);
}

function version(): string {
  return (JSON.parse(readFileSync(join(__dirname, "../package.json"), "utf8")) as { version: string }).version;
}
