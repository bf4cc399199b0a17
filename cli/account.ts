/** The account in the environment variables: its Flex configuration at Twilio, and its history on this machine. */

import { ConfigurationApi } from "./configurationApi";
import { readCredentials } from "./credentials";
import { History } from "./history";
import { useProxy } from "./proxy";
import { Environment } from "./surroundings";
import { SyncApi } from "./sync/syncApi";
import { Terminal } from "./terminal";
import { TwilioRequests } from "./twilioRequests";

export interface Account {
  readonly sid: string;
  readonly api: ConfigurationApi;
  readonly sync: SyncApi;
  readonly history: History;
}

/** @throws CliError if the environment variables are missing or invalid. */
export async function openAccount(env: Environment, terminal: Terminal): Promise<Account> {
  const note = (line: string) => terminal.note(line);
  const credentials = readCredentials(env);
  terminal.redact(credentials.secrets);
  const proxyVariable = await useProxy(env, credentials.apiUrl);
  const requests = new TwilioRequests(credentials, proxyVariable);
  return {
    sid: credentials.accountSid,
    api: new ConfigurationApi(credentials, requests, note),
    sync: new SyncApi(credentials, requests),
    history: new History(env, credentials.accountSid, note),
  };
}
