// Flex's plugin service: the list of plugins and their bundles.

import { readFileSync } from "fs";

import { sendJson, sendText, type Handler } from "../http";

export interface ServedPlugin {
  name: string;
  /** Path of the bundle, read on every request so that a rebuilt bundle is served. */
  file?: string;
  /** The bundle as JavaScript text. */
  source?: string;
  version?: string;
}

/** The query `?only=a,b` limits the list to the plugins of one desktop. */
export function pluginRoutes(plugins: readonly ServedPlugin[]): Handler {
  return (exchange) => {
    if (exchange.host !== "flex.twilio.com" || exchange.method !== "GET") return false;
    if (exchange.path === "/plugins") {
      const only = exchange.query.get("only");
      const names = only === null ? undefined : only.split(",");
      return sendJson(exchange, 200, plugins.filter(({ name }) => !names || names.includes(name)).map(listEntry));
    }
    const plugin = plugins.find(({ name }) => exchange.path === bundlePath(name));
    if (!plugin) return false;
    return sendText(exchange, "text/javascript", plugin.source ?? readFileSync(plugin.file ?? "", "utf8"));
  };
}

function listEntry({ name, version }: ServedPlugin): object {
  return { name, version: version ?? "0.0.0", src: `https://flex.twilio.com${bundlePath(name)}`, phase: 3 };
}

function bundlePath(name: string): string {
  return `/plugins/bundles/${encodeURIComponent(name)}.js`;
}
