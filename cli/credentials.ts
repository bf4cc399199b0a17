/** Which account is meant, and what proves the right to change it: from the environment, as for Twilio's own tools. */

import { Complaint } from "./complaint";

export interface Credentials {
  readonly accountSid: string;
  /** The `Authorization` header. */
  readonly authorization: string;
  /** The variables that it was made of, for a person to look at. */
  readonly variables: string;
  /** What must never be shown. */
  readonly secrets: readonly string[];
  /** Where Twilio's Flex API is, without a slash at its end. */
  readonly apiUrl: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const TWILIO = "https://flex-api.twilio.com";

/** @throws Complaint that names the variable and not its value: who mixes them up has a secret there. */
export function readCredentials(env: Environment): Credentials {
  const accountSid = required(
    env,
    "TWILIO_ACCOUNT_SID",
    "the SID of your account, AC and 32 digits, from the Twilio Console",
  );
  if (!/^AC[0-9a-f]{32}$/i.test(accountSid))
    throw new Complaint(
      "TWILIO_ACCOUNT_SID is not the SID of an account: right would be AC and 32 digits from 0 to f.",
    );
  const { user, password, variables } = readPair(env, accountSid);
  const pair = Buffer.from(`${user}:${password}`).toString("base64");
  return { accountSid, authorization: `Basic ${pair}`, variables, secrets: [pair, password], apiUrl: readApiUrl(env) };
}

/** As in Twilio's own command line, an API key goes before the auth token. */
function readPair(env: Environment, accountSid: string): { user: string; password: string; variables: string } {
  if (env.TWILIO_API_KEY && env.TWILIO_API_SECRET) {
    return {
      user: env.TWILIO_API_KEY,
      password: env.TWILIO_API_SECRET,
      variables: "TWILIO_API_KEY and TWILIO_API_SECRET",
    };
  }
  if (env.TWILIO_API_KEY && !env.TWILIO_AUTH_TOKEN)
    required(env, "TWILIO_API_SECRET", "the secret of the API key in TWILIO_API_KEY");
  const password = required(
    env,
    "TWILIO_AUTH_TOKEN",
    "your account's auth token, or TWILIO_API_KEY and TWILIO_API_SECRET instead",
  );
  return { user: accountSid, password, variables: "TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN" };
}

function required(env: Environment, name: string, what: string): string {
  const value = env[name];
  if (!value) throw new Complaint(`${name} is not set; right would be ${what}.`);
  return value;
}

/** The secrets go there: over plain HTTP only within this machine. */
function readApiUrl(env: Environment): string {
  const written = env.FLEX_THROTTLE_API_URL;
  if (!written) return TWILIO;
  const url = URL.canParse(written) ? new URL(written) : undefined;
  const isSafe =
    url?.protocol === "https:" ||
    (url?.protocol === "http:" && ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname));
  if (!url || !isSafe || url.username || url.password || url.search || url.hash) {
    throw new Complaint(
      `FLEX_THROTTLE_API_URL is not an address for this; right would be one like ${TWILIO}, or http://127.0.0.1:PORT/… for a stand-in on this machine.`,
    );
  }
  return url.href.replace(/\/+$/, "");
}
