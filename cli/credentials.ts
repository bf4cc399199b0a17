/**
 * Account and credentials from where the Twilio CLI has them, in the same order: a profile that the user names, the
 * environment variables, the active profile.
 */

import { CliError } from "./errors";
import { LOOPBACK } from "./proxy";
import { Environment } from "./surroundings";
import { readTwilioProfile, TwilioProfile } from "./twilioProfile";

export interface ApiKey {
  readonly sid: string;
  readonly secret: string;
}

export interface AccountName {
  readonly accountSid: string;
  /** The name of the Twilio CLI's profile that is in use; `undefined` if environment variables are. */
  readonly profile?: string;
}

export interface Credentials extends AccountName {
  /** The value of the `Authorization` header. */
  readonly authorization: string;
  /** Where the credentials come from, for error messages: "TWILIO_API_KEY and TWILIO_API_SECRET". */
  readonly source: string;
  /** Where the account SID comes from, for error messages. */
  readonly accountSource: string;
  /** Texts that must never be shown. */
  readonly secrets: readonly string[];
  /** The API key, if one is in use: it can sign tokens, which an auth token cannot. */
  readonly apiKey?: ApiKey;
  /** The base URL of Twilio's Flex API, without a trailing slash. */
  readonly apiUrl: string;
}

const DEFAULT_API_URL = "https://flex-api.twilio.com";

/**
 * Reads what says which account is meant, and no secret.
 *
 * @param profile the name of a profile of the Twilio CLI.
 * @throws CliError that omits the value of a variable: a user may have put a secret into the wrong one.
 */
export function readAccountName(written: Environment, profile?: string): AccountName {
  const env = trimValues(written);
  const found = findProfile(env, profile);
  return found ? nameOfProfile(found) : { accountSid: readAccountSid(env) };
}

/** Like `readAccountName`, with the credentials. */
export function readCredentials(written: Environment, profile?: string): Credentials {
  const env = trimValues(written);
  const found = findProfile(env, profile);
  return found ? fromProfile(found, env) : fromVariables(env);
}

/** A file of variables from Windows leaves a carriage return at the end of each value. */
function trimValues(written: Environment): Environment {
  return Object.fromEntries(Object.entries(written).map(([name, value]) => [name, value?.trim()]));
}

function findProfile(env: Environment, profile: string | undefined): TwilioProfile | undefined {
  return profile !== undefined || !env.TWILIO_ACCOUNT_SID ? readTwilioProfile(env, profile) : undefined;
}

function nameOfProfile({ name, accountSid }: TwilioProfile): AccountName {
  assertAccountSid(accountSid, `The account of ${describeProfile(name)}`);
  return { accountSid, profile: name };
}

function fromProfile(found: TwilioProfile, env: Environment): Credentials {
  const { name, apiKey, apiSecret } = found;
  const source = `the API key and the secret of ${describeProfile(name)}`;
  const { accountSid } = nameOfProfile(found);
  const pair = { user: apiKey, password: apiSecret, source };
  return { ...create(accountSid, pair, env), accountSource: "its account SID", profile: name };
}

const describeProfile = (name: string) => `the Twilio CLI's profile "${name}"`;

function fromVariables(env: Environment): Credentials {
  const accountSid = readAccountSid(env);
  return { ...create(accountSid, readPair(env, accountSid), env), accountSource: "TWILIO_ACCOUNT_SID" };
}

function readAccountSid(env: Environment): string {
  const advice = "Set it to your account SID from the Twilio Console, or create a profile with twilio login";
  const accountSid = readRequired(env, "TWILIO_ACCOUNT_SID", advice);
  assertAccountSid(accountSid, "TWILIO_ACCOUNT_SID");
  return accountSid;
}

function assertAccountSid(accountSid: string, name: string): void {
  if (!/^AC[0-9a-f]{32}$/i.test(accountSid))
    throw new CliError(`${name} is not an account SID; expected AC and 32 hexadecimal digits.`);
}

interface Pair {
  readonly user: string;
  readonly password: string;
  readonly source: string;
}

function create(accountSid: string, { user, password, source }: Pair, env: Environment) {
  const pair = Buffer.from(`${user}:${password}`).toString("base64");
  return {
    accountSid,
    authorization: `Basic ${pair}`,
    source,
    secrets: [pair, password],
    ...(user !== accountSid && { apiKey: { sid: user, secret: password } }),
    apiUrl: readApiUrl(env),
  };
}

/** An API key takes precedence over the auth token, as in Twilio's own command line. */
function readPair(env: Environment, accountSid: string): Pair {
  if (env.TWILIO_API_KEY && env.TWILIO_API_SECRET) {
    return {
      user: env.TWILIO_API_KEY,
      password: env.TWILIO_API_SECRET,
      source: "TWILIO_API_KEY and TWILIO_API_SECRET",
    };
  }
  if (env.TWILIO_API_KEY && !env.TWILIO_AUTH_TOKEN)
    readRequired(env, "TWILIO_API_SECRET", "Set it to the secret of the API key in TWILIO_API_KEY");
  const password = readRequired(
    env,
    "TWILIO_AUTH_TOKEN",
    "Set it to your account's auth token, or set TWILIO_API_KEY and TWILIO_API_SECRET instead",
  );
  return { user: accountSid, password, source: "TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN" };
}

function readRequired(env: Environment, name: string, advice: string): string {
  const value = env[name];
  if (!value) throw new CliError(`${name} is not set. ${advice}.`);
  return value;
}

/** The credentials are sent to this URL: only Twilio's hosts and this machine may get them. */
function readApiUrl(env: Environment): string {
  const written = env.FLEX_THROTTLE_API_URL;
  if (!written) return DEFAULT_API_URL;
  const url = URL.canParse(written) ? new URL(written) : undefined;
  const isSafe =
    (url?.protocol === "https:" && /(^|\.)twilio\.com$/.test(url.hostname)) ||
    (url?.protocol === "http:" && LOOPBACK.test(url.hostname));
  if (!url || !isSafe || url.username || url.password || url.search || url.hash) {
    throw new CliError(
      `FLEX_THROTTLE_API_URL is invalid; expected ${DEFAULT_API_URL}, another https:// host of twilio.com, or http://127.0.0.1:PORT/… for a stand-in on this machine.`,
    );
  }
  return url.href.replace(/\/+$/, "");
}
