/** A throttle before an account, on a virtual clock. */

import { Call } from "../src/flexThrottle";
import { LIMITS, RateLimitId } from "../src/limits/limits";
import { readSettings } from "../src/settings/readSettings";
import { AccountBudget } from "../src/throttle/accountBudget";
import { Outcome } from "../src/throttle/attempts";
import { Throttle } from "../src/throttle/throttle";
import { Account, AccountAnswer, AccountOptions } from "./account";
import { seeded, VirtualClock } from "./virtualClock";

/** One way takes 30 to 150 ms, differently each time. */
export const JITTER = { fromMs: 30, toMs: 150 };

export const STEADY = { fromMs: 90, toMs: 90 };

export interface SceneOptions {
  readonly counting?: AccountOptions["counting"];
  readonly seed?: number;
  readonly way?: { readonly fromMs: number; readonly toMs: number };
  /** As an admin writes them; the queue is as good as unbounded if nothing is said of it. */
  readonly settings?: object;
  /** Chance for the throttle; that of the ways has its own. */
  readonly random?: () => number;
  readonly accountBudget?: AccountBudget;
}

export interface Scene {
  readonly clock: VirtualClock;
  readonly account: Account;
  readonly throttle: Throttle<RateLimitId>;
  /** What the throttle reported as failures. */
  readonly reported: unknown[];
  send(call: Partial<Call> & Pick<Call, "limits">): Promise<AccountAnswer>;
}

export const refusalIn = (outcome: Outcome<AccountAnswer>) => ("value" in outcome ? outcome.value.refusal : undefined);

export function newScene({
  counting = "rolling",
  seed = 1,
  way = JITTER,
  settings = {},
  random,
  accountBudget,
}: SceneOptions = {}): Scene {
  const clock = new VirtualClock();
  const chance = seeded(seed);
  const queue = { maxLength: 10_000_000, maxWaitSeconds: 86_400 };
  const account = new Account({
    clock,
    counting,
    perSecond: (limit: RateLimitId) => LIMITS[limit].perSecond,
    wayMs: () => way.fromMs + chance() * (way.toMs - way.fromMs),
    phaseMs: chance() * 1000,
  });
  const reported: unknown[] = [];
  const throttle = new Throttle({
    settings: readSettings({ queue, ...settings }).settings,
    clock,
    random: random ?? seeded(seed + 1),
    report: (error) => reported.push(error),
    accountBudget,
  });
  const send: Scene["send"] = (call) =>
    throttle.run({ name: "test", ...call }, () => account.request(call.limits), refusalIn);
  return { clock, account, throttle, reported, send };
}
