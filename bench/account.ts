/**
 * Measures what the account budget costs a browser that knows many tickets: the fold alone, and all that the browser does
 * when one more ticket arrives. `npm run bench:account`
 */

import { writeFileSync } from "fs";
import { cpus, loadavg } from "os";
import { resolve } from "path";

import { LogEngine, LogItem, LogListener } from "../src/account/engine";
import { Fold } from "../src/account/fold";
import { LimitLog } from "../src/account/limitLog";
import { SharedBudget } from "../src/account/sharedBudget";
import { LIMITS } from "../src/limits/limits";
import { readSettings } from "../src/settings/readSettings";
import { Throttle } from "../src/throttle/throttle";
import { itemOf, START_MS, ticketOf } from "../testing/tickets";
import { seeded, VirtualClock } from "../testing/virtualClock";
import { median } from "./spread";

const FILE = resolve(__dirname, "../docs/bench-account.md");
const TICKETS = 10_000;
const RUNS = 20;

/** How far ahead a browser asks for turns. */
const HORIZON_MS = 2000;

/** All tickets are stored within this time. */
const STORED_MS = 1000;

const JOIN = "POST /WebChannels/Users" as const;
const LIMIT = { perSecond: LIMITS[JOIN].perSecond, guard: 0.06 };

/** The calls of this browser that wait behind all tickets. */
const OWN_CALLS = 5;

/** A backlog of tickets of one call each, from as many browsers. Every second index is free for a late one. */
const items = Array.from({ length: TICKETS }, (_, n) =>
  itemOf(2 * n + 2, Math.round((n * STORED_MS) / TICKETS), ticketOf(`b${n}`, 1)),
);

function foldAll(untilMs: number): Fold {
  const fold = new Fold(LIMIT);
  items.forEach((item) => fold.add(item));
  fold.advanceTo(untilMs);
  return fold;
}

function timed(work: () => void): number {
  const startMs = performance.now();
  work();
  return performance.now() - startMs;
}

const medianOf = (measure: () => number) => median(Array.from({ length: RUNS }, measure));

/** A ticket that was stored before the last ones. */
const lateItem = (lateBy: number, sender: string) => {
  const position = TICKETS - lateBy;
  return itemOf(2 * position + 1, Math.round((position * STORED_MS) / TICKETS), ticketOf(sender, 1));
};

/** Adds a ticket, and asks for the next turns again. */
function foldArrivalMs(lateBy: number): number {
  const fold = foldAll(START_MS + STORED_MS + HORIZON_MS);
  const item = lateItem(lateBy, "arriving");
  return timed(() => {
    fold.add(item);
    fold.advanceTo(START_MS + STORED_MS + HORIZON_MS);
  });
}

/** A service that stores what the browser pushes, and delivers what the benchmark wants. */
class OneBrowserEngine implements LogEngine {
  listener: LogListener | undefined;
  private nextIndex = 2 * TICKETS + 2;

  constructor(private readonly clock: VirtualClock) {}

  deliver(item: LogItem): void {
    this.listener?.onItem(item);
  }

  open: LogEngine["open"] = async (_, listener) => {
    this.listener = listener;
    const store = (data: object) => {
      this.nextIndex += 1;
      return { index: this.nextIndex, committedAtMs: START_MS + Math.floor(this.clock.now()), data };
    };
    const none = () => Promise.resolve([]);
    const nothing = () => undefined;
    return {
      push: (data) => Promise.resolve(store(data)),
      remove: async () => {},
      recent: none,
      page: none,
      close: nothing,
    };
  };

  close(): void {
    this.listener = undefined;
  }
}

/** A browser that knows all tickets, and whose own calls wait behind them. */
async function openBrowser() {
  const clock = new VirtualClock();
  const engine = new OneBrowserEngine(clock);
  const { settings } = readSettings({ queue: { maxWaitSeconds: 86_400 } });
  const report = (error: unknown) => {
    throw error;
  };
  const options = { settings, clock, random: seeded(1), report };
  const budget = new SharedBudget({ ...options, engine });
  const throttle = new Throttle({ ...options, accountBudget: budget });
  budget.prepare(JOIN);
  await clock.run(STORED_MS);
  items.forEach((item) => engine.deliver(item));
  for (let n = 0; n < OWN_CALLS; n += 1)
    void throttle.acquire({ limits: [JOIN], name: "bench", priority: "high" }).catch(() => undefined);
  await clock.run(STORED_MS + 500);
  const { limits } = budget as unknown as { readonly limits: ReadonlyMap<string, { readonly log: LimitLog }> };
  const log = limits.get(JOIN)?.log;
  if (!log || log.status(clock.now()).waiting < TICKETS) throw new Error("The browser does not know all tickets");
  return { clock, engine, budget, log };
}

async function measureBrowser(): Promise<[string, number][]> {
  const { clock, engine, budget, log } = await openBrowser();
  const nowMs = clock.now();
  let number = 0;
  const arrive = async (itemAt: (n: number) => LogItem) => {
    const times: number[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      number += 1;
      const item = itemAt(number);
      const startMs = performance.now();
      engine.deliver(item);
      // The throttle computes its waits again in a later task.
      await clock.run(clock.now());
      times.push(performance.now() - startMs);
    }
    return median(times);
  };
  const afterMs = Math.floor(nowMs);
  const latest = (n: number) => itemOf(3 * TICKETS + n, afterMs, ticketOf("next", n));
  return [
    ["a ticket arrives", await arrive(latest)],
    ["a ticket arrives behind about 20 later ones", await arrive((n) => lateItem(20 + n, `late${n}`))],
    ["the wait of the next call, beyond the horizon", medianOf(() => timed(() => budget.waitMs(JOIN, nowMs)))],
    ["the wait of one more call", medianOf(() => timed(() => budget.estimateWaitMs(JOIN, nowMs, OWN_CALLS)))],
    ["whether others wait", medianOf(() => timed(() => void log.hasOthersWaiting))],
    ["the counts for a screen", medianOf(() => timed(() => budget.status(nowMs)))],
  ];
}

const HEAD = ["work", "milliseconds"] as const;

/** As prettier writes it. */
function table(rows: readonly [string, number][]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  const line = (name: string, value: string) => `| ${name.padEnd(width)} | ${value.padStart(HEAD[1].length)} |`;
  const rule = `| ${"-".repeat(width)} | ${"-".repeat(HEAD[1].length - 1)}: |`;
  return [line(...HEAD), rule, ...rows.map(([name, ms]) => line(name, ms.toFixed(3)))].join("\n");
}

const report = (
  fold: readonly [string, number][],
  browser: readonly [string, number][],
) => `# What the account budget costs

Generated by \`npm run bench:account\` on ${cpus()[0].model.trim()} (${cpus().length} cores, load average ${loadavg()[0].toFixed(1)}), in Node. Do not edit.

A browser knows ${TICKETS} tickets of one call each, from as many browsers, all stored within a second. At ${LIMIT.perSecond} calls a second, this queue takes ${Math.round(TICKETS / LIMIT.perSecond / 60)} minutes, which is far more than an account has. The figures are medians of ${RUNS} runs. A load average above the number of cores means that the machine was shared, which makes all figures longer.

## The fold alone

The fold computes turns from tickets. It is asked for the turns of the next ${HORIZON_MS / 1000} seconds, unless all are named.

${table(fold)}

## All that a browser does

${OWN_CALLS} calls of the browser wait behind the tickets. When a ticket arrives, the browser adds it, computes the turns again, and the throttle computes its waits again. The other rows are single questions, which are part of the first or are asked for by screens.

${table(browser)}
`;

async function main(): Promise<void> {
  const fold: [string, number][] = [
    [`all turns of ${TICKETS} tickets`, medianOf(() => timed(() => foldAll(Infinity)))],
    ["one more ticket", medianOf(() => foldArrivalMs(0))],
    ["one that arrives behind 20 later ones", medianOf(() => foldArrivalMs(20))],
    [`one that arrives behind ${TICKETS} later ones`, medianOf(() => foldArrivalMs(TICKETS))],
  ];
  writeFileSync(FILE, report(fold, await measureBrowser()));
  console.log("wrote docs/bench-account.md");
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
