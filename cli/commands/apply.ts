/** `settings apply`: writes the settings in a file to the Flex configuration. */

import { Account } from "../account";
import { replaceSettings, ReplaceOptions } from "../replace";
import { SettingsFile } from "../settingsFile";
import { Terminal } from "../terminal";
import { reportProblems } from "./check";

export async function apply(
  { name, settings }: SettingsFile,
  options: ReplaceOptions,
  account: Account,
  terminal: Terminal,
): Promise<number> {
  const problems = reportProblems({ name, settings }, terminal);
  if (problems.length > 0) {
    terminal.note("Nothing was written.");
    terminal.report({ account: account.sid, problems, written: false });
    return 1;
  }
  const replacement = { settings: () => settings, label: `the settings in ${name}`, command: "apply" } as const;
  return (await replaceSettings(replacement, options, account, terminal)) ? 0 : 1;
}
