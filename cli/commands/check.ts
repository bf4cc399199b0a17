/** `settings check`: validates a settings file. */

import { describeProblem, readSettings } from "../../src/settings/readSettings";
import { SettingsFile } from "../settingsFile";
import { Terminal } from "../terminal";

export function check(file: SettingsFile, terminal: Terminal): number {
  const problems = reportProblems(file, terminal);
  if (problems.length === 0) terminal.print(`${file.name}: all settings are valid.`);
  terminal.report({ problems });
  return problems.length === 0 ? 0 : 1;
}

interface Problem {
  readonly path: string;
  readonly message: string;
}

/** Prints the problems of the settings to standard error. @returns them for JSON. */
export function reportProblems({ name, settings }: SettingsFile, terminal: Terminal): Problem[] {
  const problems = readSettings(settings).problems.map((problem) => ({
    path: problem.path,
    message: describeProblem(problem),
  }));
  if (problems.length > 0)
    terminal.note(`${name}: ${problems.length === 1 ? "1 setting is" : `${problems.length} settings are`} invalid.`);
  problems.forEach(({ message }) => terminal.note(`  ${message}`));
  return problems;
}
