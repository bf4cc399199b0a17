// The two desktops that the control page compares: the same Flex with and without the plugin.

import { readFileSync } from "fs";
import { join } from "path";

import type { StandIn } from "..";
import type { ServedPlugin } from "../flex/plugins";

/** The plugin that lets the control page's buttons act on an open desktop. */
export const remoteControlPlugin: ServedPlugin = {
  name: "stand-in-remote-control",
  version: "1.0.0",
  source: readFileSync(join(__dirname, "remoteControl.js"), "utf8"),
};

export interface Desktop {
  /** The agent's identity, as in the log. */
  agent: string;
  title: string;
  about: string;
  url: string;
  /** The same desktop with the role of an administrator. */
  adminUrl: string;
}

export function listDesktops({ agentUrl }: StandIn): Desktop[] {
  const plugins = [remoteControlPlugin.name];
  return [
    {
      agent: "with-plugin",
      title: "With the plugin",
      about: "Flex with the plugin. Calls over the limit are queued until their turn.",
      url: agentUrl("with-plugin"),
      adminUrl: agentUrl("with-plugin", { roles: ["admin"] }),
    },
    {
      agent: "without-plugin",
      title: "Without the plugin",
      about: "Stock Flex. It sends all calls at once and does not retry after a 429.",
      url: agentUrl("without-plugin", { plugins }),
      adminUrl: agentUrl("without-plugin", { plugins, roles: ["admin"] }),
    },
  ];
}
