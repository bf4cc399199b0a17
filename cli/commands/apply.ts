/** `settings apply`: writes the settings in a file to the Flex configuration. */

import { Account } from "../account";
import { replaceSettings, ReplaceOptions } from "../replace";
import { readSettingsFile } from "../settingsFile";
import { Terminal } from "../terminal";
import { reportProblems } from "./check";

export async function apply(
  file: string,
  options: ReplaceOptions,
  account: Account,
  terminal: Terminal,
): Promise<number> {
  const settings = readSettingsFile(file);
  if (reportProblems(file, settings, terminal)) {
    terminal.note("Nothing was written.");
    return 1;
  }
  await replaceSettings({ settings, label: `the settings in ${file}`, command: "apply" }, options, account, terminal);
  return 0;
}
