/**
 * `npm run simulate`: many browsers and one account, each policy beside the others, written to docs/simulation.md with a
 * picture of each scenario. The same numbers on every machine: time is virtual and chance is seeded.
 */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { COUNTINGS } from "../../testing/account";
import { PAUSES } from "./pauses";
import { picture } from "./picture";
import { awsAdaptive, bucketAlone, knowing, ours, Policy, POLICIES, unknowing, unlearning } from "./policies";
import { finished, meanOf, refusedPerJoin, resultsOf, SEEDS } from "./results";
import { Scenario, SCENARIOS, startOfShift } from "./scenarios";
import { percentile, Result } from "./simulate";

const DOCS = join(__dirname, "../../docs");
const YARDSTICKS = [
  { name: "way known", policy: knowing },
  { name: "way unknown", policy: unknowing },
];

/** So many agents differ less, and take longer. */
const SEEDS_OF_MANY = 5;

const PAUSES_TRIED_WITH = [
  { scenario: startOfShift(100, 2), seeds: SEEDS },
  { scenario: startOfShift(200, 2), seeds: SEEDS },
  { scenario: startOfShift(500, 1), seeds: SEEDS_OF_MANY },
  { scenario: startOfShift(1000, 1), seeds: SEEDS_OF_MANY },
];

const EXPLANATION = `The throttle's real code on a virtual clock, before an account that allows 10 joins a second. One way to the account takes 30 to 150 ms, differently each
time, where nothing else is said. No agent knows of the others: 429s are all that tells.

- **stock Flex** sends a join once. **stock, auto-join** is Flex with \`flex-chat-auto-join\`: again after 1, 2, 4 … s, six times.
- **bucket, no learning** is \`limiter\`'s token bucket of 10 a second in each browser, with a backoff for each call (full jitter, up to 30 s).
- **AWS adaptive** is the retry mode "adaptive" of AWS's clients (\`@smithy/util-retry\`) in each browser: a rate that is learned, a backoff for each call (full
  jitter, up to 20 s), attempts without end but within the library's own budget of retries, which has no setting; else its defaults.
- **flex-throttle** is this plugin's throttle with its defaults. **flex-throttle, no learning** is the same, but no 429 lowers its rate.

Means over ${SEEDS} seeds (1 to ${SEEDS}). *Lost*: chats that no agent ever joined. *Waits*: from the acceptance of a chat to its join, in seconds, of those that were
joined. *Finished*: time to the last join, as a multiple of what somebody would need who knows of every free place in advance; not said where chats were
lost. *Fairness*: Jain's index of the agents' mean waits, 1 when all wait the same.
`;

/** What each way of counting comes to. */
async function byCounting<T>(id: string, policy: Policy, read: (results: readonly Result[]) => T): Promise<T[]> {
  const all = [];
  for (const counting of COUNTINGS) all.push(read(await resultsOf(scenarioOf(id), policy, counting)));
  return all;
}

const scenarioOf = (id: string) => SCENARIOS.find((each) => each.id === id) as Scenario;

/** Among many agents nobody can pace exactly. */
const yardsticksOf = ({ agents }: Scenario) => (agents === 1 ? YARDSTICKS : []);

const finishedMs = (result: Result) => result.finishedMs;
const seconds = (ms: number) => (ms / 1000).toFixed(1);
const waitOf = (share: number) => (results: readonly Result[]) =>
  seconds(meanOf(results, ({ waitsMs }) => percentile(waitsMs, share)));
const refusedOf = (results: readonly Result[]) => meanOf(results, refusedPerJoin).toFixed(2);
const finishedOf = (results: readonly Result[]) => `${meanOf(results, finished).toFixed(2)}×`;
const fairnessOf = (results: readonly Result[]) => meanOf(results, ({ fairness }) => fairness).toFixed(2);

function finishedWithSpread(results: readonly Result[]): string {
  const all = results.map(finished).sort((a, b) => a - b);
  return `${finishedOf(results)} (${all[0].toFixed(2)} to ${all[all.length - 1].toFixed(2)}; ${all.filter((each) => each > 1.2).length} of ${all.length} over 1.20)`;
}

/** In which of the ways of counting something holds. */
function where(holds: readonly boolean[]): string {
  const held = COUNTINGS.filter((_, index) => holds[index]);
  return held.length === COUNTINGS.length ? "yes" : `only by ${held.join(" and ")}`.replace(/^only by $/, "no");
}

/** What the project set out to reach, and whether it did: eight lines, of which the figures decide. */
async function verdict(): Promise<string> {
  const holds = async (id: string, hold: (results: readonly Result[]) => boolean) =>
    where(await byCounting(id, ours, hold));
  const figures = async (id: string, policy: Policy, read: (results: readonly Result[]) => string) =>
    (await byCounting(id, policy, read)).join(" · ");
  const bulk = async (id: string, what: string) => {
    const isNeverRefused = await holds(id, (results) => results.every(({ refused }) => refused === 0));
    const isSoon = await holds(id, (results) => meanOf(results, finished) <= 1.05);
    return `| one agent, 60 chats, ${what}: no 429, at most 1.05× | no 429: ${isNeverRefused}; time: ${isSoon} | ${await figures(id, ours, finishedOf)} |`;
  };
  const isLeast = async (id: string, others: readonly Policy[]) => {
    const refused = (policy: Policy) => byCounting(id, policy, (results) => meanOf(results, refusedPerJoin));
    const own = await refused(ours);
    const theirs: number[][] = [];
    for (const other of others) theirs.push(await refused(other));
    return where(own.map((mine, index) => theirs.every((each) => mine < each[index])));
  };
  const isJoined = await holds("shift-100", (results) => results.every(({ lost }) => lost === 0));
  const isSoon = await holds("shift-100", (results) => meanOf(results, finished) <= 1.2);
  const isAlwaysSoon = await holds("shift-100", (results) => results.every((each) => finished(each) <= 1.2));
  const others = POLICIES.filter((each) => each !== ours);
  return `| asked (×: of the shortest time) | holds | by ${COUNTINGS.join(" · ")} |
|---|---|---|
${await bulk("bulk-alike", "each way 90 ms")}
${await bulk("bulk", "ways vary, at a page's start")}
${await bulk("bulk-later", "ways vary, after 400 chats")}
| 100 agents, 2 chats each: all joined, at most 1.20× | joined: ${isJoined}; mean time: ${isSoon}; each seed's: ${isAlwaysSoon} | ${await figures("shift-100", ours, finishedWithSpread)} |
| 100 agents, 2 chats each: fewer 429s per join than each other policy | ${await isLeast("shift-100", others)} | ${await figures("shift-100", ours, refusedOf)}; AWS adaptive ${await figures("shift-100", awsAdaptive, refusedOf)} |
| not asked: 1000 agents, 1 chat each, fewer 429s per join than a bucket | ${await isLeast("shift-1000", [bucketAlone])} | ${await figures("shift-1000", ours, refusedOf)}; bucket, no learning ${await figures("shift-1000", bucketAlone, refusedOf)} |
`;
}

/** What of the result is the learned rate's. */
async function learning(): Promise<string> {
  const beside = async (id: string, read: (results: readonly Result[]) => string) => {
    const [learned] = await byCounting(id, ours, read);
    const [pinned] = await byCounting(id, unlearning, read);
    return `${learned} instead of ${pinned}`;
  };
  return `**What learning buys and costs**, where the account counts rolling seconds: fewer 429s per join (100 agents: ${await beside("shift-100", refusedOf)}; 1000: ${await beside("shift-1000", refusedOf)};
the steady day: ${await beside("steady", refusedOf)}; 120 %: ${await beside("surge", refusedOf)}) for a little time and fairness (100 agents have finished at ${await beside("shift-100", finishedOf)}; the
steady day's wait, 95 %, is ${await beside("steady", waitOf(0.95))} s, its fairness ${await beside("steady", fairnessOf)}); for one agent who is alone it changes nothing.
`;
}

/** Why one agent's time is compared with others than the shortest, too. */
async function explainYardsticks(): Promise<string> {
  const [known] = await byCounting("bulk", knowing, (results) => meanOf(results, finishedMs));
  const [unknown] = await byCounting("bulk", unknowing, (results) => meanOf(results, finishedMs));
  return `Nobody who must not be refused can be as soon as the shortest time, for nobody can tell how long the next way will take. So where one agent is alone, its time also
stands beside two who pace exactly and are never refused: *way known* has known from the start how quick the quickest ways are; *way unknown* never learns of any.
At a page's start nobody can know more than the latter, and where ways vary the two lie ${((unknown / known - 1) * 100).toFixed(1)} % apart: that is what the way costs that has to be learned first.
`;
}

/** @param beside by yardstick, of the same seeds. */
function row(
  policy: string,
  counting: string,
  results: readonly Result[],
  beside: readonly (readonly Result[])[],
): string {
  const lost = meanOf(results, (result) => result.lost);
  const cells = [
    policy,
    counting,
    refusedOf(results),
    lost.toFixed(0),
    waitOf(0.5)(results),
    waitOf(0.95)(results),
    lost > 0 ? "" : finishedOf(results),
    ...beside.map((yardstick) =>
      lost > 0 ? "" : `${(meanOf(results, finishedMs) / meanOf(yardstick, finishedMs)).toFixed(2)}×`,
    ),
    fairnessOf(results),
  ];
  return `| ${cells.join(" | ")} |`;
}

async function section(scenario: Scenario): Promise<string> {
  const yardsticks = yardsticksOf(scenario);
  const titles = [
    "429s per join",
    "lost",
    "wait, median",
    "wait, 95 %",
    "finished",
    ...yardsticks.map(({ name }) => `beside ${name}`),
    "fairness",
  ];
  const table = [`| policy | account counts by | ${titles.join(" | ")} |`, `|---|---|${"--:|".repeat(titles.length)}`];
  const drawn = [];
  for (const policy of POLICIES) {
    for (const counting of COUNTINGS) {
      const results = await resultsOf(scenario, policy, counting);
      const beside = [];
      for (const yardstick of yardsticks) beside.push(await resultsOf(scenario, yardstick.policy, counting));
      table.push(row(policy.name, counting, results, beside));
      if (counting === "rolling")
        drawn.push({
          ...results[0],
          name: policy.name,
          note: `${results[0].lost} lost, ${results[0].refused} refused`,
        });
    }
  }
  const lengths = drawn.map(({ joinedBySecond, refusedBySecond }) =>
    Math.max(joinedBySecond.length, refusedBySecond.length),
  );
  // The last policy is ours; what goes on for more than twice as long is cut off.
  const lastSecond = Math.min(Math.max(...lengths), 2 * lengths[lengths.length - 1]);
  writeFileSync(join(DOCS, `simulation-${scenario.id}.svg`), picture(scenario.name, drawn, lastSecond));
  return `## ${scenario.name}\n\n![Joins and refusals by second](simulation-${scenario.id}.svg)\n\n${table.join("\n")}\n`;
}

async function pauses(): Promise<string> {
  const table = [
    `| pauses | ${PAUSES_TRIED_WITH.map(({ scenario, seeds }) => `${scenario.name.replace(/^.*: /, "")} (${seeds} seeds)`).join(" | ")} |`,
    `|---|${"--:|".repeat(PAUSES_TRIED_WITH.length)}`,
  ];
  for (const policy of PAUSES) {
    const cells = [];
    for (const { scenario, seeds } of PAUSES_TRIED_WITH) {
      const results = await resultsOf(scenario, policy, "rolling", seeds);
      cells.push(`${refusedOf(results)} · ${finishedOf(results)}`);
    }
    table.push(`| ${policy.name} | ${cells.join(" | ")} |`);
  }
  return `## How long to pause

Agents who contend for one account know of nothing but their own 429s, and of a thousand each has to find out at its own cost that they are not a hundred. Few 429s
want long pauses; a hundred agents done within 1.20× want none over about four seconds; and a thousand must not be asked to wait long once they have become few.
Of other rules in the throttle's place of its own, where the account counts rolling seconds, those with fewer 429s leave a hundred agents' last chats waiting longer
(429s per join · time to the last join):

${table.join("\n")}
`;
}

async function main(): Promise<void> {
  mkdirSync(DOCS, { recursive: true });
  const sections = [];
  for (const scenario of SCENARIOS) {
    console.log(scenario.name);
    sections.push(await section(scenario));
  }
  console.log("how long to pause");
  const made = "# One account, many agents\n\nMade by `npm run simulate`; do not edit.\n";
  const text = [
    made,
    await verdict(),
    EXPLANATION,
    await learning(),
    await explainYardsticks(),
    ...sections,
    await pauses(),
  ];
  writeFileSync(join(DOCS, "simulation.md"), text.join("\n"));
  console.log("written: docs/simulation.md");
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
