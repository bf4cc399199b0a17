/**
 * All that the plugin can tell of itself at a moment, for support: as JSON, and its lists as CSV. Holds limits, waits,
 * outcomes and settings; nothing of what was in a call, and no sid.
 *
 * The names in it are a promise to who reads it: they change only with `version`.
 */

import { describeProblem, Mode, Settings, SettingsProblem } from "../settings/readSettings";
import { LimitStatus } from "../throttle/status";
import { toCsv } from "./csv";
import { LogEntry } from "./eventLog";
import { Observation } from "./observation";
import { Recorder } from "./recorder";
import { suggestSettings, Suggestion } from "./suggestions";

/** How many Flex Flows there are, as far as is known. */
export interface FlexFlows {
  readonly count: number;
  readonly maximum: number;
  /** When the whole list was last seen, on the throttle's clock; `-Infinity` if never. */
  readonly listedAtMs: number;
}

/** What a report is made of, as it is at the moment. */
export interface ReportSources {
  /** Of the plugin. */
  readonly version: string;
  readonly recorder: Pick<Recorder, "events" | "observation" | "getUsage" | "eventCount">;
  readonly limits: () => readonly LimitStatus[];
  readonly flexFlows: () => FlexFlows;
  /** What holds at the moment: `off` also after failures inside the plugin, whatever the settings say. */
  readonly mode: () => Mode;
  readonly settings: () => Settings;
  readonly problems: () => readonly SettingsProblem[];
  /** Milliseconds on the throttle's clock. */
  readonly now: () => number;
  /** Milliseconds since 1970. */
  readonly wallClock: () => number;
}

/** Times are in UTC as ISO 8601 writes them; `…Ms` are milliseconds. */
export interface Report {
  readonly format: "flex-throttle-report";
  readonly version: 2;
  readonly plugin: string;
  readonly at: string;
  readonly mode: Mode;
  readonly settings: Settings;
  /** One sentence for each entry of the settings that is not understood. */
  readonly problems: readonly string[];
  /** In the order of Twilio's page. */
  readonly limits: readonly ReportedLimit[];
  /** `count` is what was seen; it is all there are only where the whole list was: `listedAt`. */
  readonly flexFlows: { readonly count: number; readonly max: number; readonly listedAt?: string };
  /** The last thousand decisions, oldest first. */
  readonly events: readonly ReportedEvent[];
  /** What the mode `observe` has measured, if it ever did, and what follows from it. */
  readonly observation?: Observation;
  readonly suggestions?: readonly Suggestion[];
}

export interface ReportedLimit {
  readonly limit: string;
  readonly configuredPerSecond: number;
  readonly adaptivePerSecond: number;
  /** Starts since the page was loaded. */
  readonly calls: number;
  readonly callsInLast5Minutes: number;
  /** The most in any one of those seconds. */
  readonly peakPerSecond: number;
  readonly waiting: number;
  /** How long the first of those who wait has waited. */
  readonly longestWaitMs: number;
  readonly throttledInLastHour: number;
  /** Absent where it does not cool down. */
  readonly coolDownUntil?: string;
}

export type ReportedEvent = Omit<LogEntry, "atMs"> & { readonly at: string };

export function makeReport(sources: ReportSources): Report {
  const { recorder } = sources;
  const { observation } = recorder;
  const { count, maximum, listedAtMs } = sources.flexFlows();
  return redactSids<Report>({
    format: "flex-throttle-report",
    version: 2,
    plugin: sources.version,
    at: toIsoTime(sources.wallClock()),
    mode: sources.mode(),
    settings: sources.settings(),
    problems: sources.problems().map(describeProblem),
    limits: sources.limits().map((limit) => reportLimit(limit, sources)),
    flexFlows: {
      count,
      max: maximum,
      ...(listedAtMs > -Infinity && { listedAt: toIsoTime(toWallTime(listedAtMs, sources)) }),
    },
    events: recorder.events.map(({ atMs, ...entry }) => ({ at: toIsoTime(atMs), ...entry })),
    ...(observation && { observation, suggestions: suggestSettings(observation, sources.settings()) }),
  });
}

function reportLimit({ id, coolDownUntilMs, ...limit }: LimitStatus, sources: ReportSources): ReportedLimit {
  const nowMs = sources.now();
  const usage = sources.recorder.getUsage(id);
  const starts = usage.countStartsBySecond(nowMs);
  return {
    limit: id,
    configuredPerSecond: limit.configuredPerSecond,
    adaptivePerSecond: limit.adaptivePerSecond,
    calls: usage.calls,
    callsInLast5Minutes: starts.reduce((sum, started) => sum + started, 0),
    peakPerSecond: Math.max(...starts),
    waiting: limit.waiting,
    longestWaitMs: Math.round(limit.longestWaitMs),
    throttledInLastHour: usage.countThrottledInLastHour(nowMs),
    ...(coolDownUntilMs > nowMs && { coolDownUntil: toIsoTime(toWallTime(coolDownUntilMs, sources)) }),
  };
}

const LIMIT_COLUMNS = [
  "limit",
  "configuredPerSecond",
  "adaptivePerSecond",
  "calls",
  "callsInLast5Minutes",
  "peakPerSecond",
  "waiting",
  "longestWaitMs",
  "throttledInLastHour",
  "coolDownUntil",
] as const;

/** One line a limit, by the names of `ReportedLimit`. */
export function limitsCsv({ limits }: Report): string {
  return toCsv(
    LIMIT_COLUMNS,
    limits.map((limit) => LIMIT_COLUMNS.map((column) => limit[column])),
  );
}

const EVENT_COLUMNS = ["at", "call", "limits", "outcome", "waitMs", "remainingWaitMs", "attempt", "reason"] as const;

/** One line a decision, by the names of `ReportedEvent`; a call's limits are joined by " + ". */
export function eventsCsv({ events }: Report): string {
  const cellsOf = (event: ReportedEvent) =>
    EVENT_COLUMNS.map((column) => (column === "limits" ? event.limits.join(" + ") : event[column]));
  return toCsv(EVENT_COLUMNS, events.map(cellsOf));
}

/** When a moment of the throttle's clock is on the machine's. */
export function toWallTime(atMs: number, { now, wallClock }: Pick<ReportSources, "now" | "wallClock">): number {
  return wallClock() + atMs - now();
}

const toIsoTime = (ms: number) => new Date(ms).toISOString();

/** An admin's own address may hold the sid of a service; what is left tells its kind, as Twilio's page does: `CHxx`. */
function redactSids<T>(report: T): T {
  return JSON.parse(JSON.stringify(report).replace(/\b([A-Z]{2})[0-9a-f]{32}\b/gi, "$1xx")) as T;
}
