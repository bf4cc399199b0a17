/**
 * What each setting means, for whoever shows settings to a person: the JSON Schema that editors read, and a form. The
 * texts are English; whoever needs another language translates them by their key.
 */

import { Path } from "./path";

export interface SettingDescription {
  /** A few words: the label of a field. */
  readonly title: string;
  /** One sentence: the help beside it. */
  readonly description: string;
}

/**
 * By the keys that lead to the setting, joined by dots; `*` stands for whatever name or place in a list. Of two that fit,
 * the first holds.
 */
export const SETTING_DESCRIPTIONS = {
  mode: {
    title: "Mode",
    description:
      'Whether calls are kept within the limits ("enforce"), only measured and never delayed ("observe"), or left alone ("off").',
  },
  onBurst: {
    title: "When a call cannot go at once",
    description:
      'What happens to a call that cannot go at once: it waits for its turn ("queue"), a Flex Action ends at once and runs in its turn ("defer"), or it is given up ("reject").',
  },
  limits: {
    title: "Limits",
    description:
      'Where Twilio has granted your account other limits than its page "Flex Messaging Limits" says, by the limit\'s name on that page.',
  },
  "limits.Flex Flows": {
    title: "Flex Flows",
    description: "How many Flex Flows there may be: a count, which waiting does not change.",
  },
  "limits.Flex Flows.max": {
    title: "At most",
    description: "How many Flex Flows your account may have; near it an admin is warned, and over it none is created.",
  },
  "limits.*": {
    title: "Limit",
    description: "How often your whole account may make these calls.",
  },
  "limits.*.perSecond": {
    title: "Calls per second",
    description: "How many of these calls may start in any one second; 0.5 is one in two seconds.",
  },
  "limits.*.burst": {
    title: "Calls at once",
    description:
      "How many of these calls may follow each other at once: a whole number, at most perSecond, and as many as that unless it is set.",
  },
  actions: {
    title: "Flex Actions",
    description: "Flex Actions by their name, also those of other plugins, that spend limits when they are invoked.",
  },
  "actions.*": {
    title: "Flex Action",
    description: "What one invocation of this Action spends, and what happens when it cannot go at once.",
  },
  "actions.*.limits": {
    title: "Limits it spends",
    description: "The limits of which one invocation spends one call each.",
  },
  "actions.*.onBurst": {
    title: "When it cannot go at once",
    description:
      "What happens to an invocation of this Action that cannot go at once; as for every other call unless it is set.",
  },
  routes: {
    title: "HTTP calls",
    description: "HTTP calls beside Twilio's own, such as those to your Functions, that spend limits.",
  },
  "routes.*": {
    title: "HTTP call",
    description: "Which calls are meant, and what one of them spends.",
  },
  "routes.*.method": {
    title: "Method",
    description: "The HTTP method of the call.",
  },
  "routes.*.url": {
    title: "Address",
    description: "The address of the call, without ? and # and what follows them; * stands for any run of characters.",
  },
  "routes.*.limits": {
    title: "Limits it spends",
    description: "The limits of which one such call spends one call each.",
  },
  queue: {
    title: "Queue",
    description: "How many calls may wait for their turn, and for how long.",
  },
  "queue.maxLength": {
    title: "Calls waiting at most",
    description: "How many calls may wait at the same time in one agent's browser; one more is given up.",
  },
  "queue.maxWaitSeconds": {
    title: "Longest wait in seconds",
    description: "How long a call may wait before it is given up.",
  },
  telemetry: {
    title: "Telemetry",
    description: "Whether pseudonymous counts of what the throttle did go to Twilio with Flex's own plugin telemetry.",
  },
} as const;

/** The key of a setting's meaning. */
export type SettingPattern = keyof typeof SETTING_DESCRIPTIONS;

const PATTERNS = (Object.keys(SETTING_DESCRIPTIONS) as SettingPattern[]).map((pattern) => ({
  pattern,
  keys: pattern.split("."),
}));

/** @returns the key of the meaning of what stands at a path, `undefined` where no setting stands. */
export function findPattern(path: Path): SettingPattern | undefined {
  const fits = ({ keys }: { keys: string[] }) =>
    keys.length === path.length && keys.every((key, at) => key === "*" || key === path[at]);
  return PATTERNS.find(fits)?.pattern;
}
