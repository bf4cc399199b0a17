/** `settings diff`: shows what a settings file would change. */

import { diffSettings } from "../../src/settings/diffSettings";
import { Account } from "../account";
import { printChanges } from "../changes";
import { readSettingsFile } from "../settingsFile";
import { Terminal } from "../terminal";
import { settingsIn } from "../uiAttributes";
import { reportProblems } from "./check";

export async function diff(file: string, { sid, api, history }: Account, terminal: Terminal): Promise<number> {
  const settings = readSettingsFile(file);
  const live = settingsIn(await api.readUiAttributes());
  const changes = diffSettings(live, settings);
  terminal.print(
    changes.length === 0
      ? `No difference: ${sid} has the settings in ${file}.`
      : `Changes from the live settings of ${sid} to the settings in ${file}:`,
  );
  printChanges(changes, terminal);
  reportProblems(file, settings, terminal);
  history.recordSeen(live);
  return changes.length === 0 ? 0 : 1;
}
