/** `settings off` and `settings on`: set the mode and keep all other settings. */

import { Account } from "../account";
import { replaceSettings, ReplaceOptions } from "../replace";
import { Terminal } from "../terminal";

const MODES = { off: "off", on: "enforce" } as const;

export async function switchMode(
  command: keyof typeof MODES,
  options: ReplaceOptions,
  account: Account,
  terminal: Terminal,
): Promise<number> {
  const mode = MODES[command];
  const replacement = {
    settings: (live: unknown) => withMode(live, mode),
    label: `mode "${mode}"`,
    command,
    keepsOtherChanges: true,
  };
  return (await replaceSettings(replacement, options, account, terminal)) ? 0 : 1;
}

/** Settings that are not an object have no effect, so that nothing is lost with them. */
function withMode(live: unknown, mode: string): unknown {
  const isObject = typeof live === "object" && live !== null && !Array.isArray(live);
  return { ...(isObject && live), mode };
}
