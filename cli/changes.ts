/** A difference of settings, in lines for a person. */

import { SettingsChange } from "../src/settings/diffSettings";
import { Colors, Terminal } from "./terminal";

/** Longer paths do not push the others' values to the right. */
const WIDEST_PATH = 60;

/** Prints a line for each change: `+` what is added, `-` what is taken away, `~` what is changed. */
export function printChanges(changes: readonly SettingsChange[], terminal: Terminal): void {
  linesOf(changes, terminal.printColors).forEach((line) => terminal.print(line));
}

/** Likewise, beside what was asked for. */
export function noteChanges(changes: readonly SettingsChange[], terminal: Terminal): void {
  linesOf(changes, terminal.noteColors).forEach((line) => terminal.note(line));
}

function linesOf(changes: readonly SettingsChange[], { green, red, yellow }: Colors): string[] {
  const width = Math.min(WIDEST_PATH, Math.max(...changes.map(({ path }) => path.length)));
  return changes.map((change) => {
    const path = change.path.padEnd(width);
    const [from, to] = [change.from, change.to].map((value) => JSON.stringify(value));
    if (from === undefined) return green(`  + ${path}  ${to}`);
    if (to === undefined) return red(`  - ${path}  ${from}`);
    return yellow(`  ~ ${path}  ${from} → ${to}`);
  });
}
