/** Keeps an agent's Flex within the account's limits. `init` is the table of contents. */

import { FlexPlugin } from "@twilio/flex-plugin";
import type * as Flex from "@twilio/flex-ui";

import { describeSuggestion } from "./components/describeSuggestion";
import { installActions } from "./flex/actions";
import { ChatClient, installChatClient } from "./flex/chatClient";
import { installFetch } from "./intercept/fetch";
import { installJoin } from "./flex/join";
import { installAdminView } from "./flex/ui/adminView";
import { installLiveRegion } from "./flex/ui/liveRegion";
import { showNotifications } from "./flex/ui/notificationPresenter";
import { registerNotifications } from "./flex/ui/notifications";
import { installPermitAction } from "./flex/permitAction";
import { installXhr } from "./intercept/xhr";
import { installCustomerAlert } from "./page/customerAlert";
import { keepObservation } from "./page/keptObservation";
import { forgetGoneChats } from "./page/notJoined";
import { rejoinChats } from "./flex/rejoin";
import { installTaskParts } from "./flex/ui/taskParts";
import { installWaitingBadge } from "./flex/ui/waitingBadge";
import { installSupportHook } from "./page/supportHook";
import { installTelemetry } from "./page/telemetry";
import { installWakeUps } from "./page/wakeUps";
import { createParts, Parts } from "./parts";
import { Uninstall } from "./patch";
import { makeReport } from "./record/report";
import { describeProblem } from "./settings/readSettings";
import { publishThrottle } from "./state/publisher";
import { NAMESPACE, reduceThrottle } from "./state/slice";

const PLUGIN_NAME = "plugin-flex-throttle";

type Install = () => Uninstall;

export default class ThrottlePlugin extends FlexPlugin {
  private readonly reported = new Set<string>();
  private uninstalls: Uninstall[] = [];

  constructor() {
    super(PLUGIN_NAME);
  }

  init(flex: typeof Flex, manager: Flex.Manager): void {
    if ((manager.store.getState() as Record<string, unknown>)[NAMESPACE]) {
      console.warn(`${PLUGIN_NAME} is loaded twice; the second one does nothing.`);
      return;
    }
    const parts = createParts({ flex, manager, version: this.version, report: this.report });
    (parts.store as unknown as { addReducer(namespace: string, reducer: unknown): void }).addReducer(
      NAMESPACE,
      reduceThrottle,
    );
    parts.tell({ type: "flex-throttle/SETTINGS_READ", problems: [] });

    this.install([
      ...catchCalls(parts),
      ...keepRecords(parts),
      ...tellAgents(parts),
      ...tellStaff(parts),
      ...liveWithThePage(parts),
    ]);
    tellSettings(parts);
    void rejoinChats(flex, {
      chatClient: manager.chatClient,
      tasks: parts.tasks,
      isOn: () => parts.throttle.mode === "enforce",
      report: this.report,
    });
  }

  /** Takes everything out of Flex again. */
  uninstall(): void {
    this.uninstalls.reverse().forEach((uninstall) => uninstall());
    this.uninstalls = [];
  }

  /** What cannot be installed is reported and left out; the rest serves. */
  private install(parts: readonly Install[]): void {
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

function catchCalls({ flex, manager, live, throttle, http, deferred, onDeferred, tell, report }: Parts): Install[] {
  const { Actions: actions, TaskHelper: helper } = flex;
  const onBurst = () => live.onBurst;
  const onJoin = (chat: string, state: "failed" | "started") =>
    tell({ type: state === "failed" ? "flex-throttle/JOIN_FAILED" : "flex-throttle/FAILED_JOIN_CLEARED", chat });
  return [
    () => installFetch(window, http),
    () => installXhr(XMLHttpRequest.prototype, http),
    () => installChatClient(manager.chatClient as unknown as ChatClient | undefined, { throttle, onBurst, report }),
    () => installJoin(flex, { throttle, onJoin, report }),
    () =>
      installActions({
        actions,
        helper,
        throttle,
        settings: () => live.settings,
        onDeferred,
        keepDeferred: deferred.keep,
        report,
      }),
    () => installPermitAction(actions, throttle),
  ];
}

function keepRecords({
  manager,
  store,
  live,
  throttle,
  flexFlows,
  recorder,
  services,
  tell,
  report,
}: Parts): Install[] {
  return [
    () => recorder.start(),
    () => keepObservation({ observation: () => recorder.observation, report }),
    () => publishThrottle(throttle, flexFlows, { dispatch: tell, getState: () => store.getState() }),
    () =>
      installSupportHook({
        makeReport: () => makeReport(services),
        describe: (suggestion) => describeSuggestion(suggestion, services.text),
        report,
      }),
    () => installTelemetry({ throttle, manager, isOn: () => live.settings.telemetry, report }),
  ];
}

function tellAgents({ flex, manager, store, clock, throttle, services, tell, chats }: Parts): Install[] {
  const notifications = { store, services, isAdmin: rolesOf(manager).includes("admin") };
  return [
    () => installLiveRegion(flex, services),
    () => {
      registerNotifications(flex, notifications);
      return showNotifications(flex, notifications);
    },
    () => installWaitingBadge(flex, services),
    () => installTaskParts(flex, { store, services }),
    () => forgetGoneChats({ store, tell, chats }),
    () => installCustomerAlert({ throttle, clock, text: services.text }),
  ];
}

function tellStaff({ flex, manager, services }: Parts): Install[] {
  const isStaff = rolesOf(manager).some((role) => role === "admin" || role === "supervisor");
  return isStaff ? [() => installAdminView(flex, services)] : [];
}

function liveWithThePage(parts: Parts): Install[] {
  const { manager, store, live, clock, throttle, flexFlows, recorder, deferred } = parts;
  const onSettings = () => {
    throttle.configure(live.settings);
    flexFlows.setMaximum(live.settings.maxFlexFlows);
    recorder.recordSettingsChange();
    tellSettings(parts);
  };
  return [
    () => () => clock.end(),
    () => installWakeUps(() => throttle.reevaluate()),
    () => deferred.install(manager.events),
    () => live.watch(store, onSettings),
  ];
}

function tellSettings({ live, tell }: Parts): void {
  live.problems.forEach((problem) => console.warn(`${PLUGIN_NAME}: ${describeProblem(problem)}`));
  tell({ type: "flex-throttle/SETTINGS_READ", problems: live.problems });
}

function rolesOf({ user }: Flex.Manager): readonly string[] {
  return user?.roles ?? [];
}
