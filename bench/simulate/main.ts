/**
 * `npm run simulate`: many browsers and one account, each policy beside the others, written to docs/simulation.md with a
 * picture of each scenario. The same numbers on every machine: time is virtual and chance is seeded.
 */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { COUNTINGS } from "../../src/testing/account";
import { picture } from "./picture";
import { POLICIES } from "./policies";
import { Scenario, SCENARIOS } from "./scenarios";
import { percentile, Result, simulate } from "./simulate";

const DOCS = join(__dirname, "../../docs");
const SEEDS = [1, 2, 3, 4, 5];

const INTRODUCTION = `# One account, many agents

Made by \`npm run simulate\`; do not edit. The throttle's real code on a virtual clock, before an account that allows 10 joins
a second. One way to the account takes 30 to 150 ms, differently each time. No agent knows of the others: 429s are all that tells.

- **stock Flex** sends a join once. **stock, auto-join** is Flex with \`flex-chat-auto-join\`: again after 1, 2, 4 … s, six times.
- **bucket, no learning** is \`limiter\`'s token bucket of 10 a second in each browser, with a backoff for each call (full jitter, up to 30 s).
- **AWS adaptive** is the retry mode "adaptive" of AWS's clients (\`@smithy/util-retry\`) in each browser: a rate that is learned, a backoff for each call (full
  jitter, up to 20 s), attempts without end but within the library's own budget of retries, which has no setting; else its defaults.
- **flex-throttle** is this plugin's throttle with its defaults.

Means over ${SEEDS.length} seeds. *Lost*: chats that no agent ever joined. *Waits*: from the acceptance of a chat to its join, in seconds, of those that were
joined. *Finished*: time to the last join, as a multiple of what somebody would need who knows of every free place in advance; not said where chats were
lost. *Fairness*: Jain's index of the agents' mean waits, 1 when all wait the same.
`;

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const seconds = (ms: number) => (ms / 1000).toFixed(1);

function row(policy: string, counting: string, results: readonly Result[]): string {
  const of = (read: (result: Result) => number) => mean(results.map(read));
  const lost = of((result) => result.lost);
  const cells = [
    policy,
    counting,
    of((result) => result.refused / result.joined).toFixed(2),
    lost.toFixed(0),
    seconds(of((result) => percentile(result.waitsMs, 0.5))),
    seconds(of((result) => percentile(result.waitsMs, 0.95))),
    lost > 0 ? "" : `${of((result) => result.finishedMs / result.shortestMs).toFixed(2)}×`,
    of((result) => result.fairness).toFixed(2),
  ];
  return `| ${cells.join(" | ")} |`;
}

async function section(scenario: Scenario): Promise<string> {
  const table = ["| policy | account counts by | 429s per join | lost | wait, median | wait, 95 % | finished | fairness |", "|---|---|--:|--:|--:|--:|--:|--:|"];
  const drawn = [];
  for (const policy of POLICIES) {
    for (const counting of COUNTINGS) {
      const results = [];
      for (const seed of SEEDS) results.push(await simulate(scenario, policy, counting, seed));
      table.push(row(policy.name, counting, results));
      if (counting === "rolling") drawn.push({ ...results[0], name: policy.name, note: `${results[0].lost} lost, ${results[0].refused} refused` });
    }
  }
  const lengths = drawn.map(({ joinedBySecond, refusedBySecond }) => Math.max(joinedBySecond.length, refusedBySecond.length));
  // The last policy is ours; what goes on for more than twice as long is cut off.
  const lastSecond = Math.min(Math.max(...lengths), 2 * lengths[lengths.length - 1]);
  writeFileSync(join(DOCS, `simulation-${scenario.id}.svg`), picture(scenario.name, drawn, lastSecond));
  return `## ${scenario.name}\n\n![Joins and refusals by second](simulation-${scenario.id}.svg)\n\n${table.join("\n")}\n`;
}

async function main(): Promise<void> {
  mkdirSync(DOCS, { recursive: true });
  const sections = [];
  for (const scenario of SCENARIOS) {
    console.log(scenario.name);
    sections.push(await section(scenario));
  }
  writeFileSync(join(DOCS, "simulation.md"), [INTRODUCTION, ...sections].join("\n"));
  console.log("written: docs/simulation.md");
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
