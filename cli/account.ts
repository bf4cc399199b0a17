/** The account that the environment names: its configuration at Twilio, and what this machine remembers of it. */

import { ConfigurationApi } from "./configurationApi";
import { readCredentials } from "./credentials";
import { History } from "./history";
import { Terminal } from "./terminal";

export interface Account {
  readonly sid: string;
  readonly api: ConfigurationApi;
  readonly history: History;
}

/** @throws Complaint for an environment that names none. */
export function openAccount(env: NodeJS.ProcessEnv, terminal: Terminal): Account {
  const credentials = readCredentials(env);
  terminal.hide(credentials.secrets);
  return {
    sid: credentials.accountSid,
    api: new ConfigurationApi(credentials, (line) => terminal.note(line)),
    history: new History(env.FLEX_THROTTLE_HOME, credentials.accountSid),
  };
}
