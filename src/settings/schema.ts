/**
 * What an admin may write under `flexThrottle`. Every check carries, as its message, what would be right: a `Message`,
 * as text since valibot's messages are, which `decodeMessage` reads. The JSON Schema
 * for editors is made of these checks (`npm run schema`): one that has no equivalent there says beside it what has.
 */

import * as v from "valibot";

import { CapacityLimitId, LimitId, LIMITS, RATE_LIMIT_IDS, RateLimitId } from "../limits/limits";
import { Message, MessageKey } from "./messages";

export const MODES = ["enforce", "observe", "off"] as const;
export const ON_BURST = ["queue", "defer", "reject"] as const;

const encode = (message: Message) => JSON.stringify(message);
const describe = (key: MessageKey, values?: Readonly<Record<string, string>>) => encode({ key, values });
const listed = (names: readonly string[]) => names.map((name) => JSON.stringify(name)).join(", ");
const oneOf = (names: readonly string[]) => describe("oneOf", { names: listed(names) });

/** @param text the message of one of these checks. */
export function decodeMessage(text: string): Message {
  return JSON.parse(text) as Message;
}

/** No account is given more; beyond it a number is a slip of the keyboard. */
const MOST_PER_SECOND = 10_000;

/** A day: nobody waits longer for a request. */
const LONGEST_WAIT_SECONDS = 86_400;

const positive = (most: number) => {
  const expected = describe("number", { most: String(most) });
  return v.pipe(v.number(expected), v.gtValue(0, expected), v.maxValue(most, expected));
};
const A_COUNT = describe("count");
const count = v.pipe(v.number(A_COUNT), v.safeInteger(A_COUNT), v.minValue(1, A_COUNT));

/** Names that valibot leaves out without a word, whatever stands there: in JavaScript they mean something of their own. */
export const RESERVED_NAMES = ["__proto__", "prototype", "constructor"];

/**
 * An object that has no other keys than these. Unlike valibot's own it names every unknown key and not only the first,
 * takes no list for an object, and says of a missing key what it should hold.
 */
function strictObject<const Entries extends v.ObjectEntries>(entries: Entries, expected: string) {
  const names = Object.keys(entries);
  const ofMissing = (issue: { readonly expected: string | null }) => {
    const missing = names.find((name) => issue.expected === JSON.stringify(name));
    return missing === undefined ? expected : String((entries[missing] as { message?: unknown }).message);
  };
  const schema = v.pipe(
    v.custom<object>(isPlainObject, expected),
    v.looseObject(entries, ofMissing),
    v.rawCheck(({ dataset, addIssue }) => {
      const input = dataset.value as Record<string, unknown>;
      for (const key of Object.keys(input).filter((name) => !names.includes(name))) {
        addIssue({
          message: knownName(key, names),
          path: [{ type: "object", origin: "key", input, key, value: input[key] }],
        });
      }
    }),
    v.metadata({ additionalProperties: false }),
  );
  return schema as unknown as v.StrictObjectSchema<Entries, string>;
}

function isPlainObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What would be right in place of a name that is not known: the one that was meant, if it can be told. */
function knownName(written: string, names: readonly string[]): string {
  const meant = names.find((name) => isSlipOf(written, name));
  return meant === undefined ? oneOf(names) : encode({ literal: JSON.stringify(meant) });
}

const anObject = (keys: string) => describe("object", { keys });

/** Whether two names are the same but for case, spaces and one letter. */
function isSlipOf(written: string, name: string): boolean {
  const [a, b] = [written, name].map((text) => text.toLowerCase().replace(/\s/g, ""));
  let same = 0;
  while (same < a.length && a[same] === b[same]) same += 1;
  const rests = (skipA: number, skipB: number) => a.slice(same + skipA) === b.slice(same + skipB);
  return rests(0, 0) || rests(1, 0) || rests(0, 1) || rests(1, 1);
}

const RateOverride = strictObject(
  { perSecond: v.optional(positive(MOST_PER_SECOND)), burst: v.optional(count) },
  anObject('{ "perSecond": number, "burst": number }'),
);
const CapacityOverride = strictObject({ max: v.optional(count) }, anObject('{ "max": number }'));

type LimitEntries = {
  [Id in LimitId]: v.OptionalSchema<
    Id extends CapacityLimitId ? typeof CapacityOverride : typeof RateOverride,
    undefined
  >;
};

const limitEntries = Object.fromEntries(
  Object.entries(LIMITS).map(([id, { kind }]) => [
    id,
    v.optional<v.GenericSchema>(kind === "rate" ? RateOverride : CapacityOverride),
  ]),
) as unknown as LimitEntries;

const LIMIT_LIST = describe("limitsList", { names: listed(RATE_LIMIT_IDS) });
const limitIds = v.pipe(
  v.array(
    v.picklist(RATE_LIMIT_IDS as [RateLimitId, ...RateLimitId[]], ({ input }) =>
      knownName(String(input), RATE_LIMIT_IDS),
    ),
    LIMIT_LIST,
  ),
  v.minLength(1, LIMIT_LIST),
  v.transform((ids) => Array.from(new Set(ids))),
);
const onBurst = v.picklist(ON_BURST, oneOf(ON_BURST));

const ActionEntry = strictObject(
  { limits: limitIds, onBurst: v.optional(onBurst) },
  anObject('{ "limits": [limit, …], "onBurst": … }'),
);

export const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

/** Without a flag, which a JSON Schema's pattern cannot have. */
function inAnyCase(words: readonly string[]): RegExp {
  const letters = (word: string) => word.replace(/[A-Z]/g, (letter) => `[${letter}${letter.toLowerCase()}]`);
  return new RegExp(`^(${words.map(letters).join("|")})$`);
}

const AN_ADDRESS = describe("address");

const RouteEntry = strictObject(
  {
    method: v.pipe(v.string(oneOf(METHODS)), v.regex(inAnyCase(METHODS), oneOf(METHODS)), v.examples([...METHODS])),
    url: v.pipe(v.string(AN_ADDRESS), v.regex(/^[Hh][Tt][Tt][Pp][Ss]?:\/\/[^\s?#]+$/, AN_ADDRESS)),
    limits: limitIds,
  },
  anObject('{ "method": "POST", "url": "https://…", "limits": [limit, …] }'),
);

const Queue = strictObject(
  { maxLength: v.optional(count), maxWaitSeconds: v.optional(positive(LONGEST_WAIT_SECONDS)) },
  anObject('{ "maxLength": number, "maxWaitSeconds": number }'),
);

const ACTIONS = describe("actionsObject");
/** The names it excludes never come this far; whoever reads the settings names them. */
const ActionName = v.pipe(v.string(), v.notValues(RESERVED_NAMES));

export const FlexThrottleSchema = strictObject(
  {
    mode: v.optional(v.picklist(MODES, oneOf(MODES))),
    onBurst: v.optional(onBurst),
    limits: v.optional(strictObject(limitEntries, describe("limitsObject"))),
    actions: v.optional(v.pipe(v.custom<object>(isPlainObject, ACTIONS), v.record(ActionName, ActionEntry, ACTIONS))),
    routes: v.optional(v.array(RouteEntry, describe("routesList"))),
    queue: v.optional(Queue),
    telemetry: v.optional(v.boolean(describe("trueOrFalse"))),
  },
  anObject("mode, onBurst, limits, actions, routes, queue, telemetry"),
);

/** The settings as an admin writes them. */
export type FlexThrottleInput = v.InferOutput<typeof FlexThrottleSchema>;
