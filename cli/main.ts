/** The command line: parses the arguments, runs the command, and returns its exit code. */

import { readFileSync } from "fs";
import { join } from "path";
import { parseArgs } from "util";

import { openAccount, openLocalAccount } from "./account";
import { accountCheck } from "./commands/accountCheck";
import { apply } from "./commands/apply";
import { check } from "./commands/check";
import { diff } from "./commands/diff";
import { get } from "./commands/get";
import { history } from "./commands/history";
import { rollback } from "./commands/rollback";
import { switchMode } from "./commands/switchMode";
import { CliError } from "./errors";
import { HELP } from "./help";
import { ReplaceOptions } from "./replace";
import { readSettingsFile } from "./settingsFile";
import { Surroundings } from "./surroundings";
import { Terminal } from "./terminal";

const OPTIONS = ["dry-run", "force", "yes", "to", "profile"] as const;
type Option = (typeof OPTIONS)[number];

interface CommandUsage {
  readonly takesFile: boolean;
  readonly options: readonly Option[];
}

const COMMANDS = {
  "settings get": { takesFile: false, options: ["profile"] },
  "settings check": { takesFile: true, options: [] },
  "settings diff": { takesFile: true, options: ["profile"] },
  "settings apply": { takesFile: true, options: ["dry-run", "force", "yes", "profile"] },
  "settings off": { takesFile: false, options: ["dry-run", "yes", "profile"] },
  "settings on": { takesFile: false, options: ["dry-run", "yes", "profile"] },
  "settings rollback": { takesFile: false, options: ["dry-run", "force", "yes", "to", "profile"] },
  "settings history": { takesFile: false, options: ["profile"] },
  "account check": { takesFile: false, options: ["yes", "profile"] },
} as const satisfies Record<string, CommandUsage>;
type Command = keyof typeof COMMANDS;
const isCommand = (name: string): name is Command => Object.hasOwn(COMMANDS, name);

interface Invocation {
  readonly command: Command;
  /** Empty if the command takes no file. */
  readonly file: string;
  /** The time of the backup to restore; default: that of the last apply. */
  readonly to: string | undefined;
  /** The name of a profile of the Twilio CLI. */
  readonly profile: string | undefined;
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
    await terminal.drain();
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
  { command, file, to, profile, options }: Invocation,
  surroundings: Surroundings,
  terminal: Terminal,
): Promise<number> {
  const { env } = surroundings;
  const readFile = () => readSettingsFile(file, surroundings);
  const open = () => openAccount(profile, env, terminal);
  // Files are read first: without credentials, too, a user learns that a file is missing or no JSON.
  switch (command) {
    case "settings check":
      return check(await readFile(), terminal);
    case "settings get":
      return get(await open(), terminal);
    case "settings diff":
      return diff(await readFile(), await open(), terminal);
    case "settings apply":
      return apply(await readFile(), options, await open(), terminal);
    case "settings off":
    case "settings on":
      return switchMode(command === "settings on" ? "on" : "off", options, await open(), terminal);
    case "settings rollback":
      return rollback(to, options, await open(), terminal);
    case "settings history":
      return history(openLocalAccount(profile, env, terminal), terminal);
    case "account check":
      return accountCheck(options.isConfirmed, await open(), terminal);
  }
}

type Values = ReturnType<typeof parse>["values"];

function parseInvocation(
  group: string | undefined,
  command: string | undefined,
  files: string[],
  values: Values,
): Invocation {
  const name = [group, command].filter(Boolean).join(" ");
  if (!isCommand(name))
    throw usageError(`Unknown command "${name}"; expected one of ${Object.keys(COMMANDS).join(", ")}`);
  const { takesFile, options }: CommandUsage = COMMANDS[name];
  if (files.length !== (takesFile ? 1 : 0))
    throw usageError(`${name} ${takesFile ? "expects exactly one FILE" : "does not take a FILE"}`);
  const wrong = OPTIONS.find((option) => values[option] !== undefined && !options.includes(option));
  if (wrong) throw usageError(`${name} does not take --${wrong}`);
  return {
    command: name,
    file: files[0] ?? "",
    to: values.to,
    profile: values.profile,
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
        profile: { type: "string", short: "p" },
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
