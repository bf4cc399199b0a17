/** `settings history`: lists the backups on this machine. */

import { LocalAccount } from "../account";
import { Backup, nameOf } from "../history";
import { Terminal } from "../terminal";

export function history({ sid, history: stored }: LocalAccount, terminal: Terminal): number {
  const backups = stored.listBackups();
  terminal.print(
    backups.length === 0
      ? `This machine has no backups for ${sid}.`
      : `Backups for ${sid}, the newest first. Restore one with: flex-throttle settings rollback --to TIME`,
  );
  backups.forEach((backup) => terminal.print(`  ${backup.at}  ${describe(backup)}`));
  terminal.report({ account: sid, backups });
  return 0;
}

function describe({ command, isRestored }: Backup): string {
  return `from before ${command === "apply" ? "an" : "a"} ${nameOf(command)}${isRestored ? ", rolled back" : ""}`;
}
