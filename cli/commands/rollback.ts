/**
 * `settings rollback`: restores the settings from before the last apply, off or on. Each further run goes one of them
 * further back; `--to` restores any backup.
 */

import { Account } from "../account";
import { CliError } from "../errors";
import { Backup, formatTime, nameOf } from "../history";
import { replaceSettings, ReplaceOptions } from "../replace";
import { Terminal } from "../terminal";
import { settingsIn } from "../uiAttributes";

export async function rollback(
  to: string | undefined,
  options: ReplaceOptions,
  account: Account,
  terminal: Terminal,
): Promise<number> {
  const { backup, uiAttributes } = to === undefined ? readLastBackup(account, terminal) : readBackupOf(to, account);
  const settings = settingsIn(uiAttributes);
  const label = `the settings from before the ${nameOf(backup.command)} of ${formatTime(backup.at)}`;
  const isDone = await replaceSettings(
    { settings: () => settings, label, command: "rollback" },
    options,
    account,
    terminal,
  );
  if (isDone && !options.isDryRun) account.history.markRestored(backup);
  return isDone ? 0 : 1;
}

interface ReadBackup {
  readonly backup: Backup;
  readonly uiAttributes: string;
}

/** Skips damaged backups and says so. */
function readLastBackup({ sid, history }: Account, terminal: Terminal): ReadBackup {
  for (const backup of history.listBackups()) {
    if (backup.command === "rollback" || backup.isRestored) continue;
    try {
      return { backup, uiAttributes: history.readBackup(backup) };
    } catch (error) {
      terminal.note(`${(error as Error).message} It is skipped.`);
    }
  }
  throw new CliError(`Nothing to roll back: this machine has no backup for ${sid}.`);
}

function readBackupOf(time: string, { sid, history }: Account): ReadBackup {
  const backup = history.listBackups().find(({ at }) => at === time);
  if (!backup) throw new CliError(`This machine has no backup for ${sid} from ${time}. List them with history.`);
  return { backup, uiAttributes: history.readBackup(backup) };
}
