/** A throttle and a simulated account on a virtual clock. */

import { Call } from "../src/flexThrottle";
import { LIMITS, RateLimitId } from "../src/limits/limits";
import { readSettings } from "../src/settings/readSettings";
import { AccountBudget } from "../src/throttle/accountBudget";
import { Outcome } from "../src/throttle/attempts";
import { Throttle } from "../src/throttle/throttle";
import { Account, AccountAnswer, AccountOptions } from "./account";
import { seeded, VirtualClock } from "./virtualClock";

/** Each request and each answer takes 30 to 150 ms. */
export const JITTER = { fromMs: 30, toMs: 150 };

export const STEADY = { fromMs: 90, toMs: 90 };

export interface SceneOptions {
  readonly counting?: AccountOptions["counting"];
  readonly seed?: number;
  readonly delay?: { readonly fromMs: number; readonly toMs: number };
  /** As an admin writes them. By default, the queue is practically unbounded. */
  readonly settings?: object;
  /** The throttle's random numbers. The network delays have their own. */
  readonly random?: () => number;
  readonly accountBudget?: AccountBudget;
}

export interface Scene {
  readonly clock: VirtualClock;
  readonly account: Account;
  readonly throttle: Throttle<RateLimitId>;
  /** Internal failures that the throttle reported. */
  readonly reported: unknown[];
  send(call: Partial<Call> & Pick<Call, "limits">): Promise<AccountAnswer>;
}

export const tooManyIn = (outcome: Outcome<AccountAnswer>) => ("value" in outcome ? outcome.value.tooMany : undefined);

export function newScene({
  counting = "rolling",
  seed = 1,
  delay = JITTER,
  settings = {},
  random,
  accountBudget,
}: SceneOptions = {}): Scene {
  const clock = new VirtualClock();
  const networkRandom = seeded(seed);
  const queue = { maxLength: 10_000_000, maxWaitSeconds: 86_400 };
  const account = new Account({
    clock,
    counting,
    perSecond: (limit: RateLimitId) => LIMITS[limit].perSecond,
    delayMs: () => delay.fromMs + networkRandom() * (delay.toMs - delay.fromMs),
    phaseMs: networkRandom() * 1000,
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
    throttle.run({ name: "test", ...call }, () => account.request(call.limits), tooManyIn);
  return { clock, account, throttle, reported, send };
}
