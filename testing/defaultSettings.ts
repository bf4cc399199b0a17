import { LIMITS, RATE_LIMIT_IDS } from "../src/limits/limits";
import { Settings } from "../src/settings/readSettings";

/** What `readSettings` returns without any entry, written down independently of src/settings/defaults.ts. */
export const DEFAULT_SETTINGS: Settings = {
  mode: "enforce",
  onBurst: "queue",
  rates: Object.fromEntries(
    RATE_LIMIT_IDS.map((id) => [id, { perSecond: LIMITS[id].perSecond, burst: LIMITS[id].perSecond }]),
  ) as Settings["rates"],
  maxFlexFlows: 2500,
  actions: {},
  routes: [],
  queue: { maxLength: 500, maxWaitMs: 60_000 },
  account: { budget: "off", guard: 0.06 },
  telemetry: false,
};
