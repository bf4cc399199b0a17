/** Proxy support: Node's `fetch` ignores HTTPS_PROXY and NO_PROXY. */

import { EnvHttpProxyAgent, setGlobalDispatcher } from "undici";

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
export function useProxy(environment: Environment): void {
  const name = findProxyVariable(environment);
  if (name === undefined) return;
  try {
    setGlobalDispatcher(new EnvHttpProxyAgent());
  } catch {
    throw new CliError(`${name} is not a proxy URL; expected http://HOST:PORT.`);
  }
}
