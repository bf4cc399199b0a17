/** What else happens to the account and to its log service during a scenario. */

import { ADD_MEMBER } from "../../src/limits/limits";
import { AccountBudget } from "../../src/throttle/accountBudget";
import { Account } from "../../testing/account";
import { MemoryLogs } from "../../testing/memoryLogs";
import { seeded, VirtualClock } from "../../testing/virtualClock";
import { Scenario } from "./scenarios";

export interface DisturbanceOptions {
  readonly scenario: Scenario;
  readonly clock: VirtualClock;
  readonly account: Account;
  readonly logs: MemoryLogs;
  /** Of all browsers. */
  readonly budgets: readonly AccountBudget[];
  /** When the first chat may be accepted. */
  readonly startMs: number;
  readonly perSecond: number;
  readonly seed: number;
}

/** How exactly the return of the log service is measured. */
const POLL_MS = 100;

/** @returns how long after its return every browser uses the log service again. 0 if it was not lost. */
export async function disturb(options: DisturbanceOptions): Promise<number> {
  const { scenario, clock, logs, budgets, startMs } = options;
  const { outage, unseenShare = 0 } = scenario;
  if (unseenShare > 0) void sendUnseen(options, unseenShare);
  if (!outage) return 0;
  await clock.sleep(startMs + outage.fromMs);
  logs.fault = "offline";
  await clock.sleep(outage.toMs - outage.fromMs);
  logs.fault = undefined;
  const returnedMs = clock.now();
  while (budgets.some(({ health }) => health !== "live")) await clock.sleep(POLL_MS);
  return clock.now() - returnedMs;
}

/** Calls of a server, at random times. It repeats those that get a 429 about once a second. */
async function sendUnseen({ account, clock, perSecond, seed }: DisturbanceOptions, share: number): Promise<void> {
  const random = seeded(seed + 3000);
  const send = async () => {
    while ((await account.request([ADD_MEMBER])).status !== 200) await clock.sleep(500 + random() * 1000);
  };
  for (;;) {
    await clock.sleep((-Math.log(1 - random()) * 1000) / (perSecond * share));
    void send();
  }
}
