/** The account that the user works on: its Flex configuration at Twilio, and its history on this machine. */

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

/**
 * @param profile the name of a profile of the Twilio CLI.
 * @throws CliError if the credentials are missing or invalid.
 */
export async function openAccount(profile: string | undefined, env: Environment, terminal: Terminal): Promise<Account> {
  const note = (line: string) => terminal.note(line);
  const credentials = readCredentials(env, profile);
  terminal.redact(credentials.secrets);
  if (credentials.profile !== undefined)
    note(`Using the Twilio CLI's profile "${credentials.profile}", ${credentials.accountSid}.`);
  const proxyVariable = await useProxy(env, credentials.apiUrl);
  const requests = new TwilioRequests(credentials, proxyVariable);
  return {
    sid: credentials.accountSid,
    api: new ConfigurationApi(credentials, requests, note),
    sync: new SyncApi(credentials, requests),
    history: new History(env, credentials.accountSid, note),
  };
}
