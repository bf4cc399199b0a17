/**
 * The title and description of each setting, for the JSON Schema that editors read and for the settings form.
 * Translations use the same keys.
 */

import { Path } from "./path";

export interface SettingDescription {
  /** A few words: the label of a field. */
  readonly title: string;
  /** The help text beside the field, where the title does not say enough. */
  readonly description?: string;
}

/**
 * Each key is the path to a setting, joined by dots. `*` matches any name, or any position in a list. When two keys match,
 * the first one applies.
 */
export const SETTING_DESCRIPTIONS = {
  mode: {
    title: "Mode",
    description: '"enforce" keeps calls within the limits, "observe" only measures them, "off" leaves them alone.',
  },
  onBurst: {
    title: "Over-limit policy",
    description:
      'Over the limit, "queue" sends a call in its turn, "defer" ends a Flex Action at once and runs it in its turn, "reject" ends a call with an error.',
  },
  limits: { title: "Limits", description: "Set only the limits that Twilio has changed for your account." },
  "limits.Flex Flows": { title: "Flex Flows" },
  "limits.Flex Flows.max": {
    title: "Maximum",
    description: "How many Flex Flows may exist. Near this number, admins get a warning; at it, new ones are rejected.",
  },
  "limits.*": { title: "Limit", description: "For your whole account." },
  "limits.*.perSecond": { title: "Calls per second", description: "0.5 is one call every two seconds." },
  "limits.*.burst": {
    title: "Burst",
    description: "How many calls may start at once, at most the rate. Default: the rate rounded down, at least 1.",
  },
  actions: {
    title: "Flex Actions",
    description: "Flex Actions, also of other plugins. Each run spends each of its limits once.",
  },
  "actions.*": { title: "Flex Action" },
  "actions.*.limits": { title: "Limits it spends" },
  "actions.*.label": { title: "Label", description: "What agents read instead of the Action's name." },
  "actions.*.onBurst": { title: "Over-limit policy" },
  routes: {
    title: "HTTP calls",
    description:
      "HTTP calls other than Twilio's own, such as to your Functions. Each call spends each of its limits once.",
  },
  "routes.*": { title: "HTTP call" },
  "routes.*.method": { title: "Method" },
  "routes.*.url": { title: "URL", description: "Without query and fragment. * matches any characters." },
  "routes.*.limits": { title: "Limits it spends" },
  queue: { title: "Queue" },
  "queue.maxLength": {
    title: "Maximum queue length",
    description: "In one agent's browser. Further calls are rejected.",
  },
  "queue.maxWaitSeconds": {
    title: "Maximum wait in seconds",
    description: "Calls that wait longer expire. Joining a chat waits as long as its reservation lasts.",
  },
  account: { title: "Account budget" },
  "account.budget": {
    title: "One budget for the whole account",
    description: '"sync": the browsers of all agents share the limits over Twilio Sync.',
  },
  "account.guard": {
    title: "Safety margin",
    description:
      "By which fraction the window of one second is extended at a limit of 10 a second, at most 0.5. More means fewer 429s, and fewer calls.",
  },
  "account.service": {
    title: "Sync service",
    description: "SID of the Sync service in the agents' tokens, if it is not the account's default.",
  },
  telemetry: {
    title: "Telemetry",
    description: "Adds pseudonymous counts of what the throttle did to Flex's plugin telemetry.",
  },
} as const;

export type SettingPattern = keyof typeof SETTING_DESCRIPTIONS;

/** The patterns of settings with a description. */
type DescribedPattern = {
  [Pattern in SettingPattern]: (typeof SETTING_DESCRIPTIONS)[Pattern] extends { readonly description: string }
    ? Pattern
    : never;
}[SettingPattern];

export const hasDescription = (pattern: SettingPattern): pattern is DescribedPattern =>
  "description" in SETTING_DESCRIPTIONS[pattern];

const PATTERNS = (Object.keys(SETTING_DESCRIPTIONS) as SettingPattern[]).map((pattern) => ({
  pattern,
  keys: pattern.split("."),
}));

/** @returns the key of the description of the setting at a path; `undefined` if there is no such setting. */
export function findPattern(path: Path): SettingPattern | undefined {
  const matches = ({ keys }: { keys: string[] }) =>
    keys.length === path.length && keys.every((key, index) => key === "*" || key === path[index]);
  return PATTERNS.find(matches)?.pattern;
}
