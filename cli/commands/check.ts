/** Tells what is not understood in a file of settings. */

import { describeProblem, readSettings } from "../../src/settings/readSettings";
import { readSettingsFile } from "../settingsFile";
import { Terminal } from "../terminal";

export async function check(file: string, terminal: Terminal): Promise<number> {
  const isFine = tellProblems(file, readSettingsFile(file), terminal);
  if (isFine) terminal.print(`${file}: every setting is understood.`);
  return isFine ? 0 : 1;
}

/** @returns whether there are none. */
export function tellProblems(file: string, settings: unknown, terminal: Terminal): boolean {
  const { problems } = readSettings(settings);
  if (problems.length === 0) return true;
  terminal.note(
    `${file}: ${problems.length === 1 ? "one setting is" : `${problems.length} settings are`} not understood.`,
  );
  problems.forEach((problem) => terminal.note(`  ${describeProblem(problem)}`));
  return false;
}
