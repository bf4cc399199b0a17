/**
 * The schema of the settings that an admin may write under `flexThrottle`. The JSON Schema for editors is generated from it
 * (`npm run schema`); a check without a JSON Schema equivalent has metadata beside it that has one.
 */

import * as v from "valibot";

import { isRecord } from "../helpers/isRecord";
import { CapacityLimitId, LimitId, LIMITS, RATE_LIMIT_IDS, RateLimitId } from "../limits/limits";
import { Message, MessageKey } from "./messages";

export const MODES = ["enforce", "observe", "off"] as const;
export const ON_BURST = ["queue", "defer", "reject"] as const;
export const ACCOUNT_BUDGETS = ["off", "sync"] as const;

/** Valibot's messages are strings. Ours say what was expected, as an encoded `Message`. */
const encodeMessage = (message: Message) => JSON.stringify(message);

/** @param text the message of a check in this schema. */
export function decodeMessage(text: string): Message {
  return JSON.parse(text) as Message;
}

const mustBe = (key: MessageKey, values?: Readonly<Record<string, string>>) => encodeMessage({ key, values });
const mustBeLiteral = (value: string) => encodeMessage({ literal: JSON.stringify(value) });
const mustBeObject = (keys: string) => mustBe("object", { keys });
const mustBeOneOf = (names: readonly string[]) =>
  names.length === 1 ? mustBeLiteral(names[0]) : mustBe("oneOf", { names: quoteNames(names) });

function quoteNames(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(", ");
}

/** Far above any limit of an account; catches typing errors. */
const MAX_PER_SECOND = 10_000;

/** One day; catches typing errors. */
const MAX_WAIT_SECONDS = 86_400;

/** At 0.5 the account already gets only two thirds of its rate. */
const MAX_GUARD = 0.5;

const positiveNumber = (most: number) => {
  const expected = mustBe("number", { most: String(most) });
  return v.pipe(v.number(expected), v.gtValue(0, expected), v.maxValue(most, expected));
};
const COUNT = mustBe("count");
const count = v.pipe(v.number(COUNT), v.safeInteger(COUNT), v.minValue(1, COUNT));

/** Valibot silently ignores entries with these names, because JavaScript gives them a special meaning. */
export const RESERVED_NAMES = ["__proto__", "prototype", "constructor"];

/**
 * An object without other keys. Unlike valibot's own `strictObject`, it reports every unknown key, rejects lists, and
 * reports what a missing key should contain.
 */
function strictObject<const Entries extends v.ObjectEntries>(entries: Entries, expected: string) {
  const names = Object.keys(entries);
  const mustExist = (issue: { readonly expected: string | null }) => {
    const missing = names.find((name) => issue.expected === JSON.stringify(name));
    return missing === undefined ? expected : String((entries[missing] as { message?: unknown }).message);
  };
  const schema = v.pipe(
    v.custom<object>(isRecord, expected),
    v.looseObject(entries, mustExist),
    v.rawCheck(({ dataset, addIssue }) => {
      const input = dataset.value as Record<string, unknown>;
      for (const key of Object.keys(input).filter((name) => !names.includes(name))) {
        addIssue({
          message: mustBeKnownName(key, names),
          path: [{ type: "object", origin: "key", input, key, value: input[key] }],
        });
      }
    }),
    v.metadata({ additionalProperties: false }),
  );
  return schema as unknown as v.StrictObjectSchema<Entries, string>;
}

/** Suggests the name that was probably meant; without a likely one, all of them, unless they are the many limits. */
function mustBeKnownName(written: string, names: readonly string[]): string {
  const meant = names.find((name) => isTypoOf(written, name));
  if (meant !== undefined) return mustBeLiteral(meant);
  return names.includes(RATE_LIMIT_IDS[0]) ? mustBe("limitId") : mustBeOneOf(names);
}

/** Whether two names differ only in case, spaces and at most one letter. */
function isTypoOf(written: string, name: string): boolean {
  const [a, b] = [written, name].map((text) => text.toLowerCase().replace(/\s/g, ""));
  let same = 0;
  while (same < a.length && a[same] === b[same]) same += 1;
  const restsEqual = (skipA: number, skipB: number) => a.slice(same + skipA) === b.slice(same + skipB);
  return restsEqual(0, 0) || restsEqual(1, 0) || restsEqual(0, 1) || restsEqual(1, 1);
}

const RateOverride = strictObject(
  { perSecond: v.optional(positiveNumber(MAX_PER_SECOND)), burst: v.optional(count) },
  mustBeObject('{ "perSecond": number, "burst": number }'),
);
const CapacityOverride = strictObject({ max: v.optional(count) }, mustBeObject('{ "max": number }'));

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

const LIMIT_LIST = mustBe("limitsList");
const limitIds = v.pipe(
  v.array(
    v.picklist(RATE_LIMIT_IDS as [RateLimitId, ...RateLimitId[]], ({ input }) =>
      mustBeKnownName(String(input), RATE_LIMIT_IDS),
    ),
    LIMIT_LIST,
  ),
  v.nonEmpty(LIMIT_LIST),
  v.transform((ids) => Array.from(new Set(ids))),
);
const onBurst = v.picklist(ON_BURST, mustBeOneOf(ON_BURST));

const ActionEntry = strictObject(
  {
    limits: limitIds,
    label: v.optional(v.pipe(v.string(mustBe("text")), v.nonEmpty(mustBe("text")))),
    onBurst: v.optional(onBurst),
  },
  mustBeObject('{ "limits": [limit, …], "label": …, "onBurst": … }'),
);

export const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

/** A case-insensitive pattern without the `i` flag, which JSON Schema does not support. */
function matchAnyCase(words: readonly string[]): RegExp {
  const letters = (word: string) => word.replace(/[A-Z]/g, (letter) => `[${letter}${letter.toLowerCase()}]`);
  return new RegExp(`^(${words.map(letters).join("|")})$`);
}

const HTTP_URL = mustBe("address");

const RouteEntry = strictObject(
  {
    method: v.pipe(
      v.string(mustBeOneOf(METHODS)),
      v.regex(matchAnyCase(METHODS), mustBeOneOf(METHODS)),
      v.metadata({ examples: METHODS }),
    ),
    url: v.pipe(v.string(HTTP_URL), v.regex(/^[Hh][Tt][Tt][Pp][Ss]?:\/\/[^\s?#]+$/, HTTP_URL)),
    limits: limitIds,
  },
  mustBeObject('{ "method": "POST", "url": "https://…", "limits": [limit, …] }'),
);

const Queue = strictObject(
  { maxLength: v.optional(count), maxWaitSeconds: v.optional(positiveNumber(MAX_WAIT_SECONDS)) },
  mustBeObject('{ "maxLength": number, "maxWaitSeconds": number }'),
);

const GUARD = mustBe("numberFromTo", { least: "0", most: String(MAX_GUARD) });
const SYNC_SERVICE = mustBe("sid", { prefix: "IS" });

const Account = strictObject(
  {
    budget: v.optional(v.picklist(ACCOUNT_BUDGETS, mustBeOneOf(ACCOUNT_BUDGETS))),
    guard: v.optional(v.pipe(v.number(GUARD), v.minValue(0, GUARD), v.maxValue(MAX_GUARD, GUARD))),
    service: v.optional(v.pipe(v.string(SYNC_SERVICE), v.regex(/^IS[0-9a-f]{32}$/, SYNC_SERVICE))),
  },
  mustBeObject('{ "budget": "sync", "guard": number, "service": "IS…" }'),
);

const ACTIONS = mustBe("actionsObject");
/** Valibot drops reserved names; `readSettings` reports them. */
const ActionName = v.pipe(v.string(), v.metadata({ not: { enum: RESERVED_NAMES } }));

export const FlexThrottleSchema = strictObject(
  {
    mode: v.optional(v.picklist(MODES, mustBeOneOf(MODES))),
    onBurst: v.optional(onBurst),
    limits: v.optional(strictObject(limitEntries, mustBe("limitsObject"))),
    actions: v.optional(v.pipe(v.custom<object>(isRecord, ACTIONS), v.record(ActionName, ActionEntry, ACTIONS))),
    routes: v.optional(v.array(RouteEntry, mustBe("routesList"))),
    queue: v.optional(Queue),
    account: v.optional(Account),
    telemetry: v.optional(v.boolean(mustBe("trueOrFalse"))),
  },
  mustBeObject("mode, onBurst, limits, actions, routes, queue, account, telemetry"),
);

/** The settings in the form in which an admin writes them. */
export type FlexThrottleInput = v.InferOutput<typeof FlexThrottleSchema>;
