/**
 * Measures what queued calls cost the agent's page, in the real Flex in Chromium: the time that scripts run, and long
 * frames. Fails if a frame of more than 50 ms runs a script of the plugin. `npm run bench:page`
 */

import { mkdirSync, writeFileSync } from "fs";
import { cpus } from "os";
import { join, resolve } from "path";

import { closeBrowser, Desk, openBrowser, PLUGIN, until } from "../e2e/support/desk";
import { buildIfStale } from "../scripts/build";
import { installChromium } from "../scripts/chromium";
import { median } from "./spread";

const FILE = resolve(__dirname, "../docs/bench-page.md");
const QUEUED = 500;
const SECONDS = 8;
const ROUNDS = 3;

/** One a second: hardly any call leaves the queue during the measurement. */
const SLOW_URL = "https://flex-api.twilio.com/v1/WebChannels";
const SLOW_LIMIT = "GET /WebChannels";
/** At this limit the queue empties within seconds. */
const FAST = { perSecond: 100 };
const QUEUE = { maxLength: QUEUED, maxWaitSeconds: 3600 };

/** The script that makes the calls. Its run time counts as the plugin's, since a queued call goes no further. */
const CALLER = "caller-of-plugin-flex-throttle";

interface Screen {
  readonly name: string;
  readonly open: (desk: Desk) => Promise<void>;
}

const SCREENS: readonly Screen[] = [
  { name: "nothing", open: async () => undefined },
  { name: "the badge's list", open: (desk) => desk.page.locator("[aria-haspopup=dialog]").click() },
  {
    name: "the limits view",
    open: async (desk) => void (await desk.invoke("NavigateToView", { viewName: "flex-throttle" })),
  },
];

const PHASES = ["calls arrive", "screen opens", "calls wait", "calls leave"] as const;
type Phase = (typeof PHASES)[number];

interface LongFrames {
  /** Frames of more than 50 ms that run a script of the plugin. */
  readonly count: number;
  /** The longest run time of the plugin's scripts in one such frame. */
  readonly pluginMs: number;
  /** The longest frame of more than 50 ms, whatever its scripts. */
  readonly longestMs: number;
}

interface Figures {
  /** Milliseconds per second in which scripts run while all calls wait. */
  readonly scriptMs: number;
  readonly frames: Record<Phase, LongFrames>;
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

const queuedCount = async (desk: Desk) => (await desk.throttleState()).queued;

/** Uses a script file of its own, which long frames name, and different URLs, which are not coalesced. */
async function makeCalls(desk: Desk, count: number): Promise<void> {
  const body = `setTimeout(() => { for (let call = 0; call < ${count}; call += 1) fetch("${SLOW_URL}?Page=" + call).catch(() => undefined); });`;
  const url = new URL(`/${CALLER}.js`, desk.page.url()).href;
  await desk.page.route(url, (route) => route.fulfill({ contentType: "text/javascript", body }), { times: 1 });
  await desk.page.addScriptTag({ url });
}

async function measure(screen: Screen, calls: number): Promise<Figures> {
  const desk = await Desk.open({ roles: ["admin"], flexThrottle: { queue: QUEUE } });
  // Leaves out the frames in which Flex starts: `npm run bench:start` measures those.
  await desk.page.waitForTimeout(2000);
  const readScriptMs = await scriptTimer(desk);

  const arrival = await framesDuring(desk, () => makeCalls(desk, calls));
  const inQueue = await queuedCount(desk);
  if (inQueue < calls * 0.9) throw new Error(`only ${inQueue} of ${calls} calls are queued`);
  // Without queued calls there is no badge to open.
  const opening = await framesDuring(desk, async () => calls > 0 && screen.open(desk));
  let scriptMs = 0;
  const waiting = await framesDuring(desk, async () => {
    const beforeMs = await readScriptMs();
    await desk.page.waitForTimeout(SECONDS * 1000);
    scriptMs = ((await readScriptMs()) - beforeMs) / SECONDS;
  });
  const leaving = await framesDuring(desk, () => emptyQueue(desk));
  await desk.close();
  return {
    scriptMs,
    frames: { "calls arrive": arrival, "screen opens": opening, "calls wait": waiting, "calls leave": leaving },
  };
}

/** @returns a function that reads how long the page's scripts have run since it loaded, in milliseconds. */
async function scriptTimer(desk: Desk): Promise<() => Promise<number>> {
  const session = await desk.page.context().newCDPSession(desk.page);
  await session.send("Performance.enable");
  return async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return 1000 * (metrics.find(({ name }) => name === "ScriptDuration")?.value ?? 0);
  };
}

async function framesDuring(desk: Desk, phase: () => Promise<unknown>): Promise<LongFrames> {
  await observeFrames(desk);
  await phase();
  // Chromium reports long frames late.
  await desk.page.waitForTimeout(2000);
  return longFrames(desk);
}

/** Raises the limit and waits until the last call is sent. */
async function emptyQueue(desk: Desk): Promise<void> {
  desk.twilio.gate.setLimit(SLOW_LIMIT, FAST.perSecond);
  await desk.evaluate((flexThrottle) => window.Twilio.Flex.Manager.getInstance().updateConfig({ flexThrottle }), {
    limits: { [SLOW_LIMIT]: FAST },
    queue: QUEUE,
  });
  await until(async () => (await queuedCount(desk)) === 0, "an empty queue");
}

const observeFrames = (desk: Desk) =>
  desk.evaluate(() => {
    const frames: LongFrame[] = [];
    window.longFrames?.observer.disconnect();
    const observer = new PerformanceObserver((list) => frames.push(...(list.getEntries() as unknown as LongFrame[])));
    observer.observe({ type: "long-animation-frame" });
    window.longFrames = { observer, frames };
  });

const longFrames = (desk: Desk): Promise<LongFrames> =>
  desk.evaluate(
    (pluginScripts) => {
      const { frames } = window.longFrames as { frames: readonly LongFrame[] };
      const pluginMs = frames.map(({ scripts }) =>
        scripts
          .filter(({ sourceURL }) => pluginScripts.some((name) => sourceURL.includes(name)))
          .reduce((sum, { duration }) => sum + duration, 0),
      );
      return {
        count: pluginMs.filter((ms) => ms > 0).length,
        pluginMs: Math.max(0, ...pluginMs),
        longestMs: Math.max(0, ...frames.map(({ duration }) => duration)),
      };
    },
    [PLUGIN, CALLER],
  );

async function measureRounds(screen: Screen, calls: number): Promise<Figures[]> {
  console.log(`${screen.name} open, ${calls} queued`);
  const figures: Figures[] = [];
  while (figures.length < ROUNDS) figures.push(await measure(screen, calls));
  return figures;
}

interface Measured {
  readonly screen: string;
  readonly figures: readonly Figures[];
}

const scriptMs = (figures: readonly Figures[]) => median(figures.map((one) => one.scriptMs)).toFixed(1);

/** The maximum over all rounds. */
const max = (figures: readonly Figures[], phase: Phase, read: (frames: LongFrames) => number) =>
  Math.max(...figures.map(({ frames }) => read(frames[phase])));

const table = (heads: readonly string[], numbersFrom: number, rows: readonly (readonly string[])[]) =>
  [heads, heads.map((_, index) => (index < numbersFrom ? "---" : "--:")), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");

const scriptTable = (idle: readonly Figures[], measured: readonly Measured[]) =>
  table(
    ["open", "scripts, empty queue", `scripts, ${QUEUED} queued`],
    1,
    measured.map(({ screen, figures }) => [screen, scriptMs(idle), scriptMs(figures)]),
  );

const frameTable = (measured: readonly Measured[]) =>
  table(
    ["open", "phase", "long frames of the plugin", "plugin's run time", "longest frame"],
    2,
    measured.flatMap(({ screen, figures }) =>
      PHASES.map((phase) => [
        screen,
        phase,
        String(max(figures, phase, ({ count }) => count)),
        max(figures, phase, ({ pluginMs }) => pluginMs).toFixed(0),
        max(figures, phase, ({ longestMs }) => longestMs).toFixed(0),
      ]),
    ),
  );

const report = (scripts: string, frames: string) => `# What queued calls cost the agent's page

Generated by \`npm run bench:page\` on ${cpus()[0].model.trim()}, with the real Flex UI 1.34.6 in Chromium. Do not edit.

${QUEUED} calls arrive at once, at a limit of one a second. Then the list or the view opens. After ${SECONDS} s the limit is raised to ${FAST.perSecond} a second, and the queue empties.

*Scripts*: milliseconds per second in which scripts of the page run, including Flex's own. Figures are medians of ${ROUNDS} runs of ${SECONDS} s. With an empty queue, nothing of the plugin is open.

${scripts}

Figures on long frames are maxima over ${ROUNDS} runs. The screen has 2 s to open.

- *Long frames of the plugin*: frames of more than 50 ms that run a script of the plugin, or the script that makes the calls. A queued call goes no further than the plugin.
- *Plugin's run time*: the most milliseconds that these scripts run in one such frame.
- *Longest frame*: the longest frame of more than 50 ms in milliseconds, including Flex's and React's own work. 0 means none.

${frames}
`;

async function main(): Promise<void> {
  buildIfStale();
  installChromium();
  const measured: Measured[] = [];
  await openBrowser();
  let idle: Figures[];
  try {
    idle = await measureRounds(SCREENS[0], 0);
    for (const screen of SCREENS) {
      measured.push({ screen: screen.name, figures: await measureRounds(screen, QUEUED) });
    }
  } finally {
    await closeBrowser();
  }
  const scripts = scriptTable(idle, measured);
  const frames = frameTable(measured);
  mkdirSync(join(FILE, ".."), { recursive: true });
  writeFileSync(FILE, report(scripts, frames));
  console.log(`${scripts}\n\n${frames}\nwrote docs/bench-page.md`);
  if (measured.some(({ figures }) => PHASES.some((phase) => max(figures, phase, ({ count }) => count) > 0)))
    throw new Error("a frame of more than 50 ms runs a script of the plugin");
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
