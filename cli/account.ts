/** The account that the user works on: its Flex configuration at Twilio, and its history on this machine. */

import { ConfigurationApi } from "./configurationApi";
import { AccountName, readAccountName, readCredentials } from "./credentials";
import { History } from "./history";
import { useProxy } from "./proxy";
import { Environment } from "./surroundings";
import { SyncApi } from "./sync/syncApi";
import { Terminal } from "./terminal";
import { TwilioRequests } from "./twilioRequests";

/** What this machine knows about the account. */
export interface LocalAccount {
  readonly sid: string;
  readonly history: History;
}

export interface Account extends LocalAccount {
  readonly api: ConfigurationApi;
  readonly sync: SyncApi;
}

/**
 * Needs the account's SID, and no secret.
 *
 * @param profile the name of a profile of the Twilio CLI.
 * @throws CliError if the account is not known.
 */
export function openLocalAccount(profile: string | undefined, env: Environment, terminal: Terminal): LocalAccount {
  return createLocalAccount(readAccountName(env, profile), env, terminal);
}

/**
 * @param profile the name of a profile of the Twilio CLI.
 * @throws CliError if the credentials are missing or invalid.
 */
export async function openAccount(profile: string | undefined, env: Environment, terminal: Terminal): Promise<Account> {
  const credentials = readCredentials(env, profile);
  terminal.redact(credentials.secrets);
  const local = createLocalAccount(credentials, env, terminal);
  const proxyVariable = await useProxy(env, credentials.apiUrl);
  const requests = new TwilioRequests(credentials, proxyVariable);
  return {
    ...local,
    api: new ConfigurationApi(credentials, requests, (line) => terminal.note(line)),
    sync: new SyncApi(credentials, requests),
  };
}

function createLocalAccount({ accountSid, profile }: AccountName, env: Environment, terminal: Terminal): LocalAccount {
  if (profile !== undefined) terminal.note(`Using the Twilio CLI's profile "${profile}", ${accountSid}.`);
  return { sid: accountSid, history: new History(env, accountSid, (line) => terminal.note(line)) };
}
