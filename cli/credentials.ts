/** Account and credentials from the environment variables that Twilio's own tools use. */

import { CliError } from "./errors";
import { LOOPBACK } from "./proxy";
import { Environment } from "./surroundings";

export interface ApiKey {
  readonly sid: string;
  readonly secret: string;
}

export interface Credentials {
  readonly accountSid: string;
  /** The value of the `Authorization` header. */
  readonly authorization: string;
  /** The names of the variables that the credentials come from, for error messages. */
  readonly variables: string;
  /** Texts that must never be shown. */
  readonly secrets: readonly string[];
  /** The API key, if one is in use: it can sign tokens, which an auth token cannot. */
  readonly apiKey?: ApiKey;
  /** The base URL of Twilio's Flex API, without a trailing slash. */
  readonly apiUrl: string;
}

const DEFAULT_API_URL = "https://flex-api.twilio.com";

/** @throws CliError that omits the value of a variable: a user may have put a secret into the wrong one. */
export function readCredentials(written: Environment): Credentials {
  // A file of variables from Windows leaves a carriage return at the end of each value.
  const env = Object.fromEntries(Object.entries(written).map(([name, value]) => [name, value?.trim()]));
  const accountSid = readRequired(env, "TWILIO_ACCOUNT_SID", "Set it to your account SID from the Twilio Console");
  if (!/^AC[0-9a-f]{32}$/i.test(accountSid))
    throw new CliError("TWILIO_ACCOUNT_SID is not an account SID; expected AC and 32 hexadecimal digits.");
  const { user, password, variables } = readPair(env, accountSid);
  const pair = Buffer.from(`${user}:${password}`).toString("base64");
  return {
    accountSid,
    authorization: `Basic ${pair}`,
    variables,
    secrets: [pair, password],
    ...(user !== accountSid && { apiKey: { sid: user, secret: password } }),
    apiUrl: readApiUrl(env),
  };
}

/** An API key takes precedence over the auth token, as in Twilio's own command line. */
function readPair(env: Environment, accountSid: string): { user: string; password: string; variables: string } {
  if (env.TWILIO_API_KEY && env.TWILIO_API_SECRET) {
    return {
      user: env.TWILIO_API_KEY,
      password: env.TWILIO_API_SECRET,
      variables: "TWILIO_API_KEY and TWILIO_API_SECRET",
    };
  }
  if (env.TWILIO_API_KEY && !env.TWILIO_AUTH_TOKEN)
    readRequired(env, "TWILIO_API_SECRET", "Set it to the secret of the API key in TWILIO_API_KEY");
  const password = readRequired(
    env,
    "TWILIO_AUTH_TOKEN",
    "Set it to your account's auth token, or set TWILIO_API_KEY and TWILIO_API_SECRET instead",
  );
  return { user: accountSid, password, variables: "TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN" };
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
