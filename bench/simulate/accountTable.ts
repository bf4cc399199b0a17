/** A table that compares policies, one row for each scenario and policy. */

import { Policy } from "./policies";
import { meanOf, relativeTime, resultsOf, throttledPerJoin } from "./results";
import { Scenario } from "./scenarios";
import { percentile, Result } from "./simulate";

const TABLE_HEAD: readonly string[] = [
  "| scenario | policy | 429s per join | lost | wait, median (s) | wait, 95 % (s) | finished |",
  "|---|---|--:|--:|--:|--:|--:|",
];

export const meanWait = (results: readonly Result[], share: number) =>
  (meanOf(results, ({ waitsMs }) => percentile(waitsMs, share)) / 1000).toFixed(2);

async function tableRow(scenario: Scenario, policy: Policy, seeds: number): Promise<string> {
  const results = await resultsOf(scenario, policy, "rolling", seeds);
  const lost = meanOf(results, (result) => result.lost);
  const cells = [
    scenario.name,
    policy.name,
    meanOf(results, throttledPerJoin).toFixed(3),
    lost.toFixed(0),
    meanWait(results, 0.5),
    meanWait(results, 0.95),
    lost > 0 ? "" : `${meanOf(results, relativeTime).toFixed(3)}×`,
  ];
  return `| ${cells.join(" | ")} |`;
}

/** Prints each row as soon as it is known. @returns the table. */
export async function printTable(
  scenarios: readonly Scenario[],
  policies: readonly Policy[],
  seedsOf: (scenario: Scenario) => number,
): Promise<string[]> {
  const table = TABLE_HEAD.slice();
  console.log(table.join("\n"));
  for (const scenario of scenarios) {
    for (const policy of policies) {
      const row = await tableRow(scenario, policy, seedsOf(scenario));
      table.push(row);
      console.log(row);
    }
  }
  return table;
}
