/** The admin view's services: a real throttle with a simulated account on a virtual clock, and a real recorder. */

import { AdminServices } from "../src/components/services";
import { FlexFlowCount } from "../src/limits/flexFlowCount";
import { History } from "../src/record/history";
import { Observation } from "../src/record/observation";
import { Recorder } from "../src/record/recorder";
import { readSettings } from "../src/settings/readSettings";
import { newScene, Scene, SceneOptions, STEADY } from "./scene";
import { servicesOf } from "./services";

/** When the page was loaded. */
export const WALL_MS = 1_700_000_000_000;

export interface AdminScene extends Scene {
  readonly services: AdminServices;
  readonly flexFlows: FlexFlowCount;
  /** Applies other settings, as a change of Flex's configuration does. */
  configure(written: object): void;
}

export function newAdminScene(
  { settings: first = {}, ...options }: Omit<SceneOptions, "settings"> & { settings?: object } = {},
  previousObservation?: Observation,
): AdminScene {
  const scene = newScene({ delay: STEADY, settings: first, ...options });
  let written: object = first;
  let read = readSettings(written);
  const wallClock = () => WALL_MS + scene.clock.now();
  const recorder = new Recorder({
    throttle: scene.throttle,
    settings: () => read.settings,
    wallClock,
    previousObservation,
  });
  recorder.start();
  const history = createHistory(wallClock);
  history.start(scene.throttle);
  const flexFlows = new FlexFlowCount(read.settings.maxFlexFlows);
  const services: AdminServices = {
    ...servicesOf({ now: () => scene.clock.now() }),
    account: "AC1",
    version: "1.2.3",
    environment: { flex: "1.34.6", browser: "Firefox/140.0", timeZone: "Europe/Madrid" },
    recorder,
    history: () => history.rows,
    limits: () => scene.throttle.limitStatuses(),
    accountBudget: () => scene.throttle.accountBudgetStatus(),
    flexFlows: () => flexFlows,
    mode: () => scene.throttle.mode,
    settings: () => read.settings,
    problems: () => read.problems,
    wallClock,
    language: () => "en",
    written: () => written,
    stored: () => written,
  };
  return {
    ...scene,
    services,
    flexFlows,
    configure: (next) => {
      written = next;
      read = readSettings(next);
      scene.throttle.configure(read.settings);
      flexFlows.setMaximum(read.settings.maxFlexFlows);
      recorder.recordSettingsChange();
    },
  };
}

/** Is not written, so that nothing is left for the next test. */
function createHistory(wallClock: () => number): History {
  return new History({
    account: "AC0123456789abcdef0123456789abcdef",
    storage: () => localStorage,
    wallClock,
    report: (error) => console.error(error),
  });
}
