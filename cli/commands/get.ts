/** `settings get`: prints the live settings. */

import { Account } from "../account";
import { Terminal } from "../terminal";
import { settingsIn } from "../uiAttributes";

export async function get({ sid, api, history }: Account, terminal: Terminal): Promise<number> {
  const settings = settingsIn(await api.readUiAttributes());
  if (settings === undefined)
    terminal.note(`The Flex configuration of ${sid} has no flexThrottle settings. The defaults apply.`);
  terminal.printJson(settings ?? {});
  history.recordSeen(settings);
  return 0;
}
