/**
 * The plugin's state for support, as JSON and CSV: limits, waits, outcomes and settings. No payloads and no SIDs.
 *
 * Support tools rely on the field names: change `version` whenever a name changes.
 */

import { LimitStatus } from "../flexThrottle";
import { describeProblem, Mode, Settings, SettingsProblem } from "../settings/readSettings";
import { AccountBudgetStatus } from "../throttle/accountBudget";
import { recordsToCsv } from "./csv";
import { describe429 } from "./describe429";
import { LogEntry } from "./eventLog";
import { COUNTS, HistoryCounts, HistoryRow } from "./historyCells";
import { Observation } from "./observation";
import { Recorder } from "./recorder";
import { suggestSettings, Suggestion } from "./suggestions";

/** The known number of Flex Flows. */
export interface FlexFlows {
  readonly count: number;
  readonly maximum: number;
  /** When the whole list was last seen, on the throttle's clock; `-Infinity` if never. */
  readonly listedAtMs: number;
}

/** What the plugin runs in. */
export interface Environment {
  /** Version of Flex UI. */
  readonly flex: string;
  /** The user agent of the browser. */
  readonly browser: string;
  /** Such as `Europe/Madrid`. */
  readonly timeZone: string;
}

/** The current data that a report is made from. */
export interface ReportSources {
  /** The plugin's version. */
  readonly version: string;
  readonly environment: Environment;
  readonly recorder: Pick<Recorder, "events" | "observation" | "getUsage" | "eventCount">;
  /** Oldest first. */
  readonly history: () => readonly HistoryRow[];
  readonly limits: () => readonly LimitStatus[];
  readonly accountBudget: () => AccountBudgetStatus;
  readonly flexFlows: () => FlexFlows;
  /** The mode in use: `off` also when the circuit breaker is open, whatever the settings say. */
  readonly mode: () => Mode;
  readonly settings: () => Settings;
  readonly problems: () => readonly SettingsProblem[];
  /** Milliseconds on the throttle's clock. */
  readonly now: () => number;
  /** Milliseconds since 1970. */
  readonly wallClock: () => number;
}

/**
 * The plugin's state for support, without payloads and SIDs. Times are ISO 8601 in UTC unless their names end in `Ms`:
 * those are milliseconds.
 */
export interface Report extends Environment {
  /** Identifies the format. */
  readonly format: "flex-throttle-report";
  /** The version of the format. Changes whenever a name changes. */
  readonly version: 2;
  /** The version of the plugin. */
  readonly plugin: string;
  /** When the report was made. */
  readonly at: string;
  /** The mode in use: `off` also when the circuit breaker is open, whatever the settings say. */
  readonly mode: Mode;
  /** The settings in use. */
  readonly settings: Settings;
  /** One sentence for each invalid setting. */
  readonly problems: readonly string[];
  /** The limits per second, in the order of Twilio's page. */
  readonly limits: readonly ReportedLimit[];
  /** Whether the account's browsers share the limits, and what this browser knows of them. */
  readonly accountBudget: ReportedBudget;
  /** The Flex Flows of the account. */
  readonly flexFlows: {
    /** How many are known. Without `listedAt` there may be more. */
    readonly count: number;
    /** How many the account may have, from the settings. */
    readonly max: number;
    /** When the whole list was last read. Absent if never. */
    readonly listedAt?: string;
  };
  /** The latest 1000 decisions, oldest first. */
  readonly events: readonly ReportedEvent[];
  /** By hour and limit, for 14 days. Oldest first; hours without a call are absent. */
  readonly history: readonly ReportedHour[];
  /** Measurements of mode `observe`. Absent if there are none. */
  readonly observation?: Observation;
  /** The settings that the measurements suggest. */
  readonly suggestions?: readonly Suggestion[];
}

/** Whether the account's browsers share the limits. */
export interface ReportedBudget extends Omit<AccountBudgetStatus, "sinceMs"> {
  /** When `health` last changed. */
  readonly since: string;
}

/** The state of one limit in this browser. */
export interface ReportedLimit {
  /** Its id. */
  readonly limit: string;
  /** Starts per second, from the settings. */
  readonly configuredPerSecond: number;
  /** Starts per second that the account currently supports, at most the configured ones. */
  readonly adaptivePerSecond: number;
  /** Starts since the page loaded. */
  readonly calls: number;
  /** Starts in the last five minutes. */
  readonly callsInLast5Minutes: number;
  /** Most starts in one second of these five minutes. */
  readonly peakPerSecond: number;
  /** How many calls are queued. */
  readonly waiting: number;
  /** How long the oldest queued call has waited, in milliseconds. */
  readonly longestWaitMs: number;
  /** 429s in the last hour. */
  readonly throttledInLastHour: number;
  /** The end of the cool-down. Absent without one. */
  readonly coolDownUntil?: string;
  /** The call whose 429 began the cool-down, and what the 429 says. Absent without a cool-down. */
  readonly coolDownCause?: string;
}

/** One decision. */
export interface ReportedEvent extends Omit<LogEntry, "atMs"> {
  /** When it was made. */
  readonly at: string;
}

/** What happened to the calls of one limit in one hour, in this browser. */
export interface ReportedHour extends HistoryCounts {
  /** The beginning of the hour. */
  readonly hour: string;
  /** The id of the limit. */
  readonly limit: string;
}

export function makeReport(sources: ReportSources): Report {
  const { recorder } = sources;
  const { observation } = recorder;
  const { count, maximum, listedAtMs } = sources.flexFlows();
  const { sinceMs, ...accountBudget } = sources.accountBudget();
  return redactSids<Report>({
    format: "flex-throttle-report",
    version: 2,
    plugin: sources.version,
    ...sources.environment,
    at: toIsoTime(sources.wallClock()),
    mode: sources.mode(),
    settings: sources.settings(),
    problems: sources.problems().map(describeProblem),
    limits: sources.limits().map((limit) => reportLimit(limit, sources)),
    accountBudget: { ...accountBudget, since: toIsoTime(toWallTime(sinceMs, sources)) },
    flexFlows: {
      count,
      max: maximum,
      ...(listedAtMs > -Infinity && { listedAt: toIsoTime(toWallTime(listedAtMs, sources)) }),
    },
    events: recorder.events.map(({ atMs, ...entry }) => ({ at: toIsoTime(atMs), ...entry })),
    history: sources.history().map(({ atMs, ...counts }) => ({ hour: toIsoTime(atMs), ...counts })),
    ...(observation && { observation, suggestions: suggestSettings(observation, sources.settings()) }),
  });
}

function reportLimit(
  { id, coolDownUntilMs, coolDownCause, ...limit }: LimitStatus,
  sources: ReportSources,
): ReportedLimit {
  const nowMs = sources.now();
  const usage = sources.recorder.getUsage(id);
  const starts = usage.countStartsBySecond(nowMs);
  return {
    limit: id,
    configuredPerSecond: limit.configuredPerSecond,
    adaptivePerSecond: Math.round(limit.adaptivePerSecond * 100) / 100,
    calls: usage.calls,
    callsInLast5Minutes: starts.reduce((sum, started) => sum + started, 0),
    peakPerSecond: Math.max(...starts),
    waiting: limit.waiting,
    longestWaitMs: Math.round(limit.longestWaitMs),
    throttledInLastHour: usage.countThrottledInLastHour(nowMs),
    ...(coolDownUntilMs > nowMs && { coolDownUntil: toIsoTime(toWallTime(coolDownUntilMs, sources)) }),
    ...(coolDownCause && { coolDownCause: describeCause(coolDownCause) }),
  };
}

/** @returns "GET /FlexFlows: 429, code 45010, flex-api.twilio.com". */
export function describeCause(cause: NonNullable<LimitStatus["coolDownCause"]>): string {
  return `${cause.call}: ${describe429(cause)}`;
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
  "coolDownCause",
] as const;

/** One line per limit, with the field names of `ReportedLimit`. */
export function limitsCsv({ limits }: Report): string {
  return recordsToCsv(LIMIT_COLUMNS, limits);
}

const EVENT_COLUMNS = [
  "at",
  "callNumber",
  "call",
  "limits",
  "outcome",
  "waitMs",
  "remainingWaitMs",
  "attempt",
  "reason",
] as const;

/** One line per decision, with the field names of `ReportedEvent`. Limits are joined by " + ". */
export function eventsCsv({ events }: Report): string {
  return recordsToCsv(
    EVENT_COLUMNS,
    events.map((event) => ({ ...event, limits: event.limits.join(" + ") })),
  );
}

const HISTORY_COLUMNS = ["hour", "limit", ...COUNTS] as const;

/** One line per hour and limit, with the field names of `ReportedHour`. */
export function historyCsv({ history }: Report): string {
  return recordsToCsv(HISTORY_COLUMNS, history);
}

/** Converts a time on the throttle's clock to milliseconds since 1970. */
export function toWallTime(atMs: number, { now, wallClock }: Pick<ReportSources, "now" | "wallClock">): number {
  return wallClock() + atMs - now();
}

const toIsoTime = (ms: number) => new Date(ms).toISOString();

/** Routes in the settings may contain SIDs. Their prefix stays: `CHxx`. */
function redactSids<T>(report: T): T {
  return JSON.parse(JSON.stringify(report).replace(/\b([A-Z]{2})[0-9a-f]{32}\b/gi, "$1xx")) as T;
}
