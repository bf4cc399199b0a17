/**
 * What the plugin costs the agent's page while many calls wait: how much of each second the page's scripts run, and the
 * longest frames that hold scripts of the plugin, in the real Flex in a real Chromium. Each row beside the same page in
 * which nothing waits. `npm run bench:page`
 */

import { mkdirSync, writeFileSync } from "fs";
import { cpus } from "os";
import { join, resolve } from "path";

import { closeBrowser, Desk, openBrowser, PLUGIN } from "../e2e/support/desk";
import { buildIfStale } from "../scripts/build";
import { installChromium } from "../scripts/chromium";

const FILE = resolve(__dirname, "../docs/bench-page.md");
const WAITING = 500;
const SECONDS = 8;
const ROUNDS = 3;

/** One a second: hardly anybody's turn comes while it is measured. */
const SLOW_URL = "https://flex-api.twilio.com/v1/WebChannels";

interface Scene {
  readonly name: string;
  /** What is open on the screen. */
  readonly open: (desk: Desk) => Promise<void>;
}

const SCENES: readonly Scene[] = [
  { name: "nothing of the plugin open", open: async () => undefined },
  { name: "the badge's list open", open: (desk) => desk.page.locator("[aria-haspopup=dialog]").click() },
  { name: "the view of the limits open", open: async (desk) => void (await desk.invoke("NavigateToView", { viewName: "flex-throttle" })) },
];

interface Figures {
  /** Milliseconds of scripts in each second. */
  readonly scriptMs: number;
  /** Frames of more than 50 ms that hold a script of the plugin. */
  readonly longFrames: number;
  /** The longest that scripts of the plugin ran in one such frame. */
  readonly longestMs: number;
}

interface LongFrame {
  readonly scripts: readonly { readonly sourceURL: string; readonly duration: number }[];
}

async function measure({ open }: Scene, waiting: number): Promise<Figures> {
  const desk = await Desk.open({ roles: ["admin"], flexThrottle: { queue: { maxLength: WAITING, maxWaitSeconds: 3600 } } });
  await desk.evaluate(
    ([url, count]) => {
      // Each its own: equal reads share one sending.
      for (let call = 0; call < count; call += 1) fetch(`${url}?Page=${call}`).catch(() => undefined);
    },
    [SLOW_URL, waiting] as [string, number],
  );
  // With nothing waiting there is no badge to open.
  if (waiting > 0) await open(desk);
  await desk.page.waitForTimeout(2000);
  const inQueue = await desk.evaluate(() => window.Twilio.Flex.Manager.getInstance().store.getState()["flex-throttle"].status.waiting.length as number);
  if (inQueue < waiting * 0.9) throw new Error(`only ${inQueue} of ${waiting} calls wait`);
  const session = await desk.page.context().newCDPSession(desk.page);
  await session.send("Performance.enable");
  const scriptSeconds = async () => (await session.send("Performance.getMetrics")).metrics.find(({ name }) => name === "ScriptDuration")?.value ?? 0;
  await desk.evaluate(() => {
    const frames: LongFrame[] = [];
    Object.assign(window, { longFrames: frames });
    new PerformanceObserver((list) => frames.push(...(list.getEntries() as unknown as LongFrame[]))).observe({ type: "long-animation-frame" });
  });
  const before = await scriptSeconds();
  await desk.page.waitForTimeout(SECONDS * 1000);
  const scriptMs = (((await scriptSeconds()) - before) * 1000) / SECONDS;
  const ours = await desk.evaluate(
    (plugin) =>
      (window as unknown as { longFrames: LongFrame[] }).longFrames.map(({ scripts }) => scripts.filter(({ sourceURL }) => sourceURL.includes(plugin)).reduce((sum, { duration }) => sum + duration, 0)),
    PLUGIN,
  );
  await desk.close();
  return { scriptMs, longFrames: ours.filter((ms) => ms > 0).length, longestMs: Math.max(0, ...ours) };
}

const median = (values: readonly number[]) => values.slice().sort((a, b) => a - b)[Math.floor(values.length / 2)];

async function row(scene: Scene): Promise<string> {
  const pairs: [Figures, Figures][] = [];
  while (pairs.length < ROUNDS) pairs.push([await measure(scene, 0), await measure(scene, WAITING)]);
  const scriptMs = (index: 0 | 1) => median(pairs.map((pair) => pair[index].scriptMs));
  const most = (read: (figures: Figures) => number) => Math.max(...pairs.map(([, waiting]) => read(waiting)));
  const cells = [scene.name, scriptMs(0).toFixed(1), scriptMs(1).toFixed(1), most(({ longFrames }) => longFrames).toFixed(0), most(({ longestMs }) => longestMs).toFixed(0)];
  return `| ${cells.join(" | ")} |`;
}

async function main(): Promise<void> {
  buildIfStale();
  installChromium();
  const rows = [];
  await openBrowser();
  try {
    for (const scene of SCENES) {
      console.log(scene.name);
      rows.push(await row(scene));
    }
  } finally {
    await closeBrowser();
  }
  const table = [`| what is open | scripts, nothing waits | scripts, ${WAITING} wait | long frames of the plugin | its longest |`, "|---|--:|--:|--:|--:|", ...rows].join("\n");
  mkdirSync(join(FILE, ".."), { recursive: true });
  writeFileSync(
    FILE,
    `# What many waiting calls cost the agent's page

Made by \`npm run bench:page\` on ${cpus()[0].model.trim()}, in the real Flex UI 1.34.6 in Chromium; do not edit.

${WAITING} calls wait for a limit of one a second. *Scripts*: milliseconds of each second in which scripts of the page ran, Flex's own among them, and where nothing waits with nothing of the plugin open; the median of ${ROUNDS} runs of ${SECONDS} s.
*Long frames*: frames of more than 50 ms that hold a script of the plugin; *its longest*: milliseconds that the plugin's scripts ran in one of them. Both the most of all runs.

${table}
`,
  );
  console.log(table);
  console.log("written: docs/bench-page.md");
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
