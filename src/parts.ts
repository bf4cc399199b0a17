/** What the plugin is made of, put together once at Flex's start. Nothing here touches Flex yet. */

import type * as Flex from "@twilio/flex-ui";

import { Announcer } from "./components/announcer";
import { AdminServices } from "./components/services";
import { HttpGate } from "./intercept/httpGate";
import { FlexFlowCount } from "./limits/flexFlowCount";
import { createBrowserClock } from "./page/browserClock";
import { DeferredActions } from "./page/deferredActions";
import { readObservation } from "./page/keptObservation";
import { Configuration, LiveSettings } from "./page/liveSettings";
import { Recorder } from "./record/recorder";
import { DeferredAction, ThrottleAction } from "./state/slice";
import { supportedLanguage, textsFrom } from "./texts/texts";
import { FailSafeThrottle } from "./throttle/failSafeThrottle";

export interface PartsOptions {
  readonly flex: typeof Flex;
  readonly manager: Flex.Manager;
  /** Of the plugin. */
  readonly version: string;
  /** Told of a failure of the plugin itself. */
  readonly report: (error: unknown) => void;
}

/** What is used of Flex's own state. */
interface WorkerState {
  readonly source?: { readonly sid: string };
  readonly tasks?: ReadonlyMap<string, Flex.ITask>;
}

export type Parts = ReturnType<typeof createParts>;

export function createParts({ flex, manager, version, report }: PartsOptions) {
  const { store } = manager;
  const live = new LiveSettings(() => manager.configuration as Configuration);
  const clock = createBrowserClock();
  const throttle = new FailSafeThrottle({ settings: live.settings, clock, random: Math.random, report });
  const flexFlows = new FlexFlowCount(live.settings.maxFlexFlows);
  const recorder = new Recorder({
    throttle,
    settings: () => live.settings,
    wallClock: () => Date.now(),
    previousObservation: readObservation(report),
  });

  const tell = (action: ThrottleAction) => {
    try {
      store.dispatch(action);
    } catch (error) {
      report(error);
    }
  };
  const worker = () => (store.getState() as { flex?: { worker?: WorkerState } }).flex?.worker;
  const tasks = () => worker()?.tasks;
  const chatOf = (task: Flex.ITask) => flex.TaskHelper.getTaskChatChannelSid(task);
  const ownTasks = () => Array.from(tasks()?.values() ?? []);
  /** Of the agent's tasks. */
  const chats = () => ownTasks().map(chatOf);
  const taskOf = (chat: string) => ownTasks().find((task) => chatOf(task) === chat);

  const onDeferred = (outcome: DeferredAction) => {
    recorder.recordDeferred(outcome.action, outcome.state);
    tell({ type: "flex-throttle/ACTION_DEFERRED", deferred: outcome });
  };
  const deferred = new DeferredActions({
    actions: flex.Actions,
    worker: () => worker()?.source?.sid,
    taskOf: (sid) => tasks()?.get(sid),
    maxWaitMs: () => live.settings.queue.maxWaitMs,
    onDeferred,
    report,
  });

  const language = () => (manager.configuration as { language?: string } | undefined)?.language;
  const services: AdminServices = {
    text: textsFrom({ strings: () => manager.strings as unknown as Record<string, unknown> | undefined, language }),
    announcer: new Announcer(),
    language: () => supportedLanguage(language()),
    now: () => throttle.now(),
    wallClock: () => Date.now(),
    retryNow: () => throttle.retryNow(),
    cancel: (id) => throttle.cancel(id),
    customerOf: (chat) => taskOf(chat)?.defaultFrom,
    joinAgain: (chat) => {
      const task = taskOf(chat);
      // How it ends is told where it is made.
      if (task) flex.ChatOrchestrator.handleReservationEvent("accepted", task).catch(() => undefined);
    },
    mode: () => throttle.mode,
    limits: () => throttle.limitStatuses(),
    flexFlows: () => flexFlows,
    settings: () => live.settings,
    problems: () => live.problems,
    written: () => live.written,
    stored: () => (manager.serviceConfiguration.ui_attributes as Configuration).flexThrottle,
    recorder,
    version,
    report,
  };
  const http = new HttpGate({ throttle, flexFlows, match: live.match, onBurst: () => live.onBurst, report });
  return {
    flex,
    manager,
    store,
    live,
    clock,
    throttle,
    flexFlows,
    recorder,
    deferred,
    onDeferred,
    services,
    http,
    tell,
    tasks,
    chats,
    report,
  };
}
