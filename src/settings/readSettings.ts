/**
 * Reads what an admin wrote. Every entry that is not understood is named, with its path and what would be right, and
 * left out; the rest is used. Never throws.
 */

import * as v from "valibot";

import { RATE_LIMIT_IDS, RateLimitId } from "../limits/limits";
import { CustomRoute } from "../limits/routes";
import { maxBurst, DEFAULTS } from "./defaults";
import { copyJson, getEntry } from "./entries";
import { formatPath, Path } from "./path";
import { FlexThrottleInput, FlexThrottleSchema, MODES, ON_BURST, RESERVED_NAMES, decodeMessage } from "./schema";
import { formatInEnglish, FormatMessage, Message } from "./messages";

export type Mode = (typeof MODES)[number];
export type OnBurst = (typeof ON_BURST)[number];

export interface RateSetting {
  /** Starts per second, in any rolling second. */
  readonly perSecond: number;
  /** Starts that may follow each other at once; at most `perSecond`, at least 1. */
  readonly burst: number;
}

export interface Settings {
  readonly mode: Mode;
  readonly onBurst: OnBurst;
  readonly rates: Readonly<Record<RateLimitId, RateSetting>>;
  /** How many Flex Flows the account may have. */
  readonly maxFlexFlows: number;
  readonly actions: Readonly<Record<string, { readonly limits: readonly RateLimitId[]; readonly onBurst?: OnBurst }>>;
  readonly routes: readonly CustomRoute[];
  readonly queue: { readonly maxLength: number; readonly maxWaitMs: number };
  /** Whether pseudonymous counts of what the throttle did go to Twilio with Flex's own plugin telemetry. */
  readonly telemetry: boolean;
}

/** One entry that was left out. */
export interface SettingsProblem {
  /** Where it stands, as one would write it in JavaScript: `flexThrottle.limits["POST /channels"].burst`. */
  readonly path: string;
  /** What stands there, shortened. */
  readonly found: Message;
  /** What would be right. */
  readonly expected: Message;
}

export interface ReadSettings {
  readonly settings: Settings;
  readonly problems: readonly SettingsProblem[];
}

/** @param written `manager.configuration.flexThrottle`, whatever it holds. */
export function readSettings(written: unknown): ReadSettings {
  const { input, problems } = keepWhatIsUnderstood(written === undefined ? {} : written);
  const rates = readRates(input.limits ?? {}, problems);
  const settings: Settings = {
    mode: input.mode ?? DEFAULTS.mode,
    onBurst: input.onBurst ?? DEFAULTS.onBurst,
    rates,
    maxFlexFlows: input.limits?.["Flex Flows"]?.max ?? DEFAULTS.limits["Flex Flows"].max,
    actions: input.actions ?? DEFAULTS.actions,
    routes: input.routes ?? DEFAULTS.routes,
    queue: {
      maxLength: input.queue?.maxLength ?? DEFAULTS.queue.maxLength,
      maxWaitMs: Math.max(1, Math.round((input.queue?.maxWaitSeconds ?? DEFAULTS.queue.maxWaitSeconds) * 1000)),
    },
    telemetry: input.telemetry ?? DEFAULTS.telemetry,
  };
  return { settings, problems };
}

/** @returns what makes one sentence for a person of a problem. */
export function createProblemDescriber(say: FormatMessage): (problem: SettingsProblem) => string {
  return ({ path, found, expected }) =>
    say({ key: "problem", values: { path, found: say(found), expected: say(expected) } });
}

/** One sentence, in English. */
export const describeProblem = createProblemDescriber(formatInEnglish);

function keepWhatIsUnderstood(written: unknown): { input: FlexThrottleInput; problems: SettingsProblem[] } {
  let rest = copyJson(written);
  let problems: SettingsProblem[] | undefined;
  for (;;) {
    const result = v.safeParse(FlexThrottleSchema, rest);
    // Only the first look reports: what a left-out entry leaves behind (an Action without limits) is its consequence.
    problems ??= [
      ...(result.issues ?? []).map((issue) => toProblem(issue, written)),
      ...passedOver(rest, []).map(toNameProblem),
    ].filter(isFirstOfItsPath);
    if (result.success) return { input: result.output, problems };
    rest = leaveOut(rest, result.issues.map(pathOf));
  }
}

/** One entry can fail two checks that say the same: -1.5 is neither whole nor 1 or more. */
function isFirstOfItsPath({ path }: SettingsProblem, at: number, problems: readonly SettingsProblem[]): boolean {
  return problems.findIndex((problem) => problem.path === path) === at;
}

/** Shortest first, so that what an outer entry takes with it is not looked for again. */
function leaveOut(input: unknown, paths: Path[]): unknown {
  const roots = paths.map((path) => (getEntry(input, path) === undefined ? path.slice(0, -1) : path));
  if (roots.some((path) => path.length === 0)) return {};
  roots.sort((a, b) => a.length - b.length);
  for (const path of roots) {
    const holder = getEntry(input, path.slice(0, -1));
    if (holder && typeof holder === "object")
      delete (holder as Record<string | number, unknown>)[path[path.length - 1]];
  }
  return withoutHoles(input);
}

function readRates(limits: NonNullable<FlexThrottleInput["limits"]>, problems: SettingsProblem[]): Settings["rates"] {
  const read = (id: RateLimitId): RateSetting => {
    const perSecond = limits[id]?.perSecond ?? DEFAULTS.limits[id].perSecond;
    const most = maxBurst(perSecond);
    const burst = limits[id]?.burst ?? most;
    if (burst <= most) return { perSecond, burst };
    problems.push({
      path: formatPath(["limits", id, "burst"]),
      found: { literal: String(burst) },
      expected: { key: "countUpTo", values: { most: String(most) } },
    });
    return { perSecond, burst: most };
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
  // The one check that the schema makes by hand is of the names.
  const isUnknown = (issue.type as string) === "raw_check";
  const found: Message = isUnknown
    ? { key: "unknown" }
    : value === undefined
      ? { key: "missing" }
      : { literal: shorten(value) };
  return { path: formatPath(path), found, expected: decodeMessage(issue.message) };
}

/** @returns where names stand that valibot leaves out without a word. @param input plain JSON. */
function passedOver(input: unknown, path: Path): Path[] {
  if (typeof input !== "object" || input === null) return [];
  return Object.entries(input).flatMap(([name, value]) => {
    const inner = [...path, Array.isArray(input) ? Number(name) : name];
    return RESERVED_NAMES.includes(name) ? [inner] : passedOver(value, inner);
  });
}

function toNameProblem(path: Path): SettingsProblem {
  return { path: formatPath(path), found: { key: "unusable" }, expected: { key: "anotherName" } };
}

function shorten(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function withoutHoles(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter(() => true).map(withoutHoles);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutHoles(inner)]));
  }
  return value;
}
