/** Writes the settings of a file into the Flex configuration. */

import { Account } from "../account";
import { replaceSettings, ReplaceOptions } from "../replace";
import { readSettingsFile } from "../settingsFile";
import { Terminal } from "../terminal";
import { tellProblems } from "./check";

export async function apply(
  file: string,
  options: ReplaceOptions,
  account: Account,
  terminal: Terminal,
): Promise<number> {
  const settings = readSettingsFile(file);
  if (!tellProblems(file, settings, terminal)) {
    terminal.note("Nothing was written.");
    return 1;
  }
  await replaceSettings({ settings, whose: `of ${file}`, write: "apply" }, options, account, terminal);
  return 0;
}
