/** `settings check`: validates a settings file. */

import { describeProblem, readSettings } from "../../src/settings/readSettings";
import { readSettingsFile } from "../settingsFile";
import { Terminal } from "../terminal";

export async function check(file: string, terminal: Terminal): Promise<number> {
  if (reportProblems(file, readSettingsFile(file), terminal)) return 1;
  terminal.print(`${file}: all settings are valid.`);
  return 0;
}

/** Prints the problems of the settings to standard error. @returns whether there are any. */
export function reportProblems(file: string, settings: unknown, terminal: Terminal): boolean {
  const { problems } = readSettings(settings);
  if (problems.length === 0) return false;
  terminal.note(`${file}: ${problems.length === 1 ? "1 setting is" : `${problems.length} settings are`} invalid.`);
  problems.forEach((problem) => terminal.note(`  ${describeProblem(problem)}`));
  return true;
}
