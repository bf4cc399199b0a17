/** A difference of settings, in lines for a person. */

import { SettingsChange } from "../src/settings/difference";
import { Terminal } from "./terminal";

/** Longer paths do not push the others' values to the right. */
const WIDEST_PATH = 60;

/** @returns a line for each change: `+` what is added, `-` what is taken away, `~` what is changed. */
export function linesOf(changes: readonly SettingsChange[], { colors }: Pick<Terminal, "colors">): string[] {
  const width = Math.min(WIDEST_PATH, Math.max(...changes.map(({ path }) => path.length)));
  return changes.map((change) => {
    const path = change.path.padEnd(width);
    const [from, to] = [change.from, change.to].map((value) => JSON.stringify(value));
    if (from === undefined) return colors.green(`  + ${path}  ${to}`);
    if (to === undefined) return colors.red(`  - ${path}  ${from}`);
    return colors.yellow(`  ~ ${path}  ${from} → ${to}`);
  });
}
