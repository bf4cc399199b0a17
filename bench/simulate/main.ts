/**
 * `npm run simulate`: many browsers and one account, each policy beside the others, written to docs/simulation.md with a
 * picture of each scenario. The same numbers on every machine: time is virtual and chance is seeded.
 */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { COUNTINGS } from "../../src/testing/account";
import { Counting } from "../../stand-in/gate/counting";
import { picture } from "./picture";
import { knowing, Policy, POLICIES, unknowing } from "./policies";
import { Scenario, SCENARIOS } from "./scenarios";
import { percentile, Result, simulate } from "./simulate";

const DOCS = join(__dirname, "../../docs");
const YARDSTICKS = [
  { name: "way known", policy: knowing },
  { name: "way unknown", policy: unknowing },
];
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

Nobody who must not be refused can be as soon as that, for nobody can tell how long the next way will take. So where one agent is alone, its time also stands
beside two who pace exactly and are never refused: *way known* has known from the start how quick the quickest ways are; *way unknown* never learns of any.
At a page's start nobody can know more than the latter, and the two lie 5.0 % apart: a twentieth is what the way costs that has to be learned first.
`;

/** Among many agents nobody can pace exactly. */
const yardsticksOf = ({ agents }: Scenario) => (agents === 1 ? YARDSTICKS : []);

const CLOSE = `## How long to pause

Agents who contend for one account know of nothing but their own 429s, and of a thousand each has to find out at its own cost that they are not a hundred. Three
things pull: few 429s want long pauses, a hundred agents done in 24 s (20 % over the shortest) want none over about four seconds while it lasts, and a thousand
must not be asked to wait long once they have become few. Tried, among others, where the account counts rolling seconds:

| pauses | 100 agents, 2 chats each | 200 agents, 2 each | 500 agents, 1 each | 1000 agents, 1 each |
|---|---|---|---|---|
| doubling, full jitter, up to 30 s | 2.70 · 1.91× | 3.32 · 1.49× | 5.25 · 1.56× | 7.07 · 1.25× |
| up to 1, 2, then 4 and 3 s, full jitter, doubling after a dozen | 3.44 · 1.17× | 5.57 · 1.54× | 9.74 · 1.47× | 13.07 · 1.27× |
| rounds of 2, 3, 4 s and a tenth more each, one try at any moment of each | 2.52 · 1.27× | 3.79 · 1.14× | 6.34 · 1.20× | 9.69 · 1.17× |
| rounds of 2, 4, 8, 4, 2, then 16, 8, 4, 32 … s | 2.24 · 1.70× | 3.17 · 1.25× | 5.27 · 1.62× | 7.41 · 1.17× |
| as it is: 2.2 s with half of it chance, longer after nine | 3.19 · 1.18× | 5.24 · 1.28× | 9.10 · 1.25× | 12.58 · 1.17× |

(429s per join · time to the last join. The second and the last row over 40 seeds, a thousand agents over five; the others over three or four.) Who wants fewer 429s
than the last row pays with a hundred agents' last chats: no rule was found that keeps these within 20 % and asks a thousand less than eleven times each. Rounds of
lengths chosen to end when a hundred agents are done (2, 3, 4, 4, 6, 2 s …) looked like one over four seeds (2.56 · 1.18×, and 9.15 · 1.13× for a thousand), and needed
1.25× over 40, 1.78× at worst.
`;

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const finishedMs = (result: Result) => result.finishedMs;
const seconds = (ms: number) => (ms / 1000).toFixed(1);

/** @param yardsticks by yardstick, of the same seeds. */
function row(policy: string, counting: string, results: readonly Result[], yardsticks: readonly (readonly Result[])[]): string {
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
    ...yardsticks.map((beside) => (lost > 0 ? "" : `${(of(finishedMs) / mean(beside.map(finishedMs))).toFixed(2)}×`)),
    of((result) => result.fairness).toFixed(2),
  ];
  return `| ${cells.join(" | ")} |`;
}

async function section(scenario: Scenario): Promise<string> {
  const yardsticks = yardsticksOf(scenario);
  const titles = ["429s per join", "lost", "wait, median", "wait, 95 %", "finished", ...yardsticks.map(({ name }) => `beside ${name}`), "fairness"];
  const table = [`| policy | account counts by | ${titles.join(" | ")} |`, `|---|---|${"--:|".repeat(titles.length)}`];
  const drawn = [];
  const simulateAll = async (policy: Policy, counting: Counting) => {
    const results = [];
    for (const seed of SEEDS) results.push(await simulate(scenario, policy, counting, seed));
    return results;
  };
  for (const policy of POLICIES) {
    for (const counting of COUNTINGS) {
      const results = await simulateAll(policy, counting);
      const beside = [];
      for (const yardstick of yardsticks) beside.push(await simulateAll(yardstick.policy, counting));
      table.push(row(policy.name, counting, results, beside));
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
  writeFileSync(join(DOCS, "simulation.md"), [INTRODUCTION, ...sections, CLOSE].join("\n"));
  console.log("written: docs/simulation.md");
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
