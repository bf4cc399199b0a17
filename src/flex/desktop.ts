/** Flex UI 1.x as the plugin sees it: implements the port `src/desktop.ts`. */

import type * as Flex from "@twilio/flex-ui";

import type { Desktop, DesktopStore } from "../desktop";
import { tryTo } from "../helpers/tryTo";
import { AgentTasks, isAccepted } from "./agentTasks";
import { guardListeners } from "./guardedStore";
import { flexInterceptors } from "./interceptors";
import { joinLostChats } from "./join/rejoin";
import { flexScreens } from "./screens";
import { followSwitchOff } from "./switchOff";
import { createTokens } from "./tokens";

/** The part of Flex's configuration that is read. */
interface FlexConfiguration {
  readonly flexThrottle?: unknown;
  readonly chatOrchestrationServiceUrl?: string;
  readonly language?: string;
}

/** Available in Flex 1.28 to 1.34, but not part of its documented API. */
interface PluginTelemetry {
  reportPluginInteraction?(interaction: {
    readonly name: string;
    readonly status: "complete";
    readonly details: Readonly<Record<string, string>>;
  }): void;
}

/** @param report called with an internal failure of the plugin. */
export function createFlexDesktop(flex: typeof Flex, manager: Flex.Manager, report: (error: unknown) => void): Desktop {
  const store = guardListeners(manager.store as unknown as DesktopStore, report);
  const tasks = new AgentTasks(manager.store, flex.TaskHelper);
  const roles = manager.user?.roles ?? [];
  const joinLost = (
    isOn: () => boolean,
    options: { readonly isWanted?: (task: Flex.ITask) => boolean; readonly onResumed?: () => void },
  ) => joinLostChats(flex, { chatClient: manager.chatClient, tasks, isOn, ...options, report });
  return {
    account: manager.serviceConfiguration?.account_sid,
    agentSid: () => tasks.agentSid,
    version: flex.VERSION,
    store,
    roles,
    tokens: createTokens(manager, store),
    configuration: readConfiguration(() => manager.configuration as FlexConfiguration),
    storedSettings: () => (manager.serviceConfiguration.ui_attributes as FlexConfiguration).flexThrottle,
    followSwitchOff: () => followSwitchOff(manager),
    strings: () => manager.strings as unknown as Record<string, unknown> | undefined,
    language: () => (manager.configuration as FlexConfiguration | undefined)?.language,
    chats: () => tasks.chats(),
    customerOf: (chat) => {
      const [task] = tasks.findByChat(chat);
      // Flex computes the name from the task's attributes.
      const name: unknown = tryTo(() => task?.defaultFrom);
      return typeof name === "string" ? name : undefined;
    },
    joinAgain: (chat) => {
      const task = tasks.findByChat(chat).find(isAccepted);
      if (task) flex.ChatOrchestrator.handleReservationEvent("accepted", task).catch(() => undefined);
    },
    joinLostChats: (isOn, onResumed) => joinLost(isOn, { onResumed }),
    sendTelemetry: (name, details) =>
      (manager as unknown as PluginTelemetry).reportPluginInteraction?.({ name, status: "complete", details }),
    interceptors: (context) => {
      const rejoin = (isWanted?: (task: Flex.ITask) => boolean) =>
        void joinLost(() => context.throttle.mode === "enforce", { isWanted });
      return flexInterceptors({ flex, manager, store, tasks, joinLostChats: rejoin }, context);
    },
    screens: (services) => flexScreens(flex, { store, services, roles, tasks }),
  };
}

/** Flex's configuration is a new object only after a change; so is the result. */
function readConfiguration(read: () => FlexConfiguration): Desktop["configuration"] {
  let source: FlexConfiguration | undefined;
  let configuration: ReturnType<Desktop["configuration"]> = {};
  return () => {
    const current = read();
    if (current !== source) {
      source = current;
      configuration = {
        settings: current.flexThrottle,
        orchestrationUrl: current.chatOrchestrationServiceUrl,
      };
    }
    return configuration;
  };
}
