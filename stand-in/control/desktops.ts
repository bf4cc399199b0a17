// The two desktops that the control page compares: the same Flex, once with the plugins that are served and once without.

import { readFileSync } from "fs";
import { join } from "path";

import type { StandIn } from "..";
import type { ServedPlugin } from "../flex/plugins";

/** A plugin of the control page's own, so that its buttons can do in an open desktop what the agent could do by hand. */
export const remoteControlPlugin: ServedPlugin = {
  name: "stand-in-remote-control",
  version: "1.0.0",
  source: readFileSync(join(__dirname, "remoteControl.js"), "utf8"),
};

export interface Desktop {
  /** The agent's identity, which is what the log calls them. */
  agent: string;
  title: string;
  about: string;
  url: string;
  /** The same desktop for somebody who may see what only administrators see. */
  adminUrl: string;
}

export function listDesktops({ agentUrl }: StandIn): Desktop[] {
  const plugins = [remoteControlPlugin.name];
  return [
    {
      agent: "with-plugin",
      title: "With the plugin",
      about: "Flex with the plugin under trial. What it sends waits for its turn.",
      url: agentUrl("with-plugin"),
      adminUrl: agentUrl("with-plugin", { roles: ["admin"] }),
    },
    {
      agent: "without-plugin",
      title: "Without it",
      about: "Flex as Twilio ships it. It sends everything at once, and does not try again.",
      url: agentUrl("without-plugin", { plugins }),
      adminUrl: agentUrl("without-plugin", { plugins, roles: ["admin"] }),
    },
  ];
}
