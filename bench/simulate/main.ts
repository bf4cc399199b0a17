/**
 * Compares policies for many browsers and one account, and writes docs/simulation.md with a picture of each scenario.
 * Time is virtual and randomness is seeded, so results are the same on every machine. `npm run simulate`
 * With options, it prints the figures for other numbers instead: `npm run simulate -- --agents 300 --chats 2 --rate 20`
 */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { COUNTINGS } from "../../testing/account";
import { printTable } from "./accountTable";
import { BACKOFFS } from "./backoffs";
import { OWN_USAGE, printFailure, readOwnNumbers } from "./options";
import { drawPicture } from "./picture";
import {
  awsAdaptive,
  bucketAlone,
  fixedRate,
  latencyKnown,
  latencyUnknown,
  ours,
  Policy,
  POLICIES,
  shared,
  stock,
} from "./policies";
import { meanOf, relativeTime, resultsOf, SEEDS, throttledPerJoin } from "./results";
import { Scenario, SCENARIOS, startOfShift } from "./scenarios";
import { percentile, Result } from "./simulate";

const DOCS = join(__dirname, "../../docs");
const BASELINES = [
  { name: "latency known", policy: latencyKnown },
  { name: "latency unknown", policy: latencyUnknown },
];

/** With many agents, results vary less between seeds, and runs take longer. */
const SEEDS_OF_MANY = 5;
const MANY = 500;

const BACKOFF_SCENARIOS = [
  { scenario: startOfShift(100, 2), seeds: SEEDS },
  { scenario: startOfShift(200, 2), seeds: SEEDS },
  { scenario: startOfShift(500, 1), seeds: SEEDS_OF_MANY },
  { scenario: startOfShift(1000, 1), seeds: SEEDS_OF_MANY },
];

const EXPLANATION = `Each policy runs on a virtual clock against an account that allows 10 joins a second. flex-throttle is the throttle's real code. One-way latency varies from 30 to 150 ms; where it is constant, it is 90 ms. Browsers do not share state: each learns of the others only through its own 429s.

- **stock Flex** sends a join once. **stock, auto-join** is Flex with \`flex-chat-auto-join\`. It retries six times, after 1, 2, 4 … s.
- **bucket, fixed rate** is \`limiter\`'s token bucket of 10 a second in each browser, with a backoff per call (full jitter, up to 30 s).
- **AWS adaptive** is the retry mode "adaptive" of AWS's clients (\`@smithy/util-retry\`) in each browser. It has an adaptive rate and a backoff per call (full jitter, up to 20 s). Attempts are unlimited within the library's own retry budget, which has no setting. The rest is its defaults.
- **flex-throttle** is this plugin's throttle with its defaults. **flex-throttle, fixed rate** is the same, but a 429 does not lower its rate.

Figures are means over ${SEEDS} seeds (1 to ${SEEDS}).

- *Lost*: chats that no agent ever joined.
- *Wait*: seconds from the acceptance of a chat to its join, without lost chats.
- *Finished*: time to the last join, as a multiple of the shortest possible time. That is the time of a sender that knows in advance when the account has capacity. Empty if chats were lost.
- *Fairness*: Jain's index of the agents' mean waits. It is 1 when all are equal.
`;

/** @returns one value for each counting method. */
async function byCounting<T>(id: string, policy: Policy, read: (results: readonly Result[]) => T): Promise<T[]> {
  const all = [];
  for (const counting of COUNTINGS) all.push(read(await resultsOf(scenarioOf(id), policy, counting)));
  return all;
}

const scenarioOf = (id: string) => SCENARIOS.find((each) => each.id === id) as Scenario;

/** Baselines pace a single browser. They mean nothing for several agents. */
const baselinesOf = ({ agents }: Scenario) => (agents === 1 ? BASELINES : []);

const finishedMs = (result: Result) => result.finishedMs;
const seconds = (ms: number) => (ms / 1000).toFixed(1);
const waitOf = (share: number) => (results: readonly Result[]) =>
  seconds(meanOf(results, ({ waitsMs }) => percentile(waitsMs, share)));
const throttledOf = (results: readonly Result[]) => meanOf(results, throttledPerJoin).toFixed(2);
const finishedOf = (results: readonly Result[]) => `${meanOf(results, relativeTime).toFixed(2)}×`;
const fairnessOf = (results: readonly Result[]) => meanOf(results, ({ fairness }) => fairness).toFixed(2);

function finishedWithSpread(results: readonly Result[]): string {
  const all = results.map(relativeTime).sort((a, b) => a - b);
  return `${finishedOf(results)} (${all[0].toFixed(2)} to ${all[all.length - 1].toFixed(2)}; ${all.filter((each) => each > 1.2).length} of ${all.length} over 1.20)`;
}

/** @param isMet for each counting method. */
function whereMet(isMet: readonly boolean[]): string {
  const countings = COUNTINGS.filter((_, index) => isMet[index]);
  if (countings.length === COUNTINGS.length) return "yes";
  return countings.length === 0 ? "no" : `only ${countings.join(" and ")}`;
}

/** The project's targets, and whether the figures meet them. */
async function targets(): Promise<string> {
  const isMet = async (id: string, test: (results: readonly Result[]) => boolean) =>
    whereMet(await byCounting(id, ours, test));
  const figures = async (id: string, policy: Policy, read: (results: readonly Result[]) => string) =>
    (await byCounting(id, policy, read)).join(" · ");
  const bulk = async (id: string, what: string) => {
    const isNeverThrottled = await isMet(id, (results) => results.every(({ throttled }) => throttled === 0));
    const isFast = await isMet(id, (results) => meanOf(results, relativeTime) <= 1.05);
    return `| one agent, 60 chats, ${what}: no 429, at most 1.05× | no 429: ${isNeverThrottled}; time: ${isFast} | ${await figures(id, ours, finishedOf)} |`;
  };
  const isLeast = async (id: string, others: readonly Policy[]) => {
    const throttled = (policy: Policy) => byCounting(id, policy, (results) => meanOf(results, throttledPerJoin));
    const own = await throttled(ours);
    const theirs: number[][] = [];
    for (const other of others) theirs.push(await throttled(other));
    return whereMet(own.map((mine, index) => theirs.every((each) => mine < each[index])));
  };
  const isJoined = await isMet("shift-100", (results) => results.every(({ lost }) => lost === 0));
  const isFast = await isMet("shift-100", (results) => meanOf(results, relativeTime) <= 1.2);
  const isAlwaysFast = await isMet("shift-100", (results) => results.every((each) => relativeTime(each) <= 1.2));
  const others = POLICIES.filter((each) => each !== ours);
  return `| target (× the shortest time) | met | ${COUNTINGS.join(" · ")} |
|---|---|---|
${await bulk("bulk-alike", "constant latency")}
${await bulk("bulk", "varying latency, after page load")}
${await bulk("bulk-later", "varying latency, after 400 chats")}
| 100 agents, 2 chats each: all joined, at most 1.20× | joined: ${isJoined}; mean time: ${isFast}; each seed's time: ${isAlwaysFast} | ${await figures("shift-100", ours, finishedWithSpread)} |
| 100 agents, 2 chats each: fewer 429s per join than any other policy | ${await isLeast("shift-100", others)} | ${await figures("shift-100", ours, throttledOf)}; AWS adaptive ${await figures("shift-100", awsAdaptive, throttledOf)} |
| no target: 1000 agents, 1 chat each, fewer 429s per join than the bucket | ${await isLeast("shift-1000", [bucketAlone])} | ${await figures("shift-1000", ours, throttledOf)}; bucket, fixed rate ${await figures("shift-1000", bucketAlone, throttledOf)} |
`;
}

/** What the adaptive rate contributes to the result. */
async function adaptiveRate(): Promise<string> {
  const compare = async (id: string, read: (results: readonly Result[]) => string) => {
    const [adaptive] = await byCounting(id, ours, read);
    const [fixed] = await byCounting(id, fixedRate, read);
    return `${adaptive} instead of ${fixed}`;
  };
  return `**What the adaptive rate contributes**, when the account counts rolling seconds:

- Fewer 429s per join. 100 agents: ${await compare("shift-100", throttledOf)}. 1000 agents: ${await compare("shift-1000", throttledOf)}. Steady day: ${await compare("steady", throttledOf)}. 120 %: ${await compare("surge", throttledOf)}.
- It costs a little time and fairness. 100 agents finish at ${await compare("shift-100", finishedOf)}. On the steady day, the 95th percentile of the wait is ${await compare("steady", waitOf(0.95))} s, and fairness is ${await compare("steady", fairnessOf)}.
- For a single agent it changes nothing.
`;
}

/** Why a single agent's time is also compared with baselines. */
async function explainBaselines(): Promise<string> {
  const [known] = await byCounting("bulk", latencyKnown, (results) => meanOf(results, finishedMs));
  const [unknown] = await byCounting("bulk", latencyUnknown, (results) => meanOf(results, finishedMs));
  return `**Baselines.** No sender can avoid every 429 and reach the shortest time, since it cannot know the latency of its next call. So a single agent's time is also compared with two baselines that pace exactly and never get a 429. *Latency known* knows the minimum latency from the start. *Latency unknown* never learns it.

After page load, nobody can know more than the second baseline. At varying latency the two are ${((unknown / known - 1) * 100).toFixed(1)} % apart. That is the price of not knowing the latency.
`;
}

/** @param baselines the results of each baseline for the same seeds. */
function row(
  policy: string,
  counting: string,
  results: readonly Result[],
  baselines: readonly (readonly Result[])[],
): string {
  const lost = meanOf(results, (result) => result.lost);
  const cells = [
    policy,
    counting,
    throttledOf(results),
    lost.toFixed(0),
    waitOf(0.5)(results),
    waitOf(0.95)(results),
    lost > 0 ? "" : finishedOf(results),
    ...baselines.map((baseline) =>
      lost > 0 ? "" : `${(meanOf(results, finishedMs) / meanOf(baseline, finishedMs)).toFixed(2)}×`,
    ),
    fairnessOf(results),
  ];
  return `| ${cells.join(" | ")} |`;
}

async function section(scenario: Scenario): Promise<string> {
  const baselines = baselinesOf(scenario);
  const titles = [
    "429s per join",
    "lost",
    "wait, median",
    "wait, 95 %",
    "finished",
    ...baselines.map(({ name }) => `to ${name}`),
    "fairness",
  ];
  const table = [`| policy | account counts by | ${titles.join(" | ")} |`, `|---|---|${"--:|".repeat(titles.length)}`];
  for (const policy of POLICIES) {
    for (const counting of COUNTINGS) {
      const results = await resultsOf(scenario, policy, counting);
      const compared = [];
      for (const baseline of baselines) compared.push(await resultsOf(scenario, baseline.policy, counting));
      table.push(row(policy.name, counting, results, compared));
    }
  }
  await writePicture(scenario);
  return `## ${scenario.name}\n\n![Joins and 429s per second](simulation-${scenario.id}.svg)\n\n${table.join("\n")}\n`;
}

/** Draws the first seed of each policy. */
async function writePicture(scenario: Scenario): Promise<void> {
  const rows = [];
  for (const policy of POLICIES) {
    const [first] = await resultsOf(scenario, policy, "rolling");
    rows.push({ ...first, name: policy.name, note: `${first.lost} lost, ${first.throttled} throttled` });
  }
  const lengths = rows.map(({ joinedBySecond, throttledBySecond }) =>
    Math.max(joinedBySecond.length, throttledBySecond.length),
  );
  // The last policy is ours. The picture ends at twice its time.
  const lastSecond = Math.min(Math.max(...lengths), 2 * lengths[lengths.length - 1]);
  writeFileSync(join(DOCS, `simulation-${scenario.id}.svg`), drawPicture(scenario.name, rows, lastSecond));
}

async function backoffs(): Promise<string> {
  const table = [
    `| backoff | ${BACKOFF_SCENARIOS.map(({ scenario, seeds }) => `${scenario.name.replace(/^.*: /, "")} (${seeds} seeds)`).join(" | ")} |`,
    `|---|${"--:|".repeat(BACKOFF_SCENARIOS.length)}`,
  ];
  for (const policy of BACKOFFS) {
    const cells = [];
    for (const { scenario, seeds } of BACKOFF_SCENARIOS) {
      const results = await resultsOf(scenario, policy, "rolling", seeds);
      cells.push(`${throttledOf(results)} · ${finishedOf(results)}`);
    }
    table.push(`| ${policy.name} | ${cells.join(" | ")} |`);
  }
  return `## Backoff rules

Browsers that share an account know only their own 429s. Each of a thousand agents has to find out through 429s that there are more than a hundred. Three goals conflict:

- Few 429s need long cool-downs.
- A hundred agents finish within 1.20× only if no cool-down is longer than about four seconds.
- A thousand agents must not wait long once few of them are left.

The table compares other backoff rules with the throttle's own, when the account counts rolling seconds. Rules with fewer 429s make a hundred agents' last chats wait longer. Figures are 429s per join · time to the last join.

${table.join("\n")}
`;
}

async function main(): Promise<void> {
  const own = readOwnNumbers(process.argv.slice(2));
  if (own === "help") return console.log(OWN_USAGE);
  if (own) return printOwn(own);
  mkdirSync(DOCS, { recursive: true });
  const sections = [];
  for (const scenario of SCENARIOS) {
    console.log(scenario.name);
    sections.push(await section(scenario));
  }
  console.log("backoff rules");
  const header = "# Simulation: many agents, one account\n\nGenerated by `npm run simulate`. Do not edit.\n";
  const text = [
    header,
    await targets(),
    EXPLANATION,
    await adaptiveRate(),
    await explainBaselines(),
    ...sections,
    await backoffs(),
  ];
  writeFileSync(join(DOCS, "simulation.md"), text.join("\n"));
  console.log("wrote docs/simulation.md");
}

/** Stock Flex, and the throttle with and without the account budget. */
async function printOwn(own: Scenario): Promise<void> {
  const seeds = own.agents >= MANY ? 1 : SEEDS_OF_MANY;
  await printTable([own], [stock, ours, shared], () => seeds);
  console.log(
    `\nMeans over ${seeds} ${seeds === 1 ? "run" : "runs"}. docs/simulation-account.md explains the columns.`,
  );
}

main().catch(printFailure);
