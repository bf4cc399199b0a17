/** A service that keeps the logs of the account budget in memory, on a virtual clock, with latency and faults. */

import { CommitDates } from "../src/account/commitDates";
import { EngineError, EngineProblem, LogEngine, LogItem, LogListener, OpenLog } from "../src/account/engine";
import { Clock } from "../src/throttle/clock";
import { START_MS } from "./tickets";
import { VirtualClock } from "./virtualClock";

export interface MemoryLogsOptions {
  readonly clock: VirtualClock;
  readonly random: () => number;
  /** One way between a browser and the service. */
  readonly latency: { readonly fromMs: number; readonly toMs: number };
  /** The share of events that arrive 1 to 3 s late. */
  readonly lateShare?: number;
  /** The share of events that never arrive. */
  readonly lostShare?: number;
  /** The share of events that arrive twice. */
  readonly doubledShare?: number;
  /** The share of pushes that are stored twice. */
  readonly storedTwiceShare?: number;
  /** Whether it uses every second index only. */
  readonly skipsIndexes?: boolean;
  /** Writes a second and log. Ten seconds' worth may come at once. Default: Sync's limit. */
  readonly writesPerSecond?: number;
  /** Reads a second and log, likewise. To open a log is one, and so is each page of it. */
  readonly readsPerSecond?: number;
  /** Whether its dates have no milliseconds. The engines then estimate them, as over Sync. */
  readonly hasWholeSeconds?: boolean;
  /** Receives everything that browsers push, when it reaches the service. */
  readonly onPush?: (data: object, isRefused: boolean) => void;
}

/** Reads an item's date as an engine does. @param receivedAtMs undefined if the item was read later. */
type ReadItem = (item: LogItem, receivedAtMs?: number) => LogItem;

interface Subscriber {
  readonly listener: LogListener;
  isOpen: boolean;
}

interface MemoryLog {
  readonly items: LogItem[];
  readonly subscribers: Set<Subscriber>;
  readonly writes: RequestLimit;
  readonly reads: RequestLimit;
  nextIndex: number;
}

/** Sync's limits per object. */
const REQUESTS_PER_SECOND = 20;
const SECONDS_AT_ONCE = 10;

/** When an engine rejects a promise that the service has not settled. */
const DEADLINE_MS = 2000;

/** `offline`: every browser notices at once that the service is gone. `silent`: nobody notices. */
export type Outage = "offline" | "silent" | EngineProblem;

export class MemoryLogs {
  /** How many pushes, pages and removals reached the service. `refused` counts pushes, `refusedReads` all reads. */
  readonly counts = { opened: 0, pushed: 0, refused: 0, read: 0, refusedReads: 0, removed: 0 };
  private readonly logs = new Map<string, MemoryLog>();
  private outage: Outage | undefined;

  constructor(private readonly options: MemoryLogsOptions) {}

  /** Begins or ends an outage for all browsers. */
  set fault(fault: Outage | undefined) {
    const wasOffline = this.outage === "offline";
    this.outage = fault;
    if (fault === "offline") this.forEach(({ listener }) => listener.onLost("disconnected"));
    else if (wasOffline) this.forEach(({ listener }) => listener.onReconnected());
  }

  /** Lets every browser subscribe again without a loss that it noticed, as Twilio's SDK does by itself. */
  resubscribe(): void {
    this.forEach(({ listener }) => listener.onReconnected());
  }

  /** The items of a log, oldest first. */
  itemsOf(limit: string): readonly LogItem[] {
    return this.get(limit).items;
  }

  /**
   * Stores an item as another client of the account might.
   *
   * @param lateMs how late its events are; `Infinity` if they are lost.
   */
  store(limit: string, data: unknown, lateMs?: number): LogItem {
    const { clock, hasWholeSeconds } = this.options;
    const log = this.get(limit);
    const precisionMs = hasWholeSeconds ? 1000 : 1;
    const committedAtMs = START_MS + Math.floor(clock.now() / precisionMs) * precisionMs;
    const item: LogItem = { index: log.nextIndex, committedAtMs, data: JSON.parse(JSON.stringify(data)) };
    log.nextIndex += this.options.skipsIndexes ? 2 : 1;
    log.items.push(item);
    log.subscribers.forEach((subscriber) => this.notify(subscriber, item, lateMs));
    return item;
  }

  /** Removes all items, as the service does after some time. */
  expire(limit: string): void {
    this.get(limit).items.length = 0;
  }

  /** Deletes a log. Its successor begins from index 0. */
  delete(limit: string): void {
    const { subscribers } = this.get(limit);
    this.logs.delete(limit);
    subscribers.forEach(({ listener }) => listener.onClosed("failed"));
  }

  /** @param clock of the browser that uses it. */
  newEngine(clock: Clock = this.options.clock): LogEngine {
    const own = new Set<() => void>();
    let lastOpening: Promise<unknown> = Promise.resolve();
    const travelToOpen = async (limit: string, { onRoundTrip }: LogListener) => {
      // To the service, which opens the log, and back; then to subscribe.
      await this.timed(onRoundTrip, async () => {
        await this.travel();
        this.spendRead(this.get(limit));
        await this.travel();
      });
      await this.travel();
      await this.travel();
    };
    return {
      open: async (limit, listener) => {
        // One after the other, as over Sync.
        const open = () => travelToOpen(limit, listener);
        await (lastOpening = lastOpening.then(open, open));
        this.counts.opened += 1;
        const readItem = this.newReader();
        const onItem = (item: LogItem) => listener.onItem(readItem(item, clock.now()));
        const subscriber = { listener: { ...listener, onItem }, isOpen: true };
        const log = this.get(limit);
        log.subscribers.add(subscriber);
        const close = () => {
          subscriber.isOpen = false;
          log.subscribers.delete(subscriber);
        };
        own.add(close);
        const readPushed = (item: LogItem) => readItem(item, clock.now());
        return this.openLog(limit, listener, close, { readPushed, readItem });
      },
      close: () => own.forEach((close) => close()),
    };
  }

  /** One for each open log. */
  private newReader(): ReadItem {
    if (!this.options.hasWholeSeconds) return (item) => item;
    const dates = new CommitDates();
    return (item, receivedAtMs) => ({ ...item, committedAtMs: dates.read(item.committedAtMs, receivedAtMs) });
  }

  private openLog(
    limit: string,
    { onRoundTrip }: LogListener,
    close: () => void,
    { readPushed, readItem }: { readonly readPushed: ReadItem; readonly readItem: ReadItem },
  ): OpenLog {
    const log = this.get(limit);
    const read = (items: () => readonly LogItem[]) =>
      this.timed(onRoundTrip, async () => {
        await this.travel();
        this.counts.read += 1;
        this.spendRead(log);
        const found = items().slice();
        await this.travel();
        return found.map((item) => readItem(item));
      });
    return {
      push: async (data) => {
        await this.travel();
        this.spendWrite(log, data);
        const item = this.store(limit, data);
        if (this.isChosen(this.options.storedTwiceShare)) this.store(limit, data);
        await this.travel();
        return readPushed(item);
      },
      remove: async (index) => {
        await this.travel();
        this.counts.removed += 1;
        const position = log.items.findIndex((item) => item.index === index);
        if (position >= 0) log.items.splice(position, 1);
      },
      recent: () => read(() => log.items.slice(-100)),
      page: (fromIndex) => read(() => log.items.filter(({ index }) => index >= fromIndex)),
      close,
    };
  }

  private spendWrite({ writes }: MemoryLog, data: object): void {
    const { clock, onPush } = this.options;
    const isRefused = !writes.admit(clock.now());
    this.counts.pushed += 1;
    onPush?.(data, isRefused);
    if (!isRefused) return;
    this.counts.refused += 1;
    throw new EngineError("tooManyWrites", "54009");
  }

  /** Sync has one error for reads and writes. */
  private spendRead({ reads }: MemoryLog): void {
    if (reads.admit(this.options.clock.now())) return;
    this.counts.refusedReads += 1;
    throw new EngineError("tooManyWrites", "54009");
  }

  private notify(subscriber: Subscriber, item: LogItem, fixedLateMs?: number): void {
    const { clock, random, lateShare, lostShare, doubledShare } = this.options;
    if (this.outage === "offline" || this.outage === "silent" || this.isChosen(lostShare)) return;
    const lateMs = fixedLateMs ?? (this.isChosen(lateShare) ? 1000 + random() * 2000 : 0);
    if (lateMs === Infinity) return;
    const arrive = () => {
      if (subscriber.isOpen) subscriber.listener.onItem(item);
    };
    clock.schedule(arrive, this.latencyMs() + lateMs);
    if (this.isChosen(doubledShare)) clock.schedule(arrive, this.latencyMs() + lateMs);
  }

  /** One way. Rejects in an outage, at the deadline if nobody notices it. */
  private async travel(): Promise<void> {
    const { outage } = this;
    if (outage === "silent") {
      await this.options.clock.sleep(DEADLINE_MS);
      throw new EngineError("slow", "silent");
    }
    if (outage === "offline") throw new EngineError("disconnected", "offline");
    await this.options.clock.sleep(this.latencyMs());
    if (outage) throw new EngineError(outage, outage);
  }

  private async timed<T>(onRoundTrip: LogListener["onRoundTrip"], request: () => Promise<T>): Promise<T> {
    const { clock } = this.options;
    const sentMs = clock.now();
    const answer = await request();
    onRoundTrip(clock.now() - sentMs);
    return answer;
  }

  private latencyMs(): number {
    const { fromMs, toMs } = this.options.latency;
    return fromMs + this.options.random() * (toMs - fromMs);
  }

  private isChosen(share = 0): boolean {
    return share > 0 && this.options.random() < share;
  }

  private forEach(visit: (subscriber: Subscriber) => void): void {
    this.logs.forEach(({ subscribers }) => subscribers.forEach(visit));
  }

  private get(limit: string): MemoryLog {
    let log = this.logs.get(limit);
    if (!log) {
      const { clock, writesPerSecond, readsPerSecond } = this.options;
      const writes = new RequestLimit(clock.now(), writesPerSecond);
      const reads = new RequestLimit(clock.now(), readsPerSecond);
      log = { items: [], subscribers: new Set(), writes, reads, nextIndex: 0 };
      this.logs.set(limit, log);
    }
    return log;
  }
}

/** A token bucket that begins full. */
class RequestLimit {
  private readonly most: number;
  private tokens: number;

  constructor(
    private refilledMs: number,
    private readonly perSecond = REQUESTS_PER_SECOND,
  ) {
    this.most = this.tokens = perSecond * SECONDS_AT_ONCE;
  }

  admit(nowMs: number): boolean {
    const earned = ((nowMs - this.refilledMs) / 1000) * this.perSecond;
    this.tokens = Math.min(this.most, this.tokens + earned);
    this.refilledMs = nowMs;
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}
