/** Tells what a file of settings would change. */

import { diffSettings } from "../../src/settings/diffSettings";
import { Account } from "../account";
import { printChanges } from "../changes";
import { readSettingsFile } from "../settingsFile";
import { Terminal } from "../terminal";
import { settingsIn } from "../uiAttributes";
import { tellProblems } from "./check";

export async function diff(file: string, { sid, api, history }: Account, terminal: Terminal): Promise<number> {
  const wanted = readSettingsFile(file);
  const live = settingsIn(await api.readUiAttributes());
  const changes = diffSettings(live, wanted);
  terminal.print(
    changes.length === 0
      ? `The settings of ${sid} are those of ${file}.`
      : `From the settings of ${sid} to those of ${file}:`,
  );
  printChanges(changes, terminal);
  tellProblems(file, wanted, terminal);
  history.see(live);
  return changes.length === 0 ? 0 : 1;
}
