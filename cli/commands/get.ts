/** Prints the settings that Twilio has. */

import { Account } from "../account";
import { settingsIn } from "../uiAttributes";
import { Terminal } from "../terminal";

export async function get({ sid, api, history }: Account, terminal: Terminal): Promise<number> {
  const settings = settingsIn(await api.readUiAttributes());
  if (settings === undefined)
    terminal.note(`There is no flexThrottle in the Flex configuration of ${sid}: the defaults hold.`);
  terminal.print(JSON.stringify(settings ?? {}, null, 2));
  history.see(settings);
  return 0;
}
