/** Browsers that share one account's limits through a log service, on a virtual clock. */

import { SharedBudget } from "../src/account/sharedBudget";
import { Call } from "../src/flexThrottle";
import { LIMITS, RateLimitId } from "../src/limits/limits";
import { readSettings } from "../src/settings/readSettings";
import { Throttle } from "../src/throttle/throttle";
import { Account, AccountAnswer } from "./account";
import { MemoryLogs, MemoryLogsOptions } from "./memoryLogs";
import { PageClock } from "./pageClock";
import { JITTER, tooManyIn } from "./scene";
import { seeded, VirtualClock } from "./virtualClock";

export interface Browser {
  readonly budget: SharedBudget;
  readonly throttle: Throttle<RateLimitId>;
  readonly reported: unknown[];
  /** The clock of its page. */
  readonly clock: PageClock;
  /** Its tab crashes: from now on it does nothing. Calls that wait stay unsettled. */
  die(): void;
  send(call: Partial<Call> & Pick<Call, "limits">): Promise<AccountAnswer>;
}

export interface SharedScene {
  readonly clock: VirtualClock;
  readonly account: Account;
  readonly logs: MemoryLogs;
  readonly browsers: readonly Browser[];
}

export interface SharedSceneOptions extends Partial<Omit<MemoryLogsOptions, "clock" | "random">> {
  readonly seed?: number;
  readonly settings?: object;
  readonly perSecond?: (limit: RateLimitId) => number;
  /** Whether a browser uses the budget. Default: all do. */
  readonly usesBudget?: (browser: number) => boolean;
  /** How far a browser's clock is ahead, in milliseconds. Default: 0. */
  readonly clockOffsetMs?: (browser: number) => number;
}

export function newSharedScene(count: number, options: SharedSceneOptions = {}): SharedScene {
  const { seed = 1, settings: written = {}, latency = JITTER, usesBudget = () => true, ...service } = options;
  const { perSecond = (limit) => LIMITS[limit].perSecond, clockOffsetMs = () => 0 } = options;
  const clock = new VirtualClock();
  const delays = seeded(seed);
  const delayMs = () => latency.fromMs + delays() * (latency.toMs - latency.fromMs);
  const account = new Account({ clock, counting: "rolling", perSecond, delayMs });
  const logs = new MemoryLogs({ clock, random: seeded(seed + 1), latency, ...service });
  const { settings } = readSettings({ queue: { maxLength: 10_000, maxWaitSeconds: 86_400 }, ...written });
  const browsers = Array.from({ length: count }, (_, n): Browser => {
    const reported: unknown[] = [];
    const report = (error: unknown) => void reported.push(error);
    const random = seeded(1000 * seed + n);
    const pageClock = new PageClock(clock, clockOffsetMs(n));
    const engine = logs.newEngine(pageClock);
    const budget = new SharedBudget({ engine, settings, clock: pageClock, random, report });
    const accountBudget = usesBudget(n) ? budget : undefined;
    const throttle = new Throttle({ settings, clock: pageClock, random, report, accountBudget });
    const request = (limits: readonly RateLimitId[]): Promise<AccountAnswer> =>
      pageClock.isStopped ? new Promise(() => undefined) : account.request(limits);
    const send: Browser["send"] = (call) =>
      throttle.run({ name: "test", ...call }, () => request(call.limits), tooManyIn);
    const die = () => {
      pageClock.stop();
      engine.close();
    };
    return { budget, throttle, reported, clock: pageClock, die, send };
  });
  return { clock, account, logs, browsers };
}
