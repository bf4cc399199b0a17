/** Reads the settings that an admin wrote. Never throws: an invalid entry becomes a problem, and its default applies. */

import * as v from "valibot";

import { isObject } from "../helpers/isObject";
import { RATE_LIMIT_IDS, RateLimitId } from "../limits/limits";
import { CustomRoute } from "../limits/routes";
import { maxBurst, DEFAULTS } from "./defaults";
import { copyJson, getEntry, limitDepth, mapInner, writtenPaths } from "./entries";
import { formatPath, Path } from "./path";
import {
  FlexThrottleInput,
  FlexThrottleSchema,
  ACCOUNT_BUDGETS,
  MODES,
  ON_BURST,
  RESERVED_NAMES,
  decodeMessage,
} from "./schema";
import { formatInEnglish, FormatMessage, Message } from "./messages";

/** `enforce` paces calls, `observe` measures only, `off` leaves calls alone. */
export type Mode = (typeof MODES)[number];
/** The over-limit policy: what happens to a call that cannot be sent at once. */
export type OnBurst = (typeof ON_BURST)[number];

/** How often calls may start. */
export interface RateSetting {
  /** Calls that may start in any rolling second. */
  readonly perSecond: number;
  /** Calls that may start at once: a whole number, at most `perSecond` but at least 1. */
  readonly burst: number;
}

/** Whether and how the account's browsers share the limits. */
export interface AccountSettings {
  /** `sync`: all browsers share the limits over Twilio Sync. */
  readonly budget: (typeof ACCOUNT_BUDGETS)[number];
  /** By which fraction the account's window of one second is extended at a limit of 10 a second: 0.06 is 6 %. */
  readonly guard: number;
  /** SID of the Sync service that the agents' tokens name. Default: the account's default service. */
  readonly service?: string;
}

/** All settings, with the defaults of those that the admin has not set. */
export interface Settings {
  /** Whether calls are paced. */
  readonly mode: Mode;
  /** What happens to a call that cannot be sent at once. */
  readonly onBurst: OnBurst;
  /** By limit id. */
  readonly rates: Readonly<Record<RateLimitId, RateSetting>>;
  /** How many Flex Flows the account may have. */
  readonly maxFlexFlows: number;
  /** By the name of the Action: the limits that one invocation spends, its name for agents, and its own policy. */
  readonly actions: Readonly<
    Record<string, { readonly limits: readonly RateLimitId[]; readonly label?: string; readonly onBurst?: OnBurst }>
  >;
  /** The HTTP calls, other than Twilio's own, that spend limits. */
  readonly routes: readonly CustomRoute[];
  /** The limits of the queue. */
  readonly queue: {
    /** How many calls may be queued in one browser. */
    readonly maxLength: number;
    /** How long a call may be queued, in milliseconds. */
    readonly maxWaitMs: number;
  };
  /** The account budget. */
  readonly account: AccountSettings;
  /** Whether to send pseudonymous counts to Twilio with Flex's plugin telemetry. */
  readonly telemetry: boolean;
}

/** One invalid entry. */
export interface SettingsProblem {
  /** In JavaScript notation: `flexThrottle.limits["POST /channels"].burst`. */
  readonly path: string;
  /** The written value, shortened. */
  readonly found: Message;
  /** What would be valid. */
  readonly expected: Message;
}

export interface ReadSettings {
  readonly settings: Settings;
  readonly problems: readonly SettingsProblem[];
}

/** @param written `manager.configuration.flexThrottle`: any value. */
export function readSettings(written: unknown): ReadSettings {
  const { input, problems } = dropInvalidEntries(written === undefined ? {} : written);
  const rates = readRates(input.limits ?? {}, problems);
  const { mode, onBurst, actions, routes, telemetry } = { ...DEFAULTS, ...input };
  const { maxLength, maxWaitSeconds } = { ...DEFAULTS.queue, ...input.queue };
  const settings: Settings = {
    mode,
    onBurst,
    rates,
    maxFlexFlows: input.limits?.["Flex Flows"]?.max ?? DEFAULTS.limits["Flex Flows"].max,
    actions,
    routes,
    queue: { maxLength, maxWaitMs: Math.max(1, Math.round(maxWaitSeconds * 1000)) },
    account: { ...DEFAULTS.account, ...input.account },
    telemetry,
  };
  return { settings, problems };
}

/** @returns a function that describes a problem in one sentence. */
export function createProblemDescriber(format: FormatMessage): (problem: SettingsProblem) => string {
  return ({ path, found, expected }) =>
    format({ key: "problem", values: { path, found: format(found), expected: format(expected) } });
}

/** Describes a problem in one English sentence. */
export const describeProblem = createProblemDescriber(formatInEnglish);

function dropInvalidEntries(written: unknown): { input: FlexThrottleInput; problems: SettingsProblem[] } {
  let rest = limitDepth(copyJson(written));
  let problems: SettingsProblem[] | undefined;
  for (;;) {
    const result = v.safeParse(FlexThrottleSchema, rest);
    // Later passes only find consequences: an Action that has lost its invalid limits, for example.
    problems ??= [
      ...(result.issues ?? []).map((issue) => toProblem(issue, written)),
      ...writtenPaths(rest).filter(isReserved).map(toNameProblem),
    ].filter(isFirstWithItsPath(new Set()));
    if (result.success) return { input: result.output, problems };
    rest = removeEntries(rest, result.issues.map(pathOf));
  }
}

/** One entry can fail two checks with the same message: -1.5 is not whole and not 1 or more. */
function isFirstWithItsPath(seen: Set<string>): (problem: SettingsProblem) => boolean {
  return ({ path }) => {
    const isFirst = !seen.has(path);
    seen.add(path);
    return isFirst;
  };
}

/** Removes the shortest paths first, because they contain the longer ones. */
function removeEntries(input: unknown, paths: Path[]): unknown {
  const existing = paths.map((path) => (getEntry(input, path) === undefined ? path.slice(0, -1) : path));
  if (existing.some((path) => path.length === 0)) return {};
  existing.sort((a, b) => a.length - b.length);
  for (const path of existing) {
    const parent = getEntry(input, path.slice(0, -1));
    if (isObject(parent)) delete parent[path[path.length - 1]];
  }
  return withoutHoles(input);
}

function readRates(limits: NonNullable<FlexThrottleInput["limits"]>, problems: SettingsProblem[]): Settings["rates"] {
  const read = (id: RateLimitId): RateSetting => {
    const perSecond = limits[id]?.perSecond ?? DEFAULTS.limits[id].perSecond;
    const largest = maxBurst(perSecond);
    const burst = limits[id]?.burst ?? largest;
    if (burst <= largest) return { perSecond, burst };
    problems.push({
      path: formatPath(["limits", id, "burst"]),
      found: { literal: String(burst) },
      expected: { key: "countUpTo", values: { most: String(largest) } },
    });
    return { perSecond, burst: largest };
  };
  return Object.fromEntries(RATE_LIMIT_IDS.map((id) => [id, read(id)])) as Settings["rates"];
}

type Issue = v.InferIssue<typeof FlexThrottleSchema>;

function pathOf(issue: Issue): Path {
  return (issue.path ?? []).map((item) => item.key as string | number);
}

function toProblem(issue: Issue, written: unknown): SettingsProblem {
  const path = pathOf(issue);
  const value = getEntry(written, path);
  // The schema's only raw check is the one for unknown keys.
  const isUnknown = (issue.type as string) === "raw_check";
  const found: Message = isUnknown
    ? { key: "unknown" }
    : value === undefined
      ? { key: "missing" }
      : { literal: shorten(value) };
  return { path: formatPath(path), found, expected: decodeMessage(issue.message) };
}

/** Whether valibot ignores the entry because of its name. What is inside such an entry does not count. */
function isReserved(path: Path): boolean {
  const reserved = path.filter((key) => RESERVED_NAMES.includes(String(key)));
  return reserved.length === 1 && reserved[0] === path[path.length - 1];
}

function toNameProblem(path: Path): SettingsProblem {
  return { path: formatPath(path), found: { key: "unusable" }, expected: { key: "anotherName" } };
}

function shorten(value: unknown): string {
  const text = JSON.stringify(limitDepth(value)) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function withoutHoles(value: unknown): unknown {
  return mapInner(Array.isArray(value) ? value.filter(() => true) : value, withoutHoles);
}
