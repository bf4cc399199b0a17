/** Simulates many browsers and one account on a virtual clock. */

import { ADD_MEMBER, LIMITS } from "../../src/limits/limits";
import { AccountBudget } from "../../src/throttle/accountBudget";
import { Account, AccountOptions } from "../../testing/account";
import { MemoryLogs } from "../../testing/memoryLogs";
import { seeded, VirtualClock } from "../../testing/virtualClock";
import { createCounter } from "../../stand-in/gate/counting";
import { replaceGlobalTime } from "../virtualGlobals";
import { AgentPage, firstAccepts } from "./agentPage";
import { disturb } from "./disturbances";
import { Policy } from "./policies";
import { Acceptance, Scenario } from "./scenarios";

export interface Result {
  readonly joined: number;
  readonly lost: number;
  /** 429s. */
  readonly throttled: number;
  /** From the acceptance of a chat to its join, for each chat that was joined. */
  readonly waitsMs: readonly number[];
  /** Jain's index of the agents' mean waits: 1 when all are equal. */
  readonly fairness: number;
  /** From the first acceptance to the last join. */
  readonly finishedMs: number;
  /** The same for a sender that knows in advance when the account has capacity. */
  readonly shortestMs: number;
  readonly joinedBySecond: readonly number[];
  readonly throttledBySecond: readonly number[];
  /** From the return of the log service until every browser uses it again. 0 without an outage. */
  readonly returnedMs: number;
}

/** The browsers open their logs before the first chat is accepted. */
const HEAD_START_MS = 5000;

/** The share of the log service's events that arrive 1 to 3 s late. */
const LATE_EVENTS = 0.02;

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
  const { latency, perSecond = LIMITS[ADD_MEMBER].perSecond, unseenShare = 0 } = scenario;
  const leftPerSecond = perSecond * (1 - unseenShare);
  const startMs = headStartMs(scenario);
  const beginsAtMs = startMs + (scenario.beginsAtMs ?? 0);
  const random = seeded(seed);
  const phaseMs = random() * 1000;
  const account = createAccount({ clock, counting, perSecond: () => perSecond, phaseMs }, latency, seed);
  const acceptances = acceptancesOf(scenario, random);
  const { request, ...answers } = countAnswers(account, clock, beginsAtMs);
  const logs = createLogs(scenario, clock, seed);
  const firstMs = firstAccepts(acceptances);
  const budgets: AccountBudget[] = [];
  const onBudget = (budget: AccountBudget) => void budgets.push(budget);
  const pages = Array.from({ length: scenario.agents }, (_, index) => {
    const world = { index, clock, latency, random: seeded(seed * 10_007 + index), logs, perSecond, onBudget };
    const pageRandom = seeded(seed * 20_011 + index);
    return new AgentPage({ scenario, policy, world, request, random: pageRandom, firstMs: firstMs[index] ?? 0 });
  });

  const counted = acceptances.filter(({ atMs, agent }) => atMs >= beginsAtMs && !pages[agent].isDying);
  const waits: Wait[] = [];
  let finishedMs = 0;
  const all = acceptances.map(async ({ atMs, agent }) => {
    await clock.sleep(atMs);
    if (!(await pages[agent].accept()) || atMs < beginsAtMs || pages[agent].isDying) return;
    finishedMs = clock.now() - beginsAtMs;
    waits.push({ agent, waitMs: clock.now() - atMs });
  });
  const returned = disturb({ scenario, clock, account, logs, budgets, startMs, perSecond, seed });
  await clock.until(Promise.all(all));
  return {
    ...answers,
    joined: waits.length,
    lost: counted.length - waits.length,
    throttled: answers.throttledBySecond.reduce((sum, count = 0) => sum + count, 0),
    waitsMs: waits.map(({ waitMs }) => waitMs),
    fairness: jainIndex(meanByAgent(waits)),
    finishedMs,
    shortestMs: shortest({ acceptances: counted, counting, latency, phaseMs, perSecond: leftPerSecond }) - beginsAtMs,
    returnedMs: await clock.until(returned),
  };
}

function headStartMs({ openingMs = 0 }: Scenario): number {
  return openingMs + HEAD_START_MS;
}

/** In order of time. */
function acceptancesOf(scenario: Scenario, random: () => number): Acceptance[] {
  const startMs = headStartMs(scenario);
  const all = scenario.acceptances(random).map(({ atMs, agent }) => ({ atMs: startMs + atMs, agent }));
  return all.sort((a, b) => a.atMs - b.atMs);
}

function createAccount(
  options: Omit<AccountOptions, "delayMs">,
  { fromMs, toMs }: Scenario["latency"],
  seed: number,
): Account {
  const random = seeded(seed + 1000);
  return new Account({ ...options, delayMs: () => fromMs + random() * (toMs - fromMs) });
}

function createLogs({ latency }: Scenario, clock: VirtualClock, seed: number): MemoryLogs {
  const random = seeded(seed + 2000);
  return new MemoryLogs({ clock, random, latency, lateShare: LATE_EVENTS });
}

/** Counts the answers to joins that were sent at or after `beginsAtMs`, by second. */
function countAnswers(account: Account, clock: VirtualClock, beginsAtMs: number) {
  const joinedBySecond: number[] = [];
  const throttledBySecond: number[] = [];
  const request = async () => {
    const sentAtMs = clock.now();
    const answer = await account.request([ADD_MEMBER]);
    if (sentAtMs < beginsAtMs) return answer;
    const bySecond = answer.status === 200 ? joinedBySecond : throttledBySecond;
    const second = Math.floor((clock.now() - beginsAtMs) / 1000);
    bySecond[second] = (bySecond[second] ?? 0) + 1;
    return answer;
  };
  return { request, joinedBySecond, throttledBySecond };
}

interface Wait {
  readonly agent: number;
  readonly waitMs: number;
}

interface Ideal {
  readonly acceptances: readonly Acceptance[];
  readonly counting: AccountOptions["counting"];
  readonly latency: Scenario["latency"];
  readonly phaseMs: number;
  readonly perSecond: number;
}

/** Sends each call as soon as the account has capacity for it, at the mean latency. @returns the time of the last answer. */
function shortest({ acceptances, counting, latency, phaseMs, perSecond }: Ideal): number {
  const latencyMs = (latency.fromMs + latency.toMs) / 2;
  const counter = createCounter(counting);
  let arrivalMs = 0;
  for (const { atMs } of acceptances) {
    arrivalMs = Math.max(arrivalMs, atMs + latencyMs);
    // At least a microsecond: rounding may leave the wait a little too short.
    while (!counter.admit(arrivalMs + phaseMs, perSecond))
      arrivalMs += Math.max(0.001, counter.waitMs(arrivalMs + phaseMs, perSecond));
  }
  return arrivalMs + latencyMs;
}

function meanByAgent(waits: readonly Wait[]): number[] {
  const byAgent = new Map<number, number[]>();
  for (const { agent, waitMs } of waits) byAgent.set(agent, [...(byAgent.get(agent) ?? []), waitMs]);
  return Array.from(byAgent.values(), (each) => each.reduce((sum, ms) => sum + ms, 0) / each.length);
}

/** @returns 1 when all values are equal, 1/n when only one is not 0. */
function jainIndex(values: readonly number[]): number {
  const sum = values.reduce((all, value) => all + value, 0);
  const squares = values.reduce((all, value) => all + value * value, 0);
  return values.length === 0 ? 1 : (sum * sum) / (values.length * squares);
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.slice().sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
