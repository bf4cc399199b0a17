/**
 * What the plugin costs the agent's page while many calls arrive, wait and go: how much of each second the page's scripts
 * run while they wait, beside the same page in which nothing waits, and the longest frames that hold scripts of the plugin
 * all the while, in the real Flex in a real Chromium. Fails where there is one of more than 50 ms. `npm run bench:page`
 */

import { mkdirSync, writeFileSync } from "fs";
import { cpus } from "os";
import { join, resolve } from "path";

import { closeBrowser, Desk, openBrowser, PLUGIN, until } from "../e2e/support/desk";
import { buildIfStale } from "../scripts/build";
import { installChromium } from "../scripts/chromium";

const FILE = resolve(__dirname, "../docs/bench-page.md");
const WAITING = 500;
const SECONDS = 8;
const ROUNDS = 3;

/** One a second: hardly anybody's turn comes while it is measured. */
const SLOW_URL = "https://flex-api.twilio.com/v1/WebChannels";
const SLOW_LIMIT = "GET /WebChannels";
/** Then all of them go within seconds. */
const FAST = { perSecond: 100 };
const QUEUE = { maxLength: WAITING, maxWaitSeconds: 3600 };

/** Of the script that makes the calls: what runs in it is the plugin's, since a call that waits goes no further. */
const CALLER = "caller-of-plugin-flex-throttle";

interface Scene {
  readonly name: string;
  /** What is open on the screen. */
  readonly open: (desk: Desk) => Promise<void>;
}

const SCENES: readonly Scene[] = [
  { name: "nothing of the plugin open", open: async () => undefined },
  { name: "the badge's list open", open: (desk) => desk.page.locator("[aria-haspopup=dialog]").click() },
  {
    name: "the view of the limits open",
    open: async (desk) => void (await desk.invoke("NavigateToView", { viewName: "flex-throttle" })),
  },
];

const PHASES = ["arriving", "opening", "waiting", "leaving"] as const;
type Phase = (typeof PHASES)[number];

interface Frames {
  /** Frames of more than 50 ms that hold a script of the plugin. */
  readonly long: number;
  /** The longest that scripts of the plugin ran in one such frame. */
  readonly longestMs: number;
  /** The longest frame of more than 50 ms of anybody's. */
  readonly anybodysMs: number;
}

interface Figures {
  /** Milliseconds of scripts in each second while all wait. */
  readonly scriptMs: number;
  readonly frames: Record<Phase, Frames>;
}

interface LongFrame {
  readonly duration: number;
  readonly scripts: readonly { readonly sourceURL: string; readonly duration: number }[];
}

declare global {
  interface Window {
    longFrames?: { readonly observer: PerformanceObserver; readonly frames: readonly LongFrame[] };
  }
}

const waitingCount = async (desk: Desk) => (await desk.throttleState()).queued;

/** From a file of its own, so that a long frame names it. Each call is its own, too: equal reads share one sending. */
async function makeCalls(desk: Desk, count: number): Promise<void> {
  const body = `setTimeout(() => { for (let call = 0; call < ${count}; call += 1) fetch("${SLOW_URL}?Page=" + call).catch(() => undefined); });`;
  const url = new URL(`/${CALLER}.js`, desk.page.url()).href;
  await desk.page.route(url, (route) => route.fulfill({ contentType: "text/javascript", body }), { times: 1 });
  await desk.page.addScriptTag({ url });
}

async function measure({ open }: Scene, waiting: number): Promise<Figures> {
  const desk = await Desk.open({ roles: ["admin"], flexThrottle: { queue: QUEUE } });
  // The frame in which Flex starts is another matter: `npm run bench:start`.
  await desk.page.waitForTimeout(2000);
  const session = await desk.page.context().newCDPSession(desk.page);
  await session.send("Performance.enable");
  const scriptSeconds = async () =>
    (await session.send("Performance.getMetrics")).metrics.find(({ name }) => name === "ScriptDuration")?.value ?? 0;
  /** Ends when its last frames are told. */
  const during = async (phase: () => Promise<unknown>): Promise<Frames> => {
    await observeFrames(desk);
    await phase();
    await desk.page.waitForTimeout(2000);
    return framesSeen(desk);
  };

  const arriving = await during(() => makeCalls(desk, waiting));
  const inQueue = await waitingCount(desk);
  if (inQueue < waiting * 0.9) throw new Error(`only ${inQueue} of ${waiting} calls wait`);
  // With nothing waiting there is no badge to open.
  const opening = await during(async () => waiting > 0 && open(desk));
  let scriptMs = 0;
  const whileWaiting = await during(async () => {
    const before = await scriptSeconds();
    await desk.page.waitForTimeout(SECONDS * 1000);
    scriptMs = (((await scriptSeconds()) - before) * 1000) / SECONDS;
  });
  const leaving = await during(async () => {
    desk.twilio.gate.setLimit(SLOW_LIMIT, FAST.perSecond);
    await desk.evaluate((flexThrottle) => window.Twilio.Flex.Manager.getInstance().updateConfig({ flexThrottle }), {
      limits: { [SLOW_LIMIT]: FAST },
      queue: QUEUE,
    });
    await until(async () => (await waitingCount(desk)) === 0, "the last call to go");
  });
  await desk.close();
  return { scriptMs, frames: { arriving, opening, waiting: whileWaiting, leaving } };
}

const observeFrames = (desk: Desk) =>
  desk.evaluate(() => {
    const frames: LongFrame[] = [];
    window.longFrames?.observer.disconnect();
    const observer = new PerformanceObserver((list) => frames.push(...(list.getEntries() as unknown as LongFrame[])));
    observer.observe({ type: "long-animation-frame" });
    window.longFrames = { observer, frames };
  });

const framesSeen = (desk: Desk): Promise<Frames> =>
  desk.evaluate(
    (ours) => {
      const { frames } = window.longFrames as { frames: readonly LongFrame[] };
      const ofOurs = frames.map(({ scripts }) =>
        scripts
          .filter(({ sourceURL }) => ours.some((name) => sourceURL.includes(name)))
          .reduce((sum, { duration }) => sum + duration, 0),
      );
      return {
        long: ofOurs.filter((ms) => ms > 0).length,
        longestMs: Math.max(0, ...ofOurs),
        anybodysMs: Math.max(0, ...frames.map(({ duration }) => duration)),
      };
    },
    [PLUGIN, CALLER],
  );

const median = (values: readonly number[]) => values.slice().sort((a, b) => a - b)[Math.floor(values.length / 2)];

async function rounds(scene: Scene, waiting: number): Promise<Figures[]> {
  console.log(`${scene.name}, ${waiting} wait`);
  const figures: Figures[] = [];
  while (figures.length < ROUNDS) figures.push(await measure(scene, waiting));
  return figures;
}

const scriptMs = (figures: readonly Figures[]) => median(figures.map((one) => one.scriptMs)).toFixed(1);

/** The most of all rounds. */
const most = (figures: readonly Figures[], phase: Phase, read: (frames: Frames) => number) =>
  Math.max(...figures.map(({ frames }) => read(frames[phase])));

const table = (heads: readonly string[], numbersFrom: number, rows: readonly (readonly string[])[]) =>
  [heads, heads.map((_, index) => (index < numbersFrom ? "---" : "--:")), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");

async function main(): Promise<void> {
  buildIfStale();
  installChromium();
  const measured: { name: string; figures: Figures[] }[] = [];
  await openBrowser();
  let idle: Figures[];
  try {
    idle = await rounds(SCENES[0], 0);
    for (const scene of SCENES) measured.push({ name: scene.name, figures: await rounds(scene, WAITING) });
  } finally {
    await closeBrowser();
  }
  const scripts = table(
    ["what is open", "scripts, nothing waits", `scripts, ${WAITING} wait`],
    1,
    measured.map(({ name, figures }) => [name, scriptMs(idle), scriptMs(figures)]),
  );
  const frames = table(
    ["what is open", "while they are", "long frames of the plugin", "its longest", "longest frame of anybody"],
    2,
    measured.flatMap(({ name, figures }) =>
      PHASES.map((phase) => [
        name,
        phase,
        String(most(figures, phase, ({ long }) => long)),
        most(figures, phase, ({ longestMs }) => longestMs).toFixed(0),
        most(figures, phase, ({ anybodysMs }) => anybodysMs).toFixed(0),
      ]),
    ),
  );
  mkdirSync(join(FILE, ".."), { recursive: true });
  writeFileSync(
    FILE,
    `# What many waiting calls cost the agent's page

Made by \`npm run bench:page\` on ${cpus()[0].model.trim()}, in the real Flex UI 1.34.6 in Chromium; do not edit.

${WAITING} calls arrive at once and wait for a limit of one a second; then the list or the view is opened; ${SECONDS} s later the limit is set to ${FAST.perSecond} a second, and all of them go.

*Scripts*: milliseconds of each second in which scripts of the page ran while all wait, Flex's own among them, and where nothing waits with nothing of the plugin open; the median of ${ROUNDS} runs of ${SECONDS} s.

${scripts}

*Long frames*: frames of more than 50 ms that hold a script of the plugin, or the one that makes the calls, since they go no further than the plugin; *its longest*: milliseconds that these scripts ran in one of them; *of anybody*: the longest frame of more than 50 ms at all, Flex's and React's own drawing among it. Each the most of ${ROUNDS} runs; opening goes on for 2 s.

${frames}
`,
  );
  console.log(`${scripts}\n\n${frames}`);
  console.log("written: docs/bench-page.md");
  if (measured.some(({ figures }) => PHASES.some((phase) => most(figures, phase, ({ long }) => long) > 0)))
    throw new Error("a frame of more than 50 ms holds a script of the plugin");
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
