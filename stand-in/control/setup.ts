// What the control page compares: up to 50 agents on one account, with and without the plugin, with and without
// the account budget.

import { readFileSync } from "fs";
import { join } from "path";

import type { StandIn } from "..";
import type { ServedPlugin } from "../flex/plugins";

/** The plugin that lets the control page act on an open desktop. */
export const remoteControlPlugin: ServedPlugin = {
  name: "stand-in-remote-control",
  version: "1.0.0",
  source: readFileSync(join(__dirname, "remoteControl.js"), "utf8"),
};

export const MAX_AGENTS = 50;
export const MAX_CHATS = 200;

export interface Setup {
  agents: number;
  chatsPerAgent: number;
  /** false: stock Flex. */
  isWithPlugin: boolean;
}

export const DEFAULT_SETUP: Readonly<Setup> = { agents: 1, chatsPerAgent: 20, isWithPlugin: true };

export interface Desktop {
  /** The agent's identity, as in the log. */
  agent: string;
  url: string;
  /** The same desktop with the role of an administrator. */
  adminUrl: string;
  /** Whether the agent's desktop is connected. */
  isOpen: boolean;
}

/** The desktops of a setup. Stock Flex has other agents than Flex with the plugin, so that no chat moves between them. */
export function listDesktops(standIn: StandIn, { agents, isWithPlugin }: Omit<Setup, "chatsPerAgent">): Desktop[] {
  const plugins = isWithPlugin ? {} : { plugins: [remoteControlPlugin.name] };
  return Array.from({ length: agents }, (_, index) => {
    const agent = `${isWithPlugin ? "agent" : "stock"}-${index + 1}`;
    return {
      agent,
      url: standIn.agentUrl(agent, plugins),
      adminUrl: standIn.agentUrl(agent, { ...plugins, roles: ["admin"] }),
      isOpen: standIn.isDesktopOpen(agent),
    };
  });
}
