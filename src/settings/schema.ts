/**
 * What an admin may write under `flexThrottle`. Every check carries, as its message, what would be right.
 */

import * as v from "valibot";

import { CapacityLimitId, LimitId, LIMITS, RATE_LIMIT_IDS, RateLimitId } from "../limits/limits";

export const MODES = ["enforce", "observe", "off"] as const;
export const ON_BURST = ["queue", "defer", "reject"] as const;

const oneOf = (values: readonly string[]) => `one of ${values.map((value) => JSON.stringify(value)).join(", ")}`;
const object = (what: string) => `an object: ${what}`;

const positive = v.pipe(
  v.number("a number above 0"),
  v.finite("a number above 0"),
  v.check((value) => value > 0, "a number above 0"),
);
const count = v.pipe(v.number("a whole number, 1 or more"), v.integer("a whole number, 1 or more"), v.minValue(1, "a whole number, 1 or more"));

const RateOverride = v.strictObject(
  { perSecond: v.optional(positive), burst: v.optional(count) },
  object('{ "perSecond": number, "burst": number }'),
);
const CapacityOverride = v.strictObject({ max: v.optional(count) }, object('{ "max": number }'));

type LimitEntries = { [Id in LimitId]: v.OptionalSchema<Id extends CapacityLimitId ? typeof CapacityOverride : typeof RateOverride, undefined> };

const limitEntries = Object.fromEntries(
  Object.entries(LIMITS).map(([id, { kind }]) => [id, v.optional<v.GenericSchema>(kind === "rate" ? RateOverride : CapacityOverride)]),
) as unknown as LimitEntries;

const limitIds = v.pipe(
  v.array(
    v.picklist(RATE_LIMIT_IDS as [RateLimitId, ...RateLimitId[]], oneOf(RATE_LIMIT_IDS)),
    `a list of limits, each ${oneOf(RATE_LIMIT_IDS)}`,
  ),
  v.minLength(1, "at least one limit"),
);
const onBurst = v.picklist(ON_BURST, oneOf(ON_BURST));

const ActionEntry = v.strictObject({ limits: limitIds, onBurst: v.optional(onBurst) }, object('{ "limits": [limit, …], "onBurst": … }'));

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

const RouteEntry = v.strictObject(
  {
    method: v.pipe(
      v.string(oneOf(METHODS)),
      v.check((method) => (METHODS as readonly string[]).includes(method.toUpperCase()), oneOf(METHODS)),
    ),
    url: v.pipe(v.string("an https:// address, * for any run of characters"), v.regex(/^https?:\/\/./i, "an https:// address, * for any run of characters")),
    limits: limitIds,
  },
  object('{ "method": "POST", "url": "https://…", "limits": [limit, …] }'),
);

const Queue = v.strictObject(
  { maxLength: v.optional(count), maxWaitSeconds: v.optional(positive) },
  object('{ "maxLength": number, "maxWaitSeconds": number }'),
);

export const FlexThrottleSchema = v.strictObject(
  {
    mode: v.optional(v.picklist(MODES, oneOf(MODES))),
    onBurst: v.optional(onBurst),
    limits: v.optional(v.strictObject(limitEntries, object("limits by their id, as Twilio's page names them"))),
    actions: v.optional(v.record(v.string(), ActionEntry, object("Flex Actions by their name"))),
    routes: v.optional(v.array(RouteEntry, "a list of routes")),
    queue: v.optional(Queue),
  },
  object("mode, onBurst, limits, actions, routes, queue"),
);

/** The settings as an admin writes them. */
export type FlexThrottleInput = v.InferOutput<typeof FlexThrottleSchema>;
