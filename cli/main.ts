/** The command line: parses the arguments, runs the command, and returns its exit code. */

import { readFileSync } from "fs";
import { join } from "path";
import { parseArgs } from "util";

import { openAccount } from "./account";
import { apply } from "./commands/apply";
import { check } from "./commands/check";
import { diff } from "./commands/diff";
import { get } from "./commands/get";
import { history } from "./commands/history";
import { rollback } from "./commands/rollback";
import { CliError } from "./errors";
import { HELP } from "./help";
import { ReplaceOptions } from "./replace";
import { readSettingsFile } from "./settingsFile";
import { Surroundings } from "./surroundings";
import { Terminal } from "./terminal";

const COMMANDS = {
  get: { takesFile: false, writes: false },
  check: { takesFile: true, writes: false },
  diff: { takesFile: true, writes: false },
  apply: { takesFile: true, writes: true },
  rollback: { takesFile: false, writes: true },
  history: { takesFile: false, writes: false },
};
type Command = keyof typeof COMMANDS;

interface Invocation {
  readonly command: Command;
  /** Empty if the command takes no file. */
  readonly file: string;
  /** The time of the backup to restore; default: that of the last apply. */
  readonly to: string | undefined;
  readonly options: ReplaceOptions;
}

/** The exit code of errors and wrong usage. Like diff and git, the command uses 1 for a negative answer. */
const TROUBLE = 2;

/** @returns the exit code. */
export async function main(args: string[], surroundings: Surroundings): Promise<number> {
  const terminal = new Terminal(surroundings);
  try {
    const code = await runArguments(args, surroundings, terminal);
    await terminal.flush();
    return code;
  } catch (error) {
    // Unexpected errors go through the terminal, too, because it redacts secrets.
    terminal.note(`flex-throttle: ${error instanceof CliError ? error.message : (error as Error).stack}`);
    return TROUBLE;
  }
}

async function runArguments(args: string[], surroundings: Surroundings, terminal: Terminal): Promise<number> {
  const { values, positionals } = parse(args);
  const [group, command, ...files] = positionals;
  if (values.version) terminal.print(readVersion());
  else if (values.help || group === "help" || (command === undefined && (group ?? "settings") === "settings"))
    terminal.print(HELP.trimEnd());
  else {
    terminal.isJson = values.json === true;
    return run(parseInvocation(group, command, files, values), surroundings, terminal);
  }
  return 0;
}

async function run(
  { command, file, to, options }: Invocation,
  surroundings: Surroundings,
  terminal: Terminal,
): Promise<number> {
  if (command === "check") return check(await readSettingsFile(file, surroundings), terminal);
  const account = await openAccount(surroundings.env, terminal);
  switch (command) {
    case "get":
      return get(account, terminal);
    case "diff":
      return diff(await readSettingsFile(file, surroundings), account, terminal);
    case "apply":
      return apply(await readSettingsFile(file, surroundings), options, account, terminal);
    case "rollback":
      return rollback(to, options, account, terminal);
    case "history":
      return history(account, terminal);
  }
}

type Values = ReturnType<typeof parse>["values"];

function parseInvocation(
  group: string | undefined,
  command: string | undefined,
  files: string[],
  values: Values,
): Invocation {
  if (group !== "settings") throw usageError(`Unknown command "${group}"; every command starts with settings`);
  if (command === undefined || !Object.hasOwn(COMMANDS, command))
    throw usageError(`Unknown command "settings ${command}"; expected one of ${Object.keys(COMMANDS).join(", ")}`);
  const { takesFile, writes } = COMMANDS[command as Command];
  if (files.length !== (takesFile ? 1 : 0))
    throw usageError(`settings ${command} ${takesFile ? "expects exactly one FILE" : "does not take a FILE"}`);
  if (!writes && (values["dry-run"] || values.force || values.yes))
    throw usageError(`settings ${command} does not write; --dry-run, --force and --yes are for apply and rollback`);
  if (command !== "rollback" && values.to !== undefined) throw usageError("--to is for rollback");
  return {
    command: command as Command,
    file: files[0] ?? "",
    to: values.to,
    options: {
      isDryRun: values["dry-run"] === true,
      isForced: values.force === true,
      isConfirmed: values.yes === true,
    },
  };
}

function parse(args: string[]) {
  const flag = { type: "boolean" } as const;
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        help: { ...flag, short: "h" },
        version: flag,
        "dry-run": flag,
        force: flag,
        yes: { ...flag, short: "y" },
        json: flag,
        to: { type: "string" },
      },
    });
  } catch (error) {
    // Node appends hints in further sentences.
    throw usageError((error as Error).message.replace(/\. .*|\.$/s, ""));
  }
}

function usageError(what: string): CliError {
  return new CliError(`${what}. See: flex-throttle --help`);
}

function readVersion(): string {
  return (JSON.parse(readFileSync(join(__dirname, "../package.json"), "utf8")) as { version: string }).version;
}
