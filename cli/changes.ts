/** Prints changes of the settings, one per line: `+` added, `-` removed, `~` changed. */

import { SettingsChange } from "../src/settings/diffSettings";
import { Colors, Terminal } from "./terminal";

/** A longer path does not move the values of the other lines to the right. */
const MAX_PATH_WIDTH = 60;

/** Prints changes to standard output. */
export function printChanges(changes: readonly SettingsChange[], terminal: Terminal): void {
  formatChanges(changes, terminal.printColors).forEach((line) => terminal.print(line));
}

/** Prints changes to standard error. */
export function noteChanges(changes: readonly SettingsChange[], terminal: Terminal): void {
  formatChanges(changes, terminal.noteColors).forEach((line) => terminal.note(line));
}

function formatChanges(changes: readonly SettingsChange[], { green, red, yellow }: Colors): string[] {
  const width = Math.min(MAX_PATH_WIDTH, Math.max(...changes.map(({ path }) => path.length)));
  return changes.map((change) => {
    const path = change.path.padEnd(width);
    const [from, to] = [change.from, change.to].map((value) => JSON.stringify(value));
    if (from === undefined) return green(`  + ${path}  ${to}`);
    if (to === undefined) return red(`  - ${path}  ${from}`);
    return yellow(`  ~ ${path}  ${from} → ${to}`);
  });
}
