/**
 * Counts the 429s of six real Flex desktops of one account that accept their chats at the same time, with and without the
 * account budget, and how long the joins take. `npm run bench:desktops [-- ROUNDS]`
 */

import { mkdirSync, writeFileSync } from "fs";
import { cpus, loadavg } from "os";
import { join, resolve } from "path";

import { closeBrowser, Desk, openBrowser, OUR_PLUGIN, until } from "../e2e/support/desk";
import { JOIN, PATIENT_QUEUE } from "../e2e/support/settings";
import { readBudget } from "../e2e/support/sharedAccount";
import { buildIfStale } from "../scripts/build";
import { installChromium } from "../scripts/chromium";
import { StandIn, startStandIn } from "../stand-in";
import { describeSpread } from "./spread";

const FILE = resolve(__dirname, "../docs/bench-desktops.md");
const DESKTOPS = 6;
const ROUNDS = Number(process.argv[2] ?? 3);

/** When Sync is lost, and when it is back, after the first accept. */
const LOST_MS = 2000;
const BACK_MS = LOST_MS + 20_000;

interface Scenario {
  readonly perSecond: number;
  /** Chats for each desktop. */
  readonly chats: number;
  readonly losesSync?: boolean;
}

const SCENARIOS: readonly Scenario[] = [
  { perSecond: 3, chats: 3 },
  { perSecond: 10, chats: 10 },
  { perSecond: 3, chats: 10, losesSync: true },
];

interface Result {
  readonly throttledPerJoin: number;
  /** Milliseconds from the first accept to the last join, divided by the shortest possible time. */
  readonly timeRatio: number;
  /** Milliseconds from the end of the loss until all desktops share the budget again; 0 without a loss or a budget. */
  readonly returnedMs: number;
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Ends the connections to Sync for a while. @returns how long the desktops need to share the budget again. */
async function loseSync(twilio: StandIn, desks: readonly Desk[]): Promise<number> {
  await sleep(LOST_MS);
  twilio.sync.settings.refusesConnections = true;
  twilio.syncConnections.forEach((connection) => connection.disconnect());
  await sleep(BACK_MS - LOST_MS);
  twilio.sync.settings.refusesConnections = false;
  const backMs = performance.now();
  for (const desk of desks) await until(async () => (await readBudget(desk)).health === "live", "a live budget");
  return performance.now() - backMs;
}

/** @throws Error if a chat is not joined. */
async function measure({ perSecond, chats, losesSync }: Scenario, budget: "sync" | "off"): Promise<Result> {
  const twilio = await startStandIn({ plugins: [OUR_PLUGIN] });
  twilio.gate.setLimit(JOIN, perSecond);
  const desks: Desk[] = [];
  try {
    const flexThrottle = { limits: { [JOIN]: { perSecond } }, queue: PATIENT_QUEUE, account: { budget } };
    for (let n = 1; n <= DESKTOPS; n += 1) desks.push(await Desk.open({ agent: `agent-${n}`, twilio, flexThrottle }));
    const offered = await Promise.all(desks.map((desk) => desk.receiveChats(chats)));
    const startedMs = performance.now();
    const returned = losesSync && budget === "sync" ? loseSync(twilio, desks) : Promise.resolve(0);
    await Promise.all(desks.map((desk, n) => desk.startAccepting(offered[n])));
    await Promise.all(desks.map((desk, n) => desk.waitForJoins(offered[n])));
    const tookMs = performance.now() - startedMs;
    const joins = DESKTOPS * chats;
    const throttled = desks[0].statuses(JOIN).filter((status) => status === 429).length;
    // The first joins go at once, as many as the limit allows in a second.
    const shortestMs = (joins / perSecond - 1) * 1000;
    return { throttledPerJoin: throttled / joins, timeRatio: tookMs / shortestMs, returnedMs: await returned };
  } finally {
    for (const desk of desks) {
      // The browser logs each 429 as an error.
      desk.console.remove(/status of 4/);
      await desk.close();
    }
    await twilio.close();
  }
}

async function measureScenario(scenario: Scenario): Promise<string[]> {
  const { perSecond, chats, losesSync } = scenario;
  const without: Result[] = [];
  const withBudget: Result[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    // In turn, so that other load on the machine affects both.
    without.push(await measure(scenario, "off"));
    withBudget.push(await measure(scenario, "sync"));
    console.log(`${perSecond}/s, ${chats} chats each:`, { off: without[round], sync: withBudget[round] });
  }
  const row = (name: string, results: readonly Result[]) =>
    `| ${chats} | ${perSecond} | ${name}${losesSync && name === "on" ? ", Sync lost for 20 s" : ""} | ${describeSpread(
      results.map((each) => each.throttledPerJoin),
      2,
    )} | ${describeSpread(
      results.map((each) => each.timeRatio),
      2,
    )} | ${
      results[0].returnedMs > 0
        ? describeSpread(
            results.map((each) => each.returnedMs / 1000),
            1,
          )
        : ""
    } |`;
  return [row("off", without), row("on", withBudget)];
}

const report = (rows: readonly string[], load: string) => `# What the account budget does for six real desktops

Generated by \`npm run bench:desktops\` on ${cpus()[0].model.trim()} (${cpus().length} cores, load average ${load} before it began), with the real Flex UI 1.34.6 in Chromium and Twilio's own Sync SDK. Do not edit.

${DESKTOPS} desktops of one account accept their chats at the same time. The figures are the median, minimum and maximum of ${ROUNDS} rounds; rounds with and without the budget alternate. Every chat was joined in every round.

- _429s per join_: counted by the stand-in, which limits the account.
- _Time_: from the first accept to the last join, divided by the shortest time that the limit allows.
- _Shared again_: seconds from the end of the loss of Sync until all desktops share the budget again. Sync is lost two seconds after the first accept.

All desktops share the machine. While they draw their chats, each page is held up for up to two seconds, and a call that is sent late takes the place of another. If Sync's answer takes more than two seconds on this machine, the desktop keeps to the limits on its own for a few seconds. Agents with a computer of their own get fewer 429s.

| chats for each | limit per second | account budget | 429s per join | time | shared again |
| -------------: | ---------------: | -------------- | ------------: | ---: | -----------: |
${rows.join("\n")}
`;

async function main(): Promise<void> {
  buildIfStale();
  installChromium();
  const load = loadavg()[0].toFixed(1);
  await openBrowser();
  const rows: string[] = [];
  try {
    for (const scenario of SCENARIOS) rows.push(...(await measureScenario(scenario)));
  } finally {
    await closeBrowser();
  }
  mkdirSync(join(FILE, ".."), { recursive: true });
  writeFileSync(FILE, report(rows, load));
  console.log("wrote docs/bench-desktops.md");
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
