/**
 * Measures how long twenty chats that are accepted at once take to join, from the first join to the last, in the real Flex
 * in Chromium. At ten a second in any rolling second, they take at least one second. `npm run bench:burst [-- ROUNDS]`
 */

import { closeBrowser, Desk, openBrowser } from "../e2e/support/desk";
import { JOIN } from "../e2e/support/settings";
import { buildIfStale } from "../scripts/build";
import { installChromium } from "../scripts/chromium";
import type { Counting } from "../stand-in/gate/counting";
import { COUNTINGS } from "../testing/account";

const CHATS = 20;
const ROUNDS = Number(process.argv[2] ?? 5);

/** @returns milliseconds. @throws Error if a join was throttled. */
async function measure(counting: Counting): Promise<number> {
  const desk = await Desk.open();
  try {
    desk.twilio.gate.counting = counting;
    const chats = await desk.receiveChats(CHATS);
    await desk.accept(chats);
    await desk.waitForJoins(chats);
    const statuses = desk.statuses(JOIN);
    if (statuses.some((status) => status !== 201)) throw new Error(`joins were answered ${statuses.join(", ")}`);
    const times = desk.requests(JOIN).map(({ atMs }) => atMs);
    return times[CHATS - 1] - times[0];
  } finally {
    await desk.close();
  }
}

async function main(): Promise<void> {
  buildIfStale();
  installChromium();
  await openBrowser();
  try {
    for (const counting of COUNTINGS) {
      const timesMs: number[] = [];
      while (timesMs.length < ROUNDS) timesMs.push(await measure(counting));
      timesMs.sort((a, b) => a - b);
      const [min, median, max] = [0, Math.floor(ROUNDS / 2), ROUNDS - 1].map((index) => timesMs[index].toFixed(0));
      console.log(`${counting}: median ${median} ms (${min} to ${max})`);
    }
  } finally {
    await closeBrowser();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
