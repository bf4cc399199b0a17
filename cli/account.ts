/** The account in the environment variables: its Flex configuration at Twilio, and its history on this machine. */

import { ConfigurationApi } from "./configurationApi";
import { readCredentials } from "./credentials";
import { History } from "./history";
import { Terminal } from "./terminal";

export interface Account {
  readonly sid: string;
  readonly api: ConfigurationApi;
  readonly history: History;
}

/** @throws CliError if the environment variables are missing or invalid. */
export function openAccount(env: NodeJS.ProcessEnv, terminal: Terminal): Account {
  const credentials = readCredentials(env);
  terminal.redact(credentials.secrets);
  return {
    sid: credentials.accountSid,
    api: new ConfigurationApi(credentials, (line) => terminal.note(line)),
    history: new History(env.FLEX_THROTTLE_HOME, credentials.accountSid),
  };
}
