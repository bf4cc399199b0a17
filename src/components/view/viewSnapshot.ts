/** Everything the view shows, as plain data. */

import { LimitStatus } from "../../flexThrottle";
import { RateLimitId } from "../../limits/limits";
import { LogEntry } from "../../record/eventLog";
import { HistoryRow } from "../../record/historyCells";
import { Observation } from "../../record/observation";
import { describeCause, toWallTime } from "../../record/report";
import { AccountBudgetStatus } from "../../throttle/accountBudget";
import { Mode, Settings, SettingsProblem } from "../../settings/readSettings";
import { AdminServices } from "../services";
import { COLUMN_MS, createPlotColumns, PlotColumns } from "./plotColumns";

export interface LimitSnapshot {
  readonly id: RateLimitId;
  readonly configuredPerSecond: number;
  /** Rounded to one decimal. */
  readonly adaptivePerSecond: number;
  /** Starts in the last complete second. */
  readonly startsInLastSecond: number;
  readonly plot: PlotColumns;
  /** The wall-clock time at the end of the plot, rounded to seconds; absent if nothing happened in it. */
  readonly plotEndMs?: number;
  readonly waiting: number;
  /** Rounded down. */
  readonly longestWaitSeconds: number;
  readonly throttledInLastHour: number;
  readonly coolDown?: { readonly untilMs: number; readonly seconds: number; readonly cause: string };
  /** Whether any call used it since the page loaded. A cool-down alone does not count: it may be the account's. */
  readonly isUsed: boolean;
  /** Its rows of the history, oldest first. */
  readonly history: readonly HistoryRow[];
}

export interface ViewSnapshot {
  readonly language: string;
  readonly mode: Mode;
  /** The plugin disabled itself after errors of its own, whatever the settings say. */
  readonly isCircuitBreakerOpen: boolean;
  readonly settings: Settings;
  readonly problems: readonly SettingsProblem[];
  readonly limits: readonly LimitSnapshot[];
  /** `sinceMs` is wall-clock time, rounded to seconds. */
  readonly accountBudget: AccountBudgetStatus;
  readonly flexFlows: { readonly count: number; readonly max: number; readonly listedAtMs?: number };
  /** Oldest first. */
  readonly events: readonly LogEntry[];
  /** Number of the latest event, counted from 1. */
  readonly lastEvent: number;
  /** Oldest first. */
  readonly history: readonly HistoryRow[];
  /** Absent unless mode `observe` is or was in use. `measuredMs` is rounded down to minutes. */
  readonly observation?: Observation;
}

const MINUTE_MS = 60_000;

export function createViewSnapshot(services: AdminServices, before?: ViewSnapshot): ViewSnapshot {
  const { recorder } = services;
  const mode = services.mode();
  const { observation } = recorder;
  recorder.recordLimits();
  const hasNewEvents = before?.lastEvent !== recorder.eventCount;
  return {
    language: services.language(),
    mode,
    isCircuitBreakerOpen: mode === "off" && services.settings().mode !== "off",
    settings: services.settings(),
    problems: services.problems(),
    limits: services.limits().map((limit) => createLimitSnapshot(limit, services)),
    accountBudget: createBudgetSnapshot(services),
    flexFlows: createFlexFlowsSnapshot(services),
    events: before && !hasNewEvents ? before.events : recorder.events,
    lastEvent: recorder.eventCount,
    history: services.history(),
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
  const coolDownMs = limit.coolDownUntilMs - nowMs;
  const plot = createPlotColumns(usage, nowMs);
  return {
    id: limit.id,
    configuredPerSecond: limit.configuredPerSecond,
    adaptivePerSecond: Math.round(limit.adaptivePerSecond * 10) / 10,
    startsInLastSecond: starts[starts.length - 2],
    plot,
    ...([...plot.peaks, ...plot.throttled].some((count) => count > 0) && {
      plotEndMs: toWallSecond((Math.floor(nowMs / COLUMN_MS) + 1) * COLUMN_MS, services),
    }),
    waiting: limit.waiting,
    longestWaitSeconds: Math.floor(limit.longestWaitMs / 1000),
    throttledInLastHour,
    ...(coolDownMs > 0 && {
      coolDown: {
        untilMs: toWallSecond(limit.coolDownUntilMs, services),
        seconds: Math.ceil(coolDownMs / 1000),
        cause: limit.coolDownCause ? describeCause(limit.coolDownCause) : "",
      },
    }),
    isUsed: usage.calls > 0 || throttledInLastHour > 0 || limit.waiting > 0,
    history: services.history().filter((row) => row.limit === limit.id),
  };
}

function createBudgetSnapshot(services: AdminServices): AccountBudgetStatus {
  const status = services.accountBudget();
  return { ...status, sinceMs: toWallSecond(status.sinceMs, services) };
}

function createFlexFlowsSnapshot(services: AdminServices): ViewSnapshot["flexFlows"] {
  const { count, maximum, listedAtMs } = services.flexFlows();
  return {
    count,
    max: maximum,
    ...(listedAtMs > -Infinity && { listedAtMs: toWallSecond(listedAtMs, services) }),
  };
}

/** Rounded, because the offset between the two clocks varies by milliseconds, which would count as a change. */
const toWallSecond = (atMs: number, services: AdminServices) => Math.round(toWallTime(atMs, services) / 1000) * 1000;
