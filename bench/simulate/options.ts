/** The options of the two commands. */

import { parseArgs } from "node:util";

import { ADD_MEMBER, LIMITS } from "../../src/limits/limits";
import { ACCOUNT_SCENARIOS } from "./accountScenarios";
import { Scenario, startOfShift } from "./scenarios";

/** Its message is for the user, without a stack. */
class UsageError extends Error {}

export const OWN_USAGE = `Usage: npm run simulate -- --agents 300 --chats 2 --rate 20

Without options: writes docs/simulation.md. With options: prints the figures for your own numbers, and writes no file.

  --agents N  agents who accept their chats at the same moment. Default: 100
  --chats N   chats for each of them. Default: 1
  --rate N    joins a second that the account allows. Default: ${LIMITS[ADD_MEMBER].perSecond}
  --help      prints this text`;

export const ACCOUNT_USAGE = `Usage: npm run simulate:account -- --only outage-20,unseen-20 --seeds 3

Without options: writes docs/simulation-account.md and its pictures, which takes about half an hour. With options: prints
the figures, and writes no file. For your own numbers: npm run simulate -- --agents 300

  --only IDS  the scenarios, separated by commas: ${ACCOUNT_SCENARIOS.map(({ id }) => id).join(", ")}
  --seeds N   runs of each scenario and policy
  --help      prints this text`;

const NUMBER = { type: "string" } as const;
const HELP = { type: "boolean", short: "h" } as const;

/** @returns the scenario of the user's own numbers, `undefined` without options. */
export function readOwnNumbers(args: readonly string[]): Scenario | "help" | undefined {
  const options = { agents: NUMBER, chats: NUMBER, rate: NUMBER, help: HELP };
  const values = parse(() => parseArgs({ args: [...args], options }).values, "simulate");
  if (values.help) return "help";
  if (args.length === 0) return undefined;
  const agents = readCount("agents", values.agents) ?? 100;
  const chats = readCount("chats", values.chats) ?? 1;
  const perSecond = readCount("rate", values.rate) ?? LIMITS[ADD_MEMBER].perSecond;
  const shift = startOfShift(agents, chats);
  return { ...shift, name: `${shift.name}, at ${perSecond} joins a second`, perSecond };
}

export interface AccountRun {
  readonly scenarios: readonly Scenario[];
  /** Default: as many as the page has. */
  readonly seeds?: number;
}

/** @returns what to print, `undefined` without options. */
export function readAccountRun(args: readonly string[]): AccountRun | "help" | undefined {
  const options = { only: { type: "string" } as const, seeds: NUMBER, help: HELP };
  const values = parse(() => parseArgs({ args: [...args], options }).values, "simulate:account");
  if (values.help) return "help";
  if (args.length === 0) return undefined;
  const scenarios = values.only?.split(",").map((id) => {
    const found = ACCOUNT_SCENARIOS.find((each) => each.id === id);
    if (!found) throw new UsageError(`There is no scenario "${id}". ${seeHelp("simulate:account")}`);
    return found;
  });
  return { scenarios: scenarios ?? ACCOUNT_SCENARIOS, seeds: readCount("seeds", values.seeds) };
}

function readCount(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1) return count;
  throw new UsageError(`Expected --${name} to be a whole number from 1 up, got "${text}".`);
}

function parse<T>(read: () => T, command: string): T {
  try {
    return read();
  } catch (error) {
    // Node's first sentence names the option. What follows is about positional arguments.
    const [what] = (error as Error).message.split(/\. |\n/);
    throw new UsageError(`${what.replace(/\.$/, "")}. ${seeHelp(command)}`);
  }
}

const seeHelp = (command: string) => `See: npm run ${command} -- --help`;

/** For the end of a command that failed. */
export function printFailure(error: unknown): void {
  console.error(error instanceof UsageError ? error.message : error);
  process.exitCode = 1;
}
