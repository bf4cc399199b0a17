/** Keeps an agent's Flex within the account's limits. `init` is the table of contents. */

import { FlexPlugin } from "@twilio/flex-plugin";
import type * as Flex from "@twilio/flex-ui";

import { registerNotifications, showNotifications } from "./components/banners/notifications";
import { installWaitingBadge } from "./components/header/waitingBadge";
import { AdminServices } from "./components/services";
import { installTaskParts } from "./components/task/taskParts";
import { installView } from "./components/view/install";
import { installActions } from "./intercept/actions";
import { ChatClient, installChatClient } from "./intercept/chatClient";
import { installFetch } from "./intercept/fetch";
import { HttpGate } from "./intercept/httpGate";
import { installJoin } from "./intercept/join";
import { Uninstall } from "./intercept/patch";
import { installPermitAction } from "./intercept/permitAction";
import { installXhr } from "./intercept/xhr";
import { createBrowserClock } from "./page/browserClock";
import { installCustomerAlert } from "./page/customerAlert";
import { DeferredActions } from "./page/deferredActions";
import { keepObservation, readObservation } from "./page/keptObservation";
import { Configuration, LiveSettings } from "./page/liveSettings";
import { forgetGoneChats } from "./page/notJoined";
import { rejoinChats } from "./page/rejoin";
import { installSupportHook } from "./page/supportHook";
import { installTelemetry } from "./page/telemetry";
import { installWakeUps } from "./page/wakeUps";
import { Recorder } from "./record/recorder";
import { makeReport } from "./record/report";
import { describeProblem } from "./settings/readSettings";
import { DeferredAction, NAMESPACE, publishThrottle, reduceThrottle, ThrottleAction } from "./state/throttleState";
import { supportedLanguage, textsFrom } from "./texts/texts";
import { FailSafeThrottle } from "./throttle/failSafeThrottle";

/** What is used of Flex's own state. */
interface WorkerState {
  readonly source?: { readonly sid: string };
  readonly tasks?: ReadonlyMap<string, Flex.ITask>;
}

/** Flex's language as its configuration names it. */
function languageOf(manager: Flex.Manager): string | undefined {
  return (manager.configuration as { language?: string } | undefined)?.language;
}

export const PLUGIN_NAME = "plugin-flex-throttle";

export default class ThrottlePlugin extends FlexPlugin {
  private readonly reported = new Set<string>();
  private uninstalls: Uninstall[] = [];

  constructor() {
    super(PLUGIN_NAME);
  }

  init(flex: typeof Flex, manager: Flex.Manager): void {
    const { store } = manager;
    if ((store.getState() as Record<string, unknown>)[NAMESPACE]) {
      console.warn(`${PLUGIN_NAME} is loaded twice; the second one does nothing.`);
      return;
    }
    const live = new LiveSettings(() => manager.configuration as Configuration);
    const clock = createBrowserClock();
    const throttle = new FailSafeThrottle({ settings: live.settings, clock, random: Math.random, report: this.report });
    const http = new HttpGate({ throttle, match: live.match, onBurst: () => live.onBurst, report: this.report });

    const tell = (action: ThrottleAction) => {
      try {
        store.dispatch(action);
      } catch (error) {
        this.report(error);
      }
    };
    const tellSettings = () => {
      live.problems.forEach((problem) => console.warn(`${PLUGIN_NAME}: ${describeProblem(problem)}`));
      tell({ type: "flex-throttle/SETTINGS_READ", problems: live.problems });
    };
    (store as unknown as { addReducer(namespace: string, reducer: unknown): void }).addReducer(NAMESPACE, reduceThrottle);
    tell({ type: "flex-throttle/SETTINGS_READ", problems: [] });

    const worker = () => (store.getState() as { flex?: { worker?: WorkerState } }).flex?.worker;
    const tasks = () => Array.from(worker()?.tasks?.values() ?? []);
    const recorder = new Recorder({ throttle, settings: () => live.settings, wallClock: () => Date.now(), before: readObservation(this.report) });
    const services: AdminServices = {
      text: textsFrom({ strings: () => manager.strings as unknown as Record<string, unknown> | undefined, language: () => languageOf(manager) }),
      now: () => throttle.now(),
      retryNow: () => throttle.retryNow(),
      cancel: (id) => void throttle.cancel(id),
      customerOf: (chat) => tasks().find((task) => flex.TaskHelper.getTaskChatChannelSid(task) === chat)?.defaultFrom,
      // How it ends is told where it is made.
      joinAgain: (task) => void flex.ChatOrchestrator.handleReservationEvent("accepted", task).catch(() => undefined),
      report: this.report,
      version: this.version,
      recorder,
      limits: () => throttle.limitStatuses(),
      flexFlows: () => throttle.flexFlows,
      mode: () => throttle.mode,
      settings: () => live.settings,
      problems: () => live.problems,
      wallClock: () => Date.now(),
      language: () => supportedLanguage(languageOf(manager)),
      written: () => live.written,
    };
    const roles = manager.user?.roles ?? [];
    const notifications = { store, services, isAdmin: roles.includes("admin") };
    const isForStaff = roles.includes("admin") || roles.includes("supervisor");
    const onJoin = (chat: string, state: "failed" | "started") => tell({ type: state === "failed" ? "flex-throttle/JOIN_FAILED" : "flex-throttle/FAILED_JOIN_FORGOTTEN", chat });
    const onDeferred = (deferred: DeferredAction) => {
      recorder.deferred(deferred.action, deferred.state);
      tell({ type: "flex-throttle/ACTION_DEFERRED", deferred });
    };
    const deferred = new DeferredActions({
      actions: flex.Actions,
      worker: () => worker()?.source?.sid,
      taskOf: (sid) => worker()?.tasks?.get(sid),
      maxWaitMs: () => live.settings.queue.maxWaitMs,
      onDeferred,
      report: this.report,
    });

    this.install([
      () => () => clock.end(),
      () => installFetch(window, http),
      () => installXhr(XMLHttpRequest.prototype, http),
      () => installChatClient(manager.chatClient as unknown as ChatClient | undefined, { throttle, onBurst: () => live.onBurst, report: this.report }),
      () => installJoin(flex, { throttle, onJoin, report: this.report }),
      () =>
        installActions({
          actions: flex.Actions,
          helper: flex.TaskHelper,
          throttle,
          settings: () => live.settings,
          onDeferred,
          keepDeferred: deferred.keep,
          report: this.report,
        }),
      () => installPermitAction(flex.Actions, throttle),
      () => recorder.start(),
      () => keepObservation({ observation: () => recorder.observation, report: this.report }),
      () => publishThrottle(throttle, { dispatch: tell, getState: () => store.getState() }),
      () => {
        registerNotifications(flex, notifications);
        return showNotifications(flex, notifications);
      },
      () => (isForStaff ? installView(flex, services) : () => undefined),
      () => installSupportHook({ makeReport: () => makeReport(services), report: this.report }),
      () => installTelemetry({ throttle, manager, isOn: () => live.settings.telemetry, report: this.report }),
      () => installWaitingBadge(flex, services),
      () => installTaskParts(flex, { store, services }),
      () => forgetGoneChats({ store, tell, chats: () => tasks().map((task) => flex.TaskHelper.getTaskChatChannelSid(task)) }),
      () => installCustomerAlert({ throttle, clock, text: services.text }),
      () => installWakeUps(() => throttle.wake()),
      () => deferred.install(manager.events),
      () =>
        live.watch(store, () => {
          throttle.configure(live.settings);
          recorder.settingsChanged();
          tellSettings();
        }),
    ]);
    tellSettings();
    void rejoinChats(flex, {
      chatClient: manager.chatClient,
      tasks: () => worker()?.tasks,
      isOn: () => throttle.mode === "enforce",
      report: this.report,
    });
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
