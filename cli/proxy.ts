/** Proxy support: Node's `fetch` ignores HTTPS_PROXY and NO_PROXY. */

import { CliError } from "./errors";

const VARIABLES = ["https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY"] as const;

type Environment = Readonly<Record<string, string | undefined>>;

/** @returns the name of the environment variable that sets the proxy; `undefined` without a proxy. */
export function findProxyVariable(environment: Environment): string | undefined {
  return VARIABLES.find((name) => environment[name]);
}

/**
 * Sends all requests of this process through the proxy in the environment, except to the hosts in `NO_PROXY`.
 *
 * @throws CliError for an invalid proxy URL. The message omits the URL, because it may contain a password.
 */
export async function useProxy(environment: Environment): Promise<void> {
  const name = findProxyVariable(environment);
  if (name === undefined) return;
  // Imported only if needed: it would double the start time of every command.
  const { EnvHttpProxyAgent, setGlobalDispatcher } = await import("undici");
  try {
    setGlobalDispatcher(new EnvHttpProxyAgent());
  } catch {
    throw new CliError(`${name} is not a proxy URL; expected http://HOST:PORT.`);
  }
}
