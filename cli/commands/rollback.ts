/** `settings rollback`: restores the settings from before the last apply. Each further run goes one apply further back. */

import { Account } from "../account";
import { CliError } from "../errors";
import { formatTime } from "../history";
import { replaceSettings, ReplaceOptions } from "../replace";
import { Terminal } from "../terminal";
import { settingsIn } from "../uiAttributes";

export async function rollback(options: ReplaceOptions, account: Account, terminal: Terminal): Promise<number> {
  const backup = account.history.readLastBackup();
  if (!backup) throw new CliError(`Nothing to roll back: this machine has no backup for ${account.sid}.`);
  const settings = settingsIn(backup.uiAttributes);
  const label = `the settings from before the apply of ${formatTime(backup.at)}`;
  await replaceSettings({ settings, label, command: "rollback" }, options, account, terminal);
  if (!options.isDryRun) account.history.markRestored(backup);
  return 0;
}
