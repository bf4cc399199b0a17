/** Counts by limit and hour, kept for 14 days in this browser, separately for each account. */

import { Throttle, ThrottleEvent } from "../flexThrottle";
import { tryTo } from "../helpers/tryTo";
import { addCells, createCells, HistoryCells, HistoryCounts, HistoryRow } from "./historyCells";
import { keepRecent, parseCells, toRows } from "./historyCells";

/** The account's sid follows. */
const KEY_PREFIX = "flex-throttle-history-v1-";

/** Shorter waits come from the browser, not from a limit. */
const SHORTEST_WAIT_MS = 100;

export interface HistoryOptions {
  /** The account's sid. */
  readonly account: string;
  /** Throws where the browser denies access to its storage. */
  readonly storage: () => Storage;
  /** Milliseconds since 1970. */
  readonly wallClock: () => number;
  readonly report: (error: unknown) => void;
}

export class History {
  private stored: HistoryCells = {};
  /** Not written yet. */
  private added: HistoryCells = {};
  private cachedRows: readonly HistoryRow[] | undefined;
  /** How long each call had waited when it was last sent. */
  private readonly waits = new WeakMap<object, number>();

  constructor(private readonly options: HistoryOptions) {}

  /** @returns stops counting. */
  start(throttle: Pick<Throttle, "onEvent">): () => void {
    return throttle.onEvent((event) => this.countEvent(event));
  }

  /** Oldest first. The same array until something changes. */
  get rows(): readonly HistoryRow[] {
    return (this.cachedRows ??= toRows(addCells(this.stored, this.added)));
  }

  /** Adds the new counts to the stored ones, so that those of several tabs add up. Never throws. */
  write(): void {
    const { account, storage: openStorage, wallClock, report } = this.options;
    const nowMs = wallClock();
    this.cachedRows = undefined;
    this.added = keepRecent(this.added, nowMs);
    tryTo(() => {
      const storage = openStorage();
      const read = (key: string) => keepRecent(parseCells(storage.getItem(key)), nowMs);
      const ownKey = KEY_PREFIX + account;
      this.stored = read(ownKey);
      const sum = addCells(this.stored, this.added);
      store(storage, ownKey, sum);
      this.stored = sum;
      this.added = {};
      // Accounts that are no longer in use leave nothing behind.
      for (const key of Object.keys(storage)) if (key.startsWith(KEY_PREFIX)) store(storage, key, read(key));
    }, report);
  }

  private countEvent(event: ThrottleEvent): void {
    if (event.type === "sent") {
      const { call, attempt } = event;
      const waitedMs = event.waitedMs < SHORTEST_WAIT_MS ? 0 : Math.round(event.waitedMs);
      const earlierMs = attempt > 1 ? (this.waits.get(call) ?? 0) : 0;
      this.waits.set(call, waitedMs);
      this.count(event.limits, {
        starts: 1,
        waits: waitedMs > 0 && earlierMs === 0 ? 1 : 0,
        waitMs: waitedMs - earlierMs,
      });
    } else if (event.type === "throttled") this.count(event.limits, { throttled: 1 });
    else if (event.type === "dropped") this.count(event.call.limits, { dropped: 1 });
  }

  private count(limits: readonly string[], counts: Partial<HistoryCounts>): void {
    this.added = addCells(this.added, createCells(this.options.wallClock(), limits, counts));
    this.cachedRows = undefined;
  }
}

function store(storage: Storage, key: string, cells: HistoryCells): void {
  const json = JSON.stringify(cells);
  if (json === "{}") storage.removeItem(key);
  else if (json !== storage.getItem(key)) storage.setItem(key, json);
}
