/**
 * The title and description of each setting, for the JSON Schema that editors read and for the settings form.
 * Translations use the same keys.
 */

import { Path } from "./path";

export interface SettingDescription {
  /** A few words: the label of a field. */
  readonly title: string;
  /** The help text beside the field. */
  readonly description: string;
}

/**
 * Each key is the path to a setting, joined by dots. `*` matches any name, or any position in a list. When two keys match,
 * the first one applies.
 */
export const SETTING_DESCRIPTIONS = {
  mode: {
    title: "Mode",
    description:
      '"enforce" keeps calls within the limits, "observe" measures them without delaying any, "off" leaves them alone.',
  },
  onBurst: {
    title: "Over-limit policy",
    description:
      'What happens to a call that cannot be sent at once: "queue" sends it at its turn, "defer" ends a Flex Action at once and runs it again at its turn, "reject" ends it with an error and does not send it.',
  },
  limits: {
    title: "Limits",
    description:
      'Overrides, if Twilio has granted your account other limits than its page "Flex Messaging Limits" lists. Each limit has its name from that page.',
  },
  "limits.Flex Flows": {
    title: "Flex Flows",
    description: "How many Flex Flows may exist. This is a count, not a rate: waiting does not help.",
  },
  "limits.Flex Flows.max": {
    title: "Maximum",
    description:
      "How many Flex Flows your account may have. Admins get a warning near this number. Once it is reached, the creation of another one is rejected.",
  },
  "limits.*": {
    title: "Limit",
    description: "How often your whole account may make these calls.",
  },
  "limits.*.perSecond": {
    title: "Calls per second",
    description: "How many of these calls may start in any one second. 0.5 is one call every two seconds.",
  },
  "limits.*.burst": {
    title: "Burst",
    description:
      "How many of these calls may start at once: a whole number, at most perSecond. The default is perSecond rounded down, but at least 1.",
  },
  actions: {
    title: "Flex Actions",
    description: "Flex Actions that spend limits when they are invoked, by name. Other plugins' Actions work too.",
  },
  "actions.*": {
    title: "Flex Action",
    description: "The limits that one invocation of this Action spends, and its over-limit policy.",
  },
  "actions.*.limits": {
    title: "Limits it spends",
    description: "One invocation spends one call of each of these limits.",
  },
  "actions.*.label": {
    title: "Label",
    description: "What agents read instead of the name of the Action.",
  },
  "actions.*.onBurst": {
    title: "Over-limit policy",
    description:
      "What happens to an invocation of this Action that cannot be sent at once. The default is the policy for all calls.",
  },
  routes: {
    title: "HTTP calls",
    description: "HTTP calls, other than Twilio's own, that spend limits, such as calls to your Functions.",
  },
  "routes.*": {
    title: "HTTP call",
    description: "Which calls are meant, and the limits that each of them spends.",
  },
  "routes.*.method": {
    title: "Method",
    description: "The HTTP method of the call.",
  },
  "routes.*.url": {
    title: "URL",
    description: "The URL of the call, without query and fragment. * matches any characters.",
  },
  "routes.*.limits": {
    title: "Limits it spends",
    description: "Each of these calls spends one call of each of these limits.",
  },
  queue: {
    title: "Queue",
    description: "How many calls may be queued, and for how long.",
  },
  "queue.maxLength": {
    title: "Maximum queue length",
    description: "How many calls may be queued at the same time in one agent's browser. Further calls are rejected.",
  },
  "queue.maxWaitSeconds": {
    title: "Maximum wait in seconds",
    description:
      "How long a call may be queued before it expires. Joining a chat is exempt: it stays queued while its reservation lasts.",
  },
  account: {
    title: "Account budget",
    description:
      "Twilio counts each limit for the whole account. With one budget, the browsers of all agents keep to the limits together.",
  },
  "account.budget": {
    title: "One budget for the whole account",
    description:
      'With "sync", the browsers of all agents take turns over Twilio Sync. With "off", each browser keeps to the limits on its own.',
  },
  "account.guard": {
    title: "Safety margin",
    description:
      "By which fraction the account's window of one second is extended at a limit of 10 a second, from 0 to 0.5: 0.06 is 6 %. A larger margin avoids more 429s and sends fewer calls per second.",
  },
  "account.service": {
    title: "Sync service",
    description:
      "The SID of the Sync service that the agents' tokens name: IS and 32 hexadecimal digits. Set it only if that is not the account's default Sync service; \"account check\" then examines this one.",
  },
  telemetry: {
    title: "Telemetry",
    description:
      "Whether pseudonymous counts of what the throttle did are sent to Twilio with Flex's plugin telemetry.",
  },
} as const;

export type SettingPattern = keyof typeof SETTING_DESCRIPTIONS;

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
