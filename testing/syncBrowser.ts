import { performance } from "perf_hooks";

import type { EngineError, LogItem, LogListener, OpenLog } from "../src/account/engine";
import { SyncEngine } from "../src/account/syncEngine";
import { startStandIn, type StandIn } from "../stand-in";
import { agentToken, standInOptions } from "./syncClient";

/** A deadline schedules its next step until it has passed. */
const STEPS = 100;

/** Shorter timers are no deadlines. */
const STEP_MS = 250;

/** Deadlines pass when a test says so, because a busy machine can be slower than any deadline. */
class ManualTimers {
  private readonly pending = new Set<() => void>();

  now = (): number => performance.now();

  schedule = (callback: () => void, delayMs: number): (() => void) => {
    if (delayMs < STEP_MS) setTimeout(callback, delayMs);
    else this.pending.add(callback);
    return () => this.pending.delete(callback);
  };

  get waiting(): readonly (() => void)[] {
    return [...this.pending];
  }

  fire(): void {
    for (let step = 0; step < STEPS; step += 1) {
      const callbacks = [...this.pending];
      this.pending.clear();
      callbacks.forEach((callback) => callback());
    }
  }
}

/** A browser: its engine, its token, and what its log's listener was told. */
export class SyncBrowser {
  readonly items: LogItem[] = [];
  readonly events: string[] = [];
  private readonly timers = new ManualTimers();
  private readonly tokenListeners = new Set<() => void>();
  private currentToken: string | undefined;
  readonly engine: SyncEngine;

  constructor(
    private readonly standIn: StandIn,
    private readonly agent: string,
  ) {
    this.currentToken = agentToken(standIn, agent);
    this.engine = new SyncEngine({
      tokens: {
        token: () => this.currentToken,
        onChange: (listener) => {
          this.tokenListeners.add(listener);
          return () => this.tokenListeners.delete(listener);
        },
      },
      clock: this.timers,
      random: Math.random,
      clientOptions: { ...standInOptions(standIn), retryPolicy: { min: 1, max: 10, randomness: 0 } },
    });
  }

  readonly roundTripsMs: number[] = [];
  readonly listener: LogListener = {
    onItem: (item) => this.items.push(item),
    onReconnected: () => this.events.push("reconnected"),
    onLost: (problem) => this.events.push(`lost: ${problem}`),
    onClosed: (problem) => this.events.push(`closed: ${problem}`),
    onRoundTrip: (tookMs) => this.roundTripsMs.push(tookMs),
  };

  /** Lets all deadlines pass, and everything happen that the engine does later. */
  passTime(): void {
    this.timers.fire();
  }

  get hasTimers(): boolean {
    return this.scheduled.length > 0;
  }

  /** What is scheduled, deadlines included. */
  get scheduled(): readonly (() => void)[] {
    return this.timers.waiting;
  }

  setToken(token: string | undefined): void {
    this.currentToken = token;
    this.tokenListeners.forEach((listener) => listener());
  }

  renewToken(): void {
    // The signature makes the difference: the stand-in does not check it.
    this.setToken(`${agentToken(this.standIn, this.agent)}${Math.random()}`);
  }

  open(limit: string): Promise<OpenLog> {
    return this.engine.open(limit, this.listener);
  }

  get numbers(): unknown[] {
    return this.items.map(numberOf);
  }
}

/** For each test a new stand-in, and browsers that are closed after it. @param limit whose log `open` opens. */
export function setUpSyncBrowsers(limit: string) {
  let standIn: StandIn;
  const browsers: SyncBrowser[] = [];
  beforeEach(async () => {
    standIn = await startStandIn();
  });
  afterEach(async () => {
    browsers.splice(0).forEach(({ engine }) => engine.close());
    await standIn.close();
  });

  const newBrowser = (agent = "ann"): SyncBrowser => {
    const browser = new SyncBrowser(standIn, agent);
    browsers.push(browser);
    return browser;
  };
  const open = async (agent?: string): Promise<SyncBrowser & { log: OpenLog }> => {
    const browser = newBrowser(agent);
    return Object.assign(browser, { log: await browser.open(limit) });
  };
  return { getStandIn: () => standIn, newBrowser, open };
}

/** The number that a test wrote. */
export const numberOf = ({ data }: LogItem): unknown => (data as { n: number }).n;

/** The problem that the promise is rejected with. */
export const problemOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => "none",
    (error: EngineError) => (error.name === "EngineError" ? error.problem : `not an EngineError: ${String(error)}`),
  );
