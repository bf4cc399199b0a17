/** The default of every setting. */

import { LimitId, LIMITS } from "../limits/limits";
import { FlexThrottleInput } from "./schema";

type LimitsInput = NonNullable<FlexThrottleInput["limits"]>;
type AccountInput = NonNullable<FlexThrottleInput["account"]>;

/** Complete settings, in the form in which an admin writes them. */
export interface Defaults extends Required<Omit<FlexThrottleInput, "limits" | "queue" | "account">> {
  readonly limits: { readonly [Id in LimitId]: Required<NonNullable<LimitsInput[Id]>> };
  readonly queue: Required<NonNullable<FlexThrottleInput["queue"]>>;
  /** There is no SID for the account's default Sync service, which is in use without `service`. */
  readonly account: Required<Omit<AccountInput, "service">> & { readonly service: undefined };
}

/** @returns the largest burst that a rate allows, which is also its default burst. */
export function maxBurst(perSecond: number): number {
  return Math.max(1, Math.floor(perSecond));
}

/** The bursts here belong to the default rates. For a rate that an admin sets, use `maxBurst`. */
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
  account: { budget: "off", guard: 0.06, service: undefined },
  telemetry: false,
};
