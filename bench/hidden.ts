/**
 * How much of a limit calls use in a tab that nobody sees, whose timers the browser holds back, beside a tab in front, in the
 * real Flex in a real Chromium. `npm run bench:hidden`
 */

import { mkdirSync, writeFileSync } from "fs";
import { cpus } from "os";
import { join, resolve } from "path";

import { createChannels } from "../e2e/support/channels";
import { closeBrowser, Desk, openBrowser } from "../e2e/support/desk";
import { hide, waitForIntensiveThrottling } from "../e2e/support/hiddenTab";
import { CREATE } from "../e2e/support/settings";
import { openTabs, TabsOptions } from "../e2e/support/tabs";
import { buildIfStale } from "../scripts/build";
import { installChromium } from "../scripts/chromium";

const FILE = resolve(__dirname, "../docs/bench-hidden.md");
const ROUNDS = 5;
const SECONDS = 12;

interface Scene {
  readonly name: string;
  readonly isHidden: boolean;
  readonly isWorkerAllowed: boolean;
  readonly tabs: TabsOptions;
}

const ONCE_A_MINUTE: TabsOptions = { onceAMinuteAfterSeconds: 1 };

const SCENES: readonly Scene[] = [
  { name: "in front", isHidden: false, isWorkerAllowed: true, tabs: {} },
  { name: "hidden: the page's timers ring once a second", isHidden: true, isWorkerAllowed: true, tabs: {} },
  { name: "hidden for long: they ring once a minute", isHidden: true, isWorkerAllowed: true, tabs: ONCE_A_MINUTE },
  {
    name: "hidden, once a second, and the page's policy allows no worker",
    isHidden: true,
    isWorkerAllowed: false,
    tabs: {},
  },
];

/** @returns the shares of all rounds, each of twelve seconds. */
async function measure({ isHidden, isWorkerAllowed, tabs: options }: Scene): Promise<number[]> {
  const tabs = await openTabs(options);
  let desk: Desk | undefined;
  try {
    if (!isWorkerAllowed) await tabs.context.addInitScript(() => void delete (window as { Worker?: unknown }).Worker);
    desk = await Desk.open({ context: tabs.context });
    if (isHidden) await hide(tabs, [desk]);
    if (options === ONCE_A_MINUTE) await waitForIntensiveThrottling(desk);
    const shares: number[] = [];
    while (shares.length < ROUNDS) shares.push(await shareUsedBy(desk));
    return shares;
  } finally {
    await desk?.close();
    await tabs.close();
  }
}

/** The limit allows ten channels a second. */
const CALLS = 10 * SECONDS;

/**
 * Creates channels for twelve seconds, as many as the limit allows, all queued at once.
 *
 * @returns the share of the limit that they used, 0 to 1, by the stand-in's log.
 * @throws Error when a call failed.
 */
async function shareUsedBy(desk: Desk): Promise<number> {
  const before = desk.requests(CREATE).length;
  const failed = (await createChannels(desk, CALLS)).filter((status) => status !== 201);
  if (failed.length > 0) throw new Error(`${failed.length} of ${CALLS} calls were answered ${failed.join(", ")}`);
  const times = desk
    .requests(CREATE)
    .slice(before)
    .map(({ atMs }) => atMs);
  return (1000 * (SECONDS - 1)) / (times[CALLS - 1] - times[0]);
}

const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

function row(name: string, shares: readonly number[]): string {
  const sorted = shares.slice().sort((a, b) => a - b);
  return `| ${[name, ...[Math.floor(ROUNDS / 2), 0, ROUNDS - 1].map((index) => percent(sorted[index]))].join(" | ")} |`;
}

async function main(): Promise<void> {
  buildIfStale();
  installChromium();
  const rows: string[] = [];
  await openBrowser();
  try {
    for (const scene of SCENES) {
      console.log(scene.name);
      rows.push(row(scene.name, await measure(scene)));
    }
  } finally {
    await closeBrowser();
  }
  const table = ["| the tab | median | least | most |", "| --- | --: | --: | --: |", ...rows].join("\n");
  mkdirSync(join(FILE, ".."), { recursive: true });
  writeFileSync(
    FILE,
    `# How much of a limit is used in a tab that nobody sees

Made by \`npm run bench:hidden\` on ${cpus()[0].model.trim()}, in the real Flex UI 1.34.6 in Chromium; do not edit.

120 channels are asked for at once, by \`fetch\`, at ten a second; the share is that of the limit, as the stand-in saw them come, of ${ROUNDS} rounds. None was refused. What lacks to 100 % is the guard against ways that vary: on a busy machine they vary more, in front as well as hidden.

${table}
`,
  );
  console.log(`\n${table}\nwritten: docs/bench-hidden.md`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
