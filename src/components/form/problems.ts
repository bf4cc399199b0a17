/** Where in the form each problem is told: at its field, or, where it has none, by itself, with what can be taken out. */

import { settingPaths, writtenPaths } from "../../settings/entries";
import { formatPath, Path } from "../../settings/path";
import { SettingsProblem } from "../../settings/readSettings";

export interface LocatedProblem extends SettingsProblem {
  /** The field that it belongs to. */
  readonly fieldPath?: Path;
  /** What is written there, where no field shows it. */
  readonly removablePath?: Path;
}

/** @param input what is written. @param problems that `readSettings` found in it. */
export function locateProblems(input: unknown, problems: readonly SettingsProblem[]): LocatedProblem[] {
  if (problems.length === 0) return [];
  const fields = settingPaths(input).map(withName);
  const written = writtenPaths(input).map(withName);
  return problems.map((problem) => {
    const field = fields.find(({ name }) => problem.path === name || problem.path.startsWith(`${name}[`));
    return {
      ...problem,
      fieldPath: field?.path,
      removablePath: field ? undefined : written.find(({ name }) => problem.path === name)?.path,
    };
  });
}

function withName(path: Path): { path: Path; name: string } {
  return { path, name: formatPath(path) };
}
