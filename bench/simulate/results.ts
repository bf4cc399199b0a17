/** What came of a scenario, over many seeds. */

import { Counting } from "../../stand-in/gate/counting";
import { Policy } from "./policies";
import { Scenario } from "./scenarios";
import { Result, simulate } from "./simulate";

/** The mean times to finish of a hundred agents differ by a hundredth or two between one twenty and another. */
export const SEEDS = 20;

const simulated = new Map<string, readonly Result[]>();

/** Simulated once, whoever asks. */
export async function resultsOf(
  scenario: Scenario,
  policy: Policy,
  counting: Counting,
  seeds = SEEDS,
): Promise<readonly Result[]> {
  const key = [scenario.id, policy.name, counting, seeds].join();
  const known = simulated.get(key);
  if (known) return known;
  const results = [];
  for (let seed = 1; seed <= seeds; seed += 1) results.push(await simulate(scenario, policy, counting, seed));
  simulated.set(key, results);
  return results;
}

export const refusedPerJoin = ({ refused, joined }: Result) => refused / joined;

/** The time to the last join, as a multiple of the shortest. */
export const finished = ({ finishedMs, shortestMs }: Result) => finishedMs / shortestMs;

export function meanOf(results: readonly Result[], read: (result: Result) => number): number {
  return results.reduce((sum, result) => sum + read(result), 0) / results.length;
}
