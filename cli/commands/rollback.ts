/** Puts the settings back to what they were before the last apply; once more, before the one ahead of it. */

import { Account } from "../account";
import { Complaint } from "../complaint";
import { inWords } from "../history";
import { replaceSettings, ReplaceOptions } from "../replace";
import { Terminal } from "../terminal";
import { settingsIn } from "../uiAttributes";

export async function rollback(options: ReplaceOptions, account: Account, terminal: Terminal): Promise<number> {
  const backup = account.history.last();
  if (!backup) throw new Complaint(`This machine knows of no apply to ${account.sid} that could be taken back.`);
  const settings = settingsIn(backup.uiAttributes);
  const whose = `before the apply of ${inWords(backup.at)}`;
  await replaceSettings({ settings, whose, write: "rollback" }, options, account, terminal);
  if (!options.isDryRun) account.history.takeBack(backup);
  return 0;
}
