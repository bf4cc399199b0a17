/** The way out of a company's network: Node's own `fetch` does not look at the usual variables. */

import { EnvHttpProxyAgent, setGlobalDispatcher } from "undici";

import { Complaint } from "./complaint";

const VARIABLES = ["https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY"] as const;

type Environment = Readonly<Record<string, string | undefined>>;

/** @returns which variable names a proxy, if any does. */
export function proxyVariable(environment: Environment): string | undefined {
  return VARIABLES.find((name) => environment[name]);
}

/**
 * Every request of this process goes through the proxy that the environment names, but for the hosts in `NO_PROXY`.
 *
 * @throws Complaint where what is named is no address. Its text is not repeated: a proxy's password may stand in it.
 */
export function useProxy(environment: Environment): void {
  const name = proxyVariable(environment);
  if (name === undefined) return;
  try {
    setGlobalDispatcher(new EnvHttpProxyAgent());
  } catch {
    throw new Complaint(`${name} is not the address of a proxy; right would be http://HOST:PORT.`);
  }
}
