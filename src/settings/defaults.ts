/** What holds where an admin writes nothing. */

import { LimitId, LIMITS } from "../limits/limits";
import { FlexThrottleInput } from "./schema";

type LimitsInput = NonNullable<FlexThrottleInput["limits"]>;

/** The settings as an admin would write them, with nothing left out. */
export interface Defaults extends Required<Omit<FlexThrottleInput, "limits" | "queue">> {
  readonly limits: { readonly [Id in LimitId]: Required<NonNullable<LimitsInput[Id]>> };
  readonly queue: Required<NonNullable<FlexThrottleInput["queue"]>>;
}

/**
 * The burst of a limit for which none is written, which is also the most that it can be.
 *
 * @param perSecond of the limit, written or not.
 */
export function maxBurst(perSecond: number): number {
  return Math.max(1, Math.floor(perSecond));
}

/** A limit's `burst` is that of the default rate: where only `perSecond` is written, `maxBurst` it. */
export const DEFAULTS: Defaults = {
  mode: "enforce",
  onBurst: "queue",
  limits: Object.fromEntries(
    Object.entries(LIMITS).map(([id, row]) => [
      id,
      row.kind === "rate" ? { perSecond: row.perSecond, burst: maxBurst(row.perSecond) } : { max: row.max },
    ]),
  ) as Defaults["limits"],
  actions: {},
  routes: [],
  queue: { maxLength: 500, maxWaitSeconds: 60 },
  telemetry: false,
};
