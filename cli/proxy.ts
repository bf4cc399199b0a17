/** Proxy support: Node's `fetch` ignores HTTPS_PROXY and NO_PROXY. */

import { CliError } from "./errors";
import { Environment } from "./surroundings";

const VARIABLES = ["https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY"] as const;

/** The host of a URL to this machine. */
export const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])$/;

/**
 * Sends all requests of this process through the proxy in the environment, except to this machine and to the hosts in
 * `NO_PROXY`.
 *
 * @returns the name of the environment variable that sets the proxy; `undefined` without a proxy.
 * @throws CliError for an invalid proxy URL. The message omits the URL, because it may contain a password.
 */
export async function useProxy(env: Environment, apiUrl: string): Promise<string | undefined> {
  const name = VARIABLES.find((variable) => env[variable]);
  if (name === undefined) return undefined;
  // Imported only if needed: it would double the start time of every command.
  const { Agent, EnvHttpProxyAgent, setGlobalDispatcher } = await import("undici");
  if (LOOPBACK.test(new URL(apiUrl).hostname)) {
    // Node's own agent would use the proxy with NODE_USE_ENV_PROXY.
    setGlobalDispatcher(new Agent());
    return undefined;
  }
  try {
    setGlobalDispatcher(new EnvHttpProxyAgent());
  } catch {
    throw new CliError(`${name} is not a proxy URL; expected http://HOST:PORT.`);
  }
  return name;
}
