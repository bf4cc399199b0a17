/** Results of a scenario over many seeds. */

import { Counting } from "../../stand-in/gate/counting";
import { Policy } from "./policies";
import { Scenario } from "./scenarios";
import { Result, simulate } from "./simulate";

/** With this many, a hundred agents' mean finishing time varies by one or two hundredths between sets of seeds. */
export const SEEDS = 20;

const cache = new Map<string, readonly Result[]>();

/** Simulates each combination once. */
export async function resultsOf(
  scenario: Scenario,
  policy: Policy,
  counting: Counting,
  seeds = SEEDS,
): Promise<readonly Result[]> {
  const key = [scenario.id, policy.name, counting, seeds].join();
  const cached = cache.get(key);
  if (cached) return cached;
  const results = [];
  for (let seed = 1; seed <= seeds; seed += 1) results.push(await simulate(scenario, policy, counting, seed));
  cache.set(key, results);
  return results;
}

export const throttledPerJoin = ({ throttled, joined }: Result) => throttled / joined;

/** The time to the last join, as a multiple of the shortest possible time. */
export const relativeTime = ({ finishedMs, shortestMs }: Result) => finishedMs / shortestMs;

export function meanOf(results: readonly Result[], read: (result: Result) => number): number {
  return results.reduce((sum, result) => sum + read(result), 0) / results.length;
}
