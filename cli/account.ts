/** The account in the environment variables: its Flex configuration at Twilio, and its history on this machine. */

import { ConfigurationApi } from "./configurationApi";
import { readCredentials } from "./credentials";
import { History } from "./history";
import { useProxy } from "./proxy";
import { Environment } from "./surroundings";
import { Terminal } from "./terminal";

export interface Account {
  readonly sid: string;
  readonly api: ConfigurationApi;
  readonly history: History;
}

/** @throws CliError if the environment variables are missing or invalid. */
export async function openAccount(env: Environment, terminal: Terminal): Promise<Account> {
  const note = (line: string) => terminal.note(line);
  const credentials = readCredentials(env);
  terminal.redact(credentials.secrets);
  const proxyVariable = await useProxy(env, credentials.apiUrl);
  return {
    sid: credentials.accountSid,
    api: new ConfigurationApi(credentials, proxyVariable, note),
    history: new History(env, credentials.accountSid, note),
  };
}
