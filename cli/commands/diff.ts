/** `settings diff`: shows what a settings file would change. */

import { diffSettings } from "../../src/settings/diffSettings";
import { Account } from "../account";
import { printChanges } from "../changes";
import { SettingsFile } from "../settingsFile";
import { Terminal } from "../terminal";
import { settingsIn } from "../uiAttributes";
import { reportProblems } from "./check";

export async function diff(file: SettingsFile, { sid, api, history }: Account, terminal: Terminal): Promise<number> {
  const live = settingsIn(await api.readUiAttributes());
  const changes = diffSettings(live, file.settings);
  terminal.print(
    changes.length === 0
      ? `No difference: ${sid} has the settings in ${file.name}.`
      : `Changes from the live settings of ${sid} to the settings in ${file.name}:`,
  );
  printChanges(changes, terminal);
  const problems = reportProblems(file, terminal);
  terminal.report({ account: sid, changes, problems });
  history.recordSeen(live);
  return changes.length === 0 ? 0 : 1;
}
