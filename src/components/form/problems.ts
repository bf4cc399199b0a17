/** Assigns each problem to the field that shows it or, without a field, to the entry that can be removed. */

import { settingPaths, writtenPaths } from "../../settings/entries";
import { formatPath, Path } from "../../settings/path";
import { SettingsProblem } from "../../settings/readSettings";

export interface LocatedProblem extends SettingsProblem {
  /** Path of the field that shows it. */
  readonly fieldPath?: Path;
  /** Path of the invalid entry if no field shows it. */
  readonly removablePath?: Path;
}

/** @param problems the problems that `readSettings` found in `input`. */
export function locateProblems(input: unknown, problems: readonly SettingsProblem[]): LocatedProblem[] {
  if (problems.length === 0) return [];
  const fields = settingPaths(input).map(toNamedPath);
  const written = writtenPaths(input).map(toNamedPath);
  return problems.map((problem) => {
    const field = fields.find(({ name }) => problem.path === name || problem.path.startsWith(`${name}[`));
    return {
      ...problem,
      fieldPath: field?.path,
      removablePath: field ? undefined : written.find(({ name }) => problem.path === name)?.path,
    };
  });
}

/** Whether the problem is inside an Action or route. */
export function isInEntry({ path }: SettingsProblem, entry: Path | undefined): boolean {
  return entry !== undefined && path.startsWith(`${formatPath(entry)}.`);
}

function toNamedPath(path: Path): { path: Path; name: string } {
  return { path, name: formatPath(path) };
}
