/** All that the view shows at a moment, as plain data: taken from the services, and compared with what it was before. */

import { RateLimitId } from "../../limits/limits";
import { LogEntry } from "../../record/eventLog";
import { Observation } from "../../record/observation";
import { toWallTime } from "../../record/report";
import { Mode, Settings, SettingsProblem } from "../../settings/readSettings";
import { LimitStatus } from "../../throttle/status";
import { AdminServices } from "../services";
import { computeColumnPeaks } from "./columnPeaks";

export interface LimitSnapshot {
  readonly id: RateLimitId;
  readonly configuredPerSecond: number;
  /** To a tenth. */
  readonly adaptivePerSecond: number;
  /** Starts in the last whole second. */
  readonly startsInLastSecond: number;
  /** See `computeColumnPeaks`. */
  readonly columnPeaks: readonly number[];
  readonly waiting: number;
  /** In whole seconds that are over. */
  readonly longestWaitSeconds: number;
  readonly throttledInLastHour: number;
  readonly coolDown?: { readonly untilMs: number; readonly seconds: number };
  /** Whether it was spent or waited for since the page was loaded; an account that cools down pauses all limits. */
  readonly isUsed: boolean;
}

export interface ViewSnapshot {
  readonly language: string;
  readonly mode: Mode;
  /** The throttle has given up on itself: it does nothing, whatever the settings say. */
  readonly isCircuitBreakerOpen: boolean;
  readonly settings: Settings;
  readonly problems: readonly SettingsProblem[];
  readonly limits: readonly LimitSnapshot[];
  readonly flexFlows: { readonly count: number; readonly max: number; readonly listedAtMs?: number };
  /** Oldest first, and the number of the last of them, counted from 1. */
  readonly events: readonly LogEntry[];
  readonly lastEvent: number;
  /** While nothing has been observed, and is not going to be, absent. Its time is in whole minutes. */
  readonly observation?: Observation;
}

const MINUTE_MS = 60_000;

export function createViewSnapshot(services: AdminServices, before?: ViewSnapshot): ViewSnapshot {
  const { recorder } = services;
  const mode = services.mode();
  const { observation } = recorder;
  const isNews = before?.lastEvent !== recorder.eventCount;
  return {
    language: services.language(),
    mode,
    isCircuitBreakerOpen: mode === "off" && services.settings().mode !== "off",
    settings: services.settings(),
    problems: services.problems(),
    limits: services.limits().map((limit) => createLimitSnapshot(limit, services)),
    flexFlows: createFlexFlowsSnapshot(services),
    events: before && !isNews ? before.events : recorder.events,
    lastEvent: recorder.eventCount,
    ...(observation && {
      observation: { ...observation, measuredMs: Math.floor(observation.measuredMs / MINUTE_MS) * MINUTE_MS },
    }),
  };
}

function createLimitSnapshot(limit: LimitStatus, services: AdminServices): LimitSnapshot {
  const nowMs = services.now();
  const usage = services.recorder.getUsage(limit.id);
  const starts = usage.countStartsBySecond(nowMs);
  const throttledInLastHour = usage.countThrottledInLastHour(nowMs);
  const coolingMs = limit.coolDownUntilMs - nowMs;
  return {
    id: limit.id,
    configuredPerSecond: limit.configuredPerSecond,
    adaptivePerSecond: Math.round(limit.adaptivePerSecond * 10) / 10,
    startsInLastSecond: starts[starts.length - 2],
    columnPeaks: computeColumnPeaks(starts, Math.floor(nowMs / 1000)),
    waiting: limit.waiting,
    longestWaitSeconds: Math.floor(limit.longestWaitMs / 1000),
    throttledInLastHour,
    ...(coolingMs > 0 && {
      coolDown: {
        untilMs: toSecond(toWallTime(limit.coolDownUntilMs, services)),
        seconds: Math.ceil(coolingMs / 1000),
      },
    }),
    isUsed: usage.calls > 0 || throttledInLastHour > 0 || limit.waiting > 0,
  };
}

function createFlexFlowsSnapshot(services: AdminServices): ViewSnapshot["flexFlows"] {
  const { count, maximum, listedAtMs } = services.flexFlows();
  return {
    count,
    max: maximum,
    ...(listedAtMs > -Infinity && { listedAtMs: toSecond(toWallTime(listedAtMs, services)) }),
  };
}

/** The two clocks differ by a little more or less each time. */
const toSecond = (ms: number) => Math.round(ms / 1000) * 1000;
