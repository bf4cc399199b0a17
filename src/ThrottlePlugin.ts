/** The plugin's entry point: keeps an agent's calls within the account's limits. */

import { FlexPlugin } from "@twilio/flex-plugin";
import type * as Flex from "@twilio/flex-ui";

import { describeSuggestion } from "./components/describeSuggestion";
import type { Install } from "./desktop";
import { createFlexDesktop } from "./flex/desktop";
import { describeUnsupportedVersion } from "./flex/version";
import { tryTo } from "./helpers/tryTo";
import { RequestInterception } from "./intercept/requestInterception";
import { installCustomerAlert } from "./page/customerAlert";
import { clearEndedJoins } from "./page/endedJoins";
import { keepDrops } from "./page/keptDrops";
import { keepHistory } from "./page/keptHistory";
import { keepObservation } from "./page/keptObservation";
import { installSupportHook } from "./page/supportHook";
import { installTelemetry } from "./page/telemetry";
import { showWaitsInTitle } from "./page/tabTitle";
import { installWakeUps } from "./page/wakeUps";
import { createParts, Parts } from "./parts";
import type { Uninstall } from "./patch";
import { makeReport } from "./record/report";
import { describeProblem } from "./settings/readSettings";
import { publishThrottle } from "./state/publisher";
import { NAMESPACE, reduceThrottle } from "./state/slice";

const PLUGIN_NAME = "plugin-flex-throttle";

/** More would hide what matters: messages may contain ids or times that make them all different. */
const MAX_REPORTS = 100;

const MAX_PRINTED_PROBLEMS = 100;

export default class ThrottlePlugin extends FlexPlugin {
  private readonly reported = new Set<string>();
  private uninstalls: Uninstall[] = [];

  /** @param requests is created before Flex constructs the plugin, which may be after it has loaded other plugins. */
  constructor(private readonly requests = new RequestInterception(window)) {
    super(PLUGIN_NAME);
  }

  init(flex: typeof Flex, manager: Flex.Manager): void {
    const desktop = createFlexDesktop(flex, manager, this.report);
    if ((desktop.store.getState() as Record<string, unknown>)[NAMESPACE]) {
      console.warn(`${PLUGIN_NAME} is loaded twice. The second copy does nothing.`);
      this.requests.uninstall();
      return;
    }
    const parts = createParts({ desktop, version: this.version, report: this.report });
    addState(parts);
    this.install([
      () => this.requests.start(parts.http),
      ...parts.desktop.interceptors(parts.callContext),
      ...keepRecords(parts),
      ...showStatus(parts),
      ...followPage(parts),
      ...followSettings(parts),
    ]);
    reportSettings(parts);
    const unsupported = describeUnsupportedVersion(flex.VERSION);
    if (unsupported) console.warn(`${PLUGIN_NAME}: ${unsupported}`);
    const onResumed = () => parts.dispatch({ type: "flex-throttle/NEWS", news: { type: "resumed" } });
    void desktop.joinLostChats(() => parts.throttle.mode === "enforce", onResumed);
  }

  /** Removes everything from Flex. */
  uninstall(): void {
    this.uninstalls.reverse().forEach((uninstall) => uninstall());
    this.uninstalls = [];
  }

  /** A part that fails to install is reported and left out. */
  private install(installs: readonly Install[]): void {
    installs.forEach((install) => tryTo(() => this.uninstalls.push(install()), this.report));
  }

  /** Logs an internal failure, once for each message. */
  private readonly report = (error: unknown): void => {
    // Other code on the page may have replaced the console. No call may fail because of it.
    tryTo(() => {
      const message = toText(error);
      if (this.reported.has(message) || this.reported.size === MAX_REPORTS) return;
      this.reported.add(message);
      console.error(`${PLUGIN_NAME}: internal error. Calls continue without the plugin.`, error);
    });
  };
}

function addState({ desktop, dispatch }: Parts): void {
  desktop.store.addReducer(NAMESPACE, reduceThrottle);
  dispatch({ type: "flex-throttle/SETTINGS_READ", problems: [] });
}

function keepRecords(parts: Parts): readonly Install[] {
  const { desktop, live, throttle, flexFlows, recorder, services, dispatch, report } = parts;
  return [
    () => recorder.start(),
    () => keepDrops({ store: desktop.store, dispatch, agentSid: () => desktop.agentSid(), report }),
    () => keepHistory(parts.history, throttle),
    () => keepObservation({ observation: () => recorder.observation, report }),
    () => publishThrottle(throttle, flexFlows, { dispatch, getState: () => desktop.store.getState() }, parts.repeats),
    () =>
      installSupportHook({
        makeReport: () => makeReport(services),
        describe: (suggestion) => describeSuggestion(suggestion, services.text),
        report,
      }),
    () => installTelemetry({ throttle, send: desktop.sendTelemetry, isOn: () => live.settings.telemetry, report }),
  ];
}

function showStatus({ desktop, clock, throttle, services, dispatch }: Parts): readonly Install[] {
  return [
    ...desktop.screens(services),
    () => clearEndedJoins({ store: desktop.store, dispatch, chats: () => desktop.chats() }),
    () => showWaitsInTitle(desktop.store),
    () => installCustomerAlert({ throttle, clock, text: services.text }),
  ];
}

function followPage({ clock, answerTimes, throttle }: Parts): readonly Install[] {
  return [() => () => clock.end(), () => () => answerTimes.end(), () => installWakeUps(() => throttle.reevaluate())];
}

function followSettings(parts: Parts): readonly Install[] {
  const { desktop, live, accountBudget, throttle, flexFlows, recorder } = parts;
  const onChange = () => {
    accountBudget.configure(live.settings);
    throttle.configure(live.settings);
    flexFlows.setMaximum(live.settings.maxFlexFlows);
    recorder.recordSettingsChange();
    reportSettings(parts);
  };
  return [() => () => accountBudget.close(), () => live.watch(desktop.store, onChange)];
}

function reportSettings({ live, dispatch }: Parts): void {
  const { problems } = live;
  problems
    .slice(0, MAX_PRINTED_PROBLEMS)
    .forEach((problem) => console.warn(`${PLUGIN_NAME}: ${describeProblem(problem)}`));
  const left = problems.length - MAX_PRINTED_PROBLEMS;
  if (left > 0) console.warn(`${PLUGIN_NAME}: ${left} more settings have problems.`);
  dispatch({ type: "flex-throttle/SETTINGS_READ", problems: live.problems });
}

/** Some errors cannot be converted to a text, for example objects without a prototype. */
function toText(error: unknown): string {
  return tryTo(() => String(error)) ?? "an error without a text";
}
