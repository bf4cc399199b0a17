/** All that the view shows at a moment, as plain data: taken from the services, and compared with what it was before. */

import { RateLimitId } from "../../limits/limits";
import { LogEntry } from "../../record/eventLog";
import { Observation } from "../../record/observation";
import { wallTime } from "../../record/report";
import { Mode, Settings, SettingsProblem } from "../../settings/readSettings";
import { LimitStatus } from "../../throttle/status";
import { AdminServices } from "../services";
import { peaksOf } from "./peaks";

export interface LimitPicture {
  readonly id: RateLimitId;
  readonly configured: number;
  /** To a tenth. */
  readonly learned: number;
  /** Starts in the last whole second. */
  readonly now: number;
  /** See `peaksOf`. */
  readonly peaks: readonly number[];
  readonly waiting: number;
  /** In whole seconds that are over. */
  readonly longestWaitSeconds: number;
  readonly refused: number;
  readonly cooling?: { readonly untilMs: number; readonly seconds: number };
  /** Whether it was spent or waited for since the page was loaded; an account that cools down pauses all limits. */
  readonly isUsed: boolean;
}

export interface Picture {
  readonly language: string;
  readonly mode: Mode;
  /** The throttle has given up on itself: it does nothing, whatever the settings say. */
  readonly standsAside: boolean;
  readonly settings: Settings;
  readonly problems: readonly SettingsProblem[];
  readonly limits: readonly LimitPicture[];
  readonly flexFlows: { readonly count: number; readonly max: number; readonly listedAtMs?: number };
  /** Oldest first, and the number of the last of them, counted from 1. */
  readonly events: readonly LogEntry[];
  readonly lastEvent: number;
  /** While nothing has been observed, and is not going to be, absent. Its time is in whole minutes. */
  readonly observation?: Observation;
}

const MINUTE_MS = 60_000;

export function takePicture(services: AdminServices, before?: Picture): Picture {
  const { recorder } = services;
  const mode = services.mode();
  const { observation } = recorder;
  const isNews = before?.lastEvent !== recorder.version;
  return {
    language: services.language(),
    mode,
    standsAside: mode === "off" && services.settings().mode !== "off",
    settings: services.settings(),
    problems: services.problems(),
    limits: services.limits().map((limit) => takeLimit(limit, services)),
    flexFlows: takeFlexFlows(services),
    events: before && !isNews ? before.events : recorder.events,
    lastEvent: recorder.version,
    ...(observation && {
      observation: { ...observation, measuredMs: Math.floor(observation.measuredMs / MINUTE_MS) * MINUTE_MS },
    }),
  };
}

function takeLimit(limit: LimitStatus, services: AdminServices): LimitPicture {
  const nowMs = services.now();
  const usage = services.recorder.usageOf(limit.id);
  const starts = usage.startsBySecond(nowMs);
  const refused = usage.refusedInLastHour(nowMs);
  const coolingMs = limit.coolDownUntilMs - nowMs;
  return {
    id: limit.id,
    configured: limit.configuredPerSecond,
    learned: Math.round(limit.adaptivePerSecond * 10) / 10,
    now: starts[starts.length - 2],
    peaks: peaksOf(starts, Math.floor(nowMs / 1000)),
    waiting: limit.waiting,
    longestWaitSeconds: Math.floor(limit.longestWaitMs / 1000),
    refused,
    ...(coolingMs > 0 && {
      cooling: { untilMs: toSecond(wallTime(limit.coolDownUntilMs, services)), seconds: Math.ceil(coolingMs / 1000) },
    }),
    isUsed: usage.calls > 0 || refused > 0 || limit.waiting > 0,
  };
}

function takeFlexFlows(services: AdminServices): Picture["flexFlows"] {
  const { count, maximum, listedAtMs } = services.flexFlows();
  return {
    count,
    max: maximum,
    ...(listedAtMs > -Infinity && { listedAtMs: toSecond(wallTime(listedAtMs, services)) }),
  };
}

/** The two clocks differ by a little more or less each time. */
const toSecond = (ms: number) => Math.round(ms / 1000) * 1000;
