/** Keeps an agent's Flex within the account's limits. `init` is the table of contents. */

import { FlexPlugin } from "@twilio/flex-plugin";
import type * as Flex from "@twilio/flex-ui";
import React from "react";

import { registerNotifications, showNotifications } from "./components/notifications";
import { TEXTS, Texts } from "./components/texts";
import { installActions } from "./intercept/actions";
import { ChatClient, installChatClient } from "./intercept/chatClient";
import { installFetch } from "./intercept/fetch";
import { HttpGate } from "./intercept/httpGate";
import { installJoin } from "./intercept/join";
import { Uninstall } from "./intercept/patch";
import { installXhr } from "./intercept/xhr";
import { createRouteMatcher } from "./limits/routes";
import { describeProblem, readSettings } from "./settings/readSettings";
import { NAMESPACE, publishThrottle, reduceThrottle } from "./state/throttleState";
import { browserClock } from "./throttle/clock";
import { Throttle } from "./throttle/throttle";

export const PLUGIN_NAME = "plugin-flex-throttle";

export default class ThrottlePlugin extends FlexPlugin {
  private readonly reported = new Set<string>();
  private uninstalls: Uninstall[] = [];

  constructor() {
    super(PLUGIN_NAME);
  }

  init(flex: typeof Flex, manager: Flex.Manager): void {
    if (typeof React.useState !== "function") {
      console.error(`${PLUGIN_NAME} needs React 16.13.1, this Flex runs ${React.version}: it does nothing. Choose 16.13.1 under ui_dependencies in the Flex configuration.`);
      return;
    }
    const configuration = manager.configuration as { flexThrottle?: unknown; chatOrchestrationServiceUrl?: string };
    const { settings, problems } = readSettings(configuration.flexThrottle);
    problems.forEach((problem) => console.warn(`${PLUGIN_NAME}: ${describeProblem(problem)}`));

    const throttle = new Throttle({ settings, clock: browserClock, random: Math.random, report: this.report });
    const onBurst = settings.onBurst === "reject" ? "reject" : "queue";
    const match = createRouteMatcher(settings.routes, configuration.chatOrchestrationServiceUrl);
    const http = new HttpGate({ throttle, match, onBurst, report: this.report });

    const { store } = manager;
    (store as unknown as { addReducer(namespace: string, reducer: unknown): void }).addReducer(NAMESPACE, reduceThrottle);
    store.dispatch({ type: "flex-throttle/SETTINGS_READ", problems: [] as typeof problems });

    const texts = Object.assign({}, TEXTS, manager.strings) as unknown as Texts;
    const roles = manager.user?.roles ?? [];
    const notifications = { store, texts, now: () => throttle.now(), isAdmin: roles.includes("admin") };

    this.install([
      () => installFetch(window, http),
      () => installXhr(XMLHttpRequest.prototype, http),
      () => installChatClient(manager.chatClient as unknown as ChatClient | undefined, throttle, onBurst),
      () => installJoin(flex, throttle),
      () =>
        installActions({
          actions: flex.Actions,
          helper: flex.TaskHelper,
          throttle,
          settings: () => settings,
          onDeferred: (deferred) => store.dispatch({ type: "flex-throttle/ACTION_DEFERRED", deferred }),
          report: this.report,
        }),
      () => publishThrottle(throttle, store),
      () => {
        registerNotifications(flex, notifications);
        return showNotifications(flex, notifications);
      },
    ]);
    store.dispatch({ type: "flex-throttle/SETTINGS_READ", problems });
  }

  /** Takes everything out of Flex again. */
  uninstall(): void {
    this.uninstalls.reverse().forEach((uninstall) => uninstall());
    this.uninstalls = [];
  }

  /** What cannot be installed is reported and left out; the rest serves. */
  private install(parts: (() => Uninstall)[]): void {
    for (const part of parts) {
      try {
        this.uninstalls.push(part());
      } catch (error) {
        this.report(error);
      }
    }
  }

  /** A failure of the plugin itself, once for each of its kind. */
  private readonly report = (error: unknown): void => {
    const message = String(error);
    if (this.reported.has(message)) return;
    this.reported.add(message);
    console.error(`${PLUGIN_NAME}: this failed inside the plugin, calls go on without it:`, error);
  };
}
