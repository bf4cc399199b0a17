/** Creates the plugin's parts and connects them. Nothing is installed here. */

import { createSettingsNotices } from "./account/settingsNotices";
import { SharedBudget } from "./account/sharedBudget";
import { SwitchedBudget } from "./account/switchedBudget";
import { SyncEngine } from "./account/syncEngine";
import { Announcer } from "./components/announcer";
import type { AdminServices } from "./components/services";
import type { CallContext, Desktop } from "./desktop";
import { tryTo } from "./helpers/tryTo";
import { createAnswerTimes } from "./intercept/answerTimes";
import { HttpGate } from "./intercept/httpGate";
import { RateLimitId } from "./limits/limits";
import { FlexFlowCount } from "./limits/flexFlowCount";
import { createBrowserClock } from "./page/browserClock";
import { readObservation } from "./page/keptObservation";
import { LiveSettings } from "./page/liveSettings";
import { History } from "./record/history";
import { Recorder } from "./record/recorder";
import { batchJoins } from "./state/joinBatch";
import { Repeats } from "./state/repeats";
import type { ThrottleAction } from "./state/slice";
import { supportedLanguage, textsFrom } from "./texts/texts";
import type { Clock } from "./throttle/clock";
import { FailSafeThrottle } from "./throttle/failSafeThrottle";

export interface PartsOptions {
  readonly desktop: Desktop;
  /** The plugin's version. */
  readonly version: string;
  /** Called with an internal failure of the plugin. */
  readonly report: (error: unknown) => void;
}

export type Parts = ReturnType<typeof createParts>;

export function createParts({ desktop, version, report }: PartsOptions) {
  const live = new LiveSettings(() => desktop.configuration());
  const clock = createBrowserClock();
  const answerTimes = createAnswerTimes();
  const settings = () => live.settings;
  const onBurst = () => live.onBurst;
  const accountBudget = createAccountBudget({ desktop, live, clock, report });
  const throttle = new FailSafeThrottle({ settings: live.settings, clock, random: Math.random, report, accountBudget });
  const flexFlows = new FlexFlowCount(live.settings.maxFlexFlows);
  const { recorder, history } = createRecords({ desktop, live, throttle, report });
  const dispatch = batchJoins((action) => tryTo(() => desktop.store.dispatch(action), report));
  const repeats = new Repeats();

  const callContext: CallContext = {
    throttle,
    settings,
    onBurst,
    onDeferred: (outcome, sendAgain) => {
      recorder.recordDeferred(outcome.action, outcome.state);
      dispatch({ type: "flex-throttle/ACTION_DEFERRED", deferred: { ...outcome, repeatId: repeats.add(sendAgain) } });
    },
    onChatOffered: (limits) => {
      limits.forEach((limit) => accountBudget.prepare(limit));
      // The first plural form takes a browser about 25 ms, which a page that draws accepted chats does not have.
      services.text("Chats", { count: 1 });
    },
    onJoin: (chat, state) =>
      dispatch({ type: `flex-throttle/JOIN_${state.toUpperCase() as Uppercase<typeof state>}`, chat }),
    report,
  };
  const http = new HttpGate({ throttle, flexFlows, match: live.match, onBurst, answerTimes, report });
  const parts = { desktop, live, throttle, flexFlows, recorder, history, repeats, dispatch, report };
  const services = createServices({ ...parts, version });
  return { ...parts, clock, answerTimes, accountBudget, callContext, http, services };
}

interface BudgetSources extends Omit<PartsOptions, "version"> {
  readonly live: LiveSettings;
  readonly clock: Clock;
}

/** No budget, and no connection, unless the settings ask for one. */
function createAccountBudget({ desktop, live, clock, report }: BudgetSources): SwitchedBudget {
  const random = Math.random;
  const budget = new SwitchedBudget((settings) => {
    const engine = new SyncEngine({ tokens: desktop.tokens, clock, random });
    const notices = createSettingsNotices({ engine, clock, random, readSettings: () => desktop.followSwitchOff() });
    return new SharedBudget({ engine, settings, clock, random, report, notices });
  });
  budget.configure(live.settings);
  return budget;
}

interface RecordSources extends Omit<PartsOptions, "version"> {
  readonly live: LiveSettings;
  readonly throttle: FailSafeThrottle<RateLimitId>;
}

function createRecords({ desktop, live, throttle, report }: RecordSources) {
  const wallClock = () => Date.now();
  return {
    recorder: new Recorder({
      throttle,
      settings: () => live.settings,
      wallClock,
      previousObservation: readObservation(report),
    }),
    history: new History({ account: desktop.account, storage: () => localStorage, wallClock, report }),
  };
}

interface ServiceSources extends PartsOptions {
  readonly live: LiveSettings;
  readonly throttle: FailSafeThrottle<RateLimitId>;
  readonly flexFlows: FlexFlowCount;
  readonly recorder: Recorder;
  readonly history: History;
  readonly repeats: Repeats;
  readonly dispatch: (action: ThrottleAction) => void;
}

/** What the components use of the other parts. */
function createServices(sources: ServiceSources): AdminServices {
  const { desktop, version, report, live, throttle, flexFlows, recorder, history, repeats, dispatch } = sources;
  const language = () => desktop.language();
  return {
    text: textsFrom({ strings: () => desktop.strings(), language }),
    announcer: new Announcer(),
    language: () => supportedLanguage(language()),
    now: () => throttle.now(),
    wallClock: () => Date.now(),
    retryNow: () => throttle.retryNow(),
    cancel: (id) => throttle.cancel(id),
    customerOf: (chat) => desktop.customerOf(chat),
    labelOf: (action) => live.settings.actions[action]?.label ?? action,
    sendAgain: (id) => repeats.run(id),
    dispatch,
    joinAgain: (chat) => desktop.joinAgain(chat),
    mode: () => throttle.mode,
    limits: () => throttle.limitStatuses(),
    accountBudget: () => throttle.accountBudgetStatus(),
    flexFlows: () => flexFlows,
    settings: () => live.settings,
    problems: () => live.problems,
    written: () => live.written,
    stored: () => desktop.storedSettings(),
    recorder,
    history: () => history.rows,
    account: desktop.account,
    version,
    environment: {
      flex: desktop.version,
      browser: navigator.userAgent,
      timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    },
    report,
  };
}
