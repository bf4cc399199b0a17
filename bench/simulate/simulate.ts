/** One account, many browsers, one virtual clock. */

import { ADD_MEMBER, LIMITS } from "../../src/limits/limits";
import { Account, AccountOptions } from "../../testing/account";
import { seeded, VirtualClock } from "../../testing/virtualClock";
import { createCounter } from "../../stand-in/gate/counting";
import { replaceGlobalTime } from "../virtualGlobals";
import { Policy } from "./policies";
import { Acceptance, Scenario } from "./scenarios";

export interface Result {
  readonly joined: number;
  readonly lost: number;
  readonly refused: number;
  /** From the acceptance of a chat to its join, of each that was joined. */
  readonly waitsMs: readonly number[];
  /** Of the agents' mean waits: 1 when all wait the same. */
  readonly fairness: number;
  /** When the last was joined, from the first acceptance on. */
  readonly finishedMs: number;
  /** The same for somebody who knows when the account has room, and loses none of it. */
  readonly shortestMs: number;
  /** By second: what the account answered. */
  readonly joinedBySecond: readonly number[];
  readonly refusedBySecond: readonly number[];
}

const PER_SECOND = LIMITS[ADD_MEMBER].perSecond;

export async function simulate(
  scenario: Scenario,
  policy: Policy,
  counting: AccountOptions["counting"],
  seed: number,
): Promise<Result> {
  const clock = new VirtualClock();
  const restore = replaceGlobalTime(clock);
  try {
    return await run(scenario, policy, counting, seed, clock);
  } finally {
    restore();
  }
}

async function run(
  scenario: Scenario,
  policy: Policy,
  counting: AccountOptions["counting"],
  seed: number,
  clock: VirtualClock,
): Promise<Result> {
  const { way, beginsAtMs = 0 } = scenario;
  const chance = seeded(seed);
  const ways = seeded(seed + 1000);
  const phaseMs = chance() * 1000;
  const account = new Account({
    clock,
    counting,
    perSecond: () => PER_SECOND,
    wayMs: () => way.fromMs + ways() * (way.toMs - way.fromMs),
    phaseMs,
  });
  const acceptances = scenario.acceptances(chance).sort((a, b) => a.atMs - b.atMs);
  const counted = acceptances.filter(({ atMs }) => atMs >= beginsAtMs);
  const joinedBySecond: number[] = [];
  const refusedBySecond: number[] = [];
  let refused = 0;
  const request = async () => {
    const sentAtMs = clock.now();
    const answer = await account.request([ADD_MEMBER]);
    if (sentAtMs < beginsAtMs) return answer;
    if (answer.status === 429) refused += 1;
    const bySecond = answer.status === 200 ? joinedBySecond : refusedBySecond;
    const second = Math.floor((clock.now() - beginsAtMs) / 1000);
    bySecond[second] = (bySecond[second] ?? 0) + 1;
    return answer;
  };
  const agents = Array.from({ length: scenario.agents }, (_, index) =>
    policy.newAgent({ clock, way, random: seeded(seed * 10_007 + index), request }),
  );

  const waits: { agent: number; waitMs: number }[] = [];
  let finishedMs = 0;
  const all = acceptances.map(async ({ atMs, agent }) => {
    await clock.sleep(atMs);
    if (!(await agents[agent]()) || atMs < beginsAtMs) return;
    finishedMs = clock.now() - beginsAtMs;
    waits.push({ agent, waitMs: clock.now() - atMs });
  });
  await clock.until(Promise.all(all));
  return {
    joined: waits.length,
    lost: counted.length - waits.length,
    refused,
    waitsMs: waits.map(({ waitMs }) => waitMs),
    fairness: jain(meanByAgent(waits)),
    finishedMs,
    shortestMs: shortest(counted, counting, (way.fromMs + way.toMs) / 2, phaseMs) - beginsAtMs,
    joinedBySecond,
    refusedBySecond,
  };
}

/** Each in its turn, the moment the account has room for it, with the middle way there and back. */
function shortest(
  acceptances: readonly Acceptance[],
  counting: AccountOptions["counting"],
  wayMs: number,
  phaseMs: number,
): number {
  const counter = createCounter(counting);
  let arrivalMs = 0;
  for (const { atMs } of acceptances) {
    arrivalMs = Math.max(arrivalMs, atMs + wayMs);
    // A wait that is not even a whole number of microseconds may fall a hair short of the room it waits for.
    while (!counter.admit(arrivalMs + phaseMs, PER_SECOND))
      arrivalMs += Math.max(0.001, counter.waitMs(arrivalMs + phaseMs, PER_SECOND));
  }
  return arrivalMs + wayMs;
}

function meanByAgent(waits: readonly { agent: number; waitMs: number }[]): number[] {
  const byAgent = new Map<number, number[]>();
  for (const { agent, waitMs } of waits) byAgent.set(agent, [...(byAgent.get(agent) ?? []), waitMs]);
  return Array.from(byAgent.values(), (each) => each.reduce((sum, ms) => sum + ms, 0) / each.length);
}

/** Jain's index: 1 when all are equal, 1/n when one has it all. */
function jain(values: readonly number[]): number {
  const sum = values.reduce((all, value) => all + value, 0);
  const squares = values.reduce((all, value) => all + value * value, 0);
  return values.length === 0 ? 1 : (sum * sum) / (values.length * squares);
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.slice().sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
