/**
 * `npm run bench`: this throttle beside the libraries that people would pick instead, in one run on one machine, written
 * to docs/bench.md.
 */

import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";

import { bytesInQueue, costOfWaiting, costPerCall, Laws, leftAfter, measureLaws, WaitingCost } from "./measure";
import type { Peer } from "./peer";
import { PEERS } from "./peers";

const DOCS = join(__dirname, "../docs");

/** A library that takes longer than this for fewer calls is not asked for ten times as many. */
const PATIENCE_MS = 6000;
const QUEUES = [100, 1000, 10_000, 100_000];
/** What is over soon is measured so often, and the median taken; what is longer once. */
const RUNS = 5;
const LONG_QUEUE = 100_000;

interface Row {
  readonly peer: Peer;
  readonly laws: Laws;
  readonly callUs: number;
  /** Microseconds for each waiting call, by the length of the queue; `undefined` where it took too long. */
  readonly waitingUs: readonly (number | undefined)[];
  readonly bytesEach?: number;
}

async function measure(peer: Peer): Promise<Row> {
  console.log(peer.name);
  const callUs = await costPerCall(peer);
  const waitingUs: (number | undefined)[] = [];
  let bytesEach: number | undefined;
  let totalMs = 0;
  // Code that has run before runs faster: the shortest queue must not pay for all.
  await costOfWaiting(peer, 2000);
  for (const calls of QUEUES) {
    if (totalMs > PATIENCE_MS / 10) {
      waitingUs.push(undefined);
      continue;
    }
    const costs: WaitingCost[] = [];
    while (costs.length < (calls < LONG_QUEUE ? RUNS : 1)) costs.push(await costOfWaiting(peer, calls));
    costs.sort((a, b) => a.totalMs - b.totalMs);
    const { totalMs: medianMs, bytesEach: medianBytes } = costs[Math.floor(costs.length / 2)];
    totalMs = medianMs;
    if (calls >= 10_000) bytesEach = medianBytes;
    waitingUs.push((medianMs * 1000) / calls);
  }
  return { peer, laws: await measureLaws(peer), callUs, waitingUs, bytesEach };
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
const us = (value: number | undefined) => (value === undefined ? "too long" : value.toFixed(value < 10 ? 1 : 0));

function lawsTable(rows: readonly Row[]): string {
  const lines = rows.map(({ peer, laws }) => {
    const refused = Object.values(laws.refusedPerSuccess).map((value) => value.toFixed(2));
    const cells = [
      peer.name,
      String(laws.mostInAnySecond),
      ...refused,
      percent(laws.used.steady),
      percent(laws.used.jitter),
      laws.isInOrder ? "yes" : "no",
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return [
    "| library | most starts in any second | 429s per success: rolling | calendar | bucket | used, ways steady | used, ways vary | order kept |",
    "|---|--:|--:|--:|--:|--:|--:|---|",
    ...lines,
  ].join("\n");
}

function costTable(rows: readonly Row[]): string {
  const lines = rows.map(
    ({ peer, callUs, waitingUs, bytesEach }) =>
      `| ${[peer.name, us(callUs), ...waitingUs.map(us), bytesEach?.toFixed(0) ?? ""].join(" | ")} |`,
  );
  return [
    `| library | a call that need not wait | ${QUEUES.map((calls) => `one of ${calls} that wait`).join(" | ")} | bytes, waiting |`,
    "|---|--:|--:|--:|--:|--:|--:|",
    ...lines,
  ].join("\n");
}

function document(rows: readonly Row[], queueBytes: number, leftBytes: number): string {
  return `# The throttle beside other libraries

Made by \`npm run bench\` on ${cpus()[0].model.trim()}, Node ${process.versions.node}; do not edit.

## Does it keep to the limit?

A limit of 10 a second, on a virtual clock. *Most starts* and *429s*: bursts of 200 calls, three seeds, against an account that counts rolling seconds,
calendar seconds, or with a token bucket; one way takes 30 to 150 ms; and for the most starts a hundred bursts and lulls as agents work. *Used*: the share of the limit while there is always more to send, where each
way takes 90 ms, and where it takes 30 to 150 ms. With 120 ms between the quickest and the slowest way there, 89.3 % is the most that can be had without
a single 429. Only this throttle repeats what was refused: for the others each 429 is a call that failed.
AWS's adaptive retry (\`@smithy/util-retry\`) is not among them, for it has no limit that could be set and holds nothing back until the first 429: it is in the [simulation](simulation.md).

${lawsTable(rows)}

## What does it cost?

Microseconds of this machine's processor for each call, queued and let go; bytes of heap for each call that waits, with the promises of who sends it.
Of the queues up to ${LONG_QUEUE / 10} the median of ${RUNS} runs.

${costTable(rows)}

In this throttle's queue itself (\`acquire\`) a waiting call takes ${queueBytes.toFixed(0)} bytes; the rest is the promises of \`run\`. After 1 000 000 calls the heap of this throttle is ${(Math.abs(leftBytes) / 1024).toFixed(0)} KiB ${leftBytes < 0 ? "below" : "above"} where it was.

## Settings

${rows.map(({ peer }) => `- **${peer.name}**: ${peer.settings}`).join("\n")}
`;
}

async function main(): Promise<void> {
  const rows = [];
  for (const peer of PEERS) rows.push(await measure(peer));
  const queueBytes = await bytesInQueue(100_000);
  const leftBytes = await leftAfter(PEERS[0], 1_000_000);
  mkdirSync(DOCS, { recursive: true });
  writeFileSync(join(DOCS, "bench.md"), document(rows, queueBytes, leftBytes));
  console.log(lawsTable(rows));
  console.log(costTable(rows));
  console.log(`bytes in the queue itself: ${queueBytes.toFixed(0)}`);
  console.log(`heap after 1 000 000 calls: ${leftBytes} bytes`);
  console.log("written: docs/bench.md");
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
