/**
 * One log over a Sync List, with the deadlines of its requests. docs/architecture.md lists the properties of Twilio's SDK
 * that shape this file.
 */

import type { SyncClient, SyncList, SyncListItem } from "twilio-sync";

import type { Clock, Random } from "../throttle/clock";
import { CommitDates } from "./commitDates";
import { EngineError, EngineProblem, LogItem, LogListener, MAX_RECENT_ITEMS, OpenLog } from "./engine";
import { OPENING_MS, problemOf, REQUEST_MS, withDeadline } from "./syncRequests";

/** How long Sync keeps an item. */
const TTL_SECONDS = 15 * 60;

/** The most that Sync returns at once. */
const PAGE_SIZE = MAX_RECENT_ITEMS;

/**
 * The SDK's cache of a list only grows. Opening the list again empties it. The account's browsers receive the same items,
 * so they do so within this time, not at once: Sync allows 20 reads a second.
 */
const MAX_CACHED_ITEMS = 3000;
const REOPENING_SPREAD_MS = 60_000;

/** The connection that the log uses at the moment. */
export interface Connection {
  /** Undefined unless it is connected. */
  readonly connected: SyncClient | undefined;
  readonly problem: EngineProblem;
  /** Connects if necessary. */
  connect(): Promise<SyncClient>;
  closeList(list: SyncList): void;
  /** Resolves when the SDK has unsubscribed from the lists that were closed. */
  waitForClosedLists(): Promise<void>;
  /** Runs the work after that of earlier calls has ended. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
}

export interface SyncLogOptions {
  readonly name: string;
  readonly listener: LogListener;
  readonly clock: Clock;
  readonly random: Random;
  readonly connection: Connection;
  readonly onClose: (log: SyncLog) => void;
}

export class SyncLog implements OpenLog {
  private currentList: SyncList | undefined;
  /** Of the first list that was opened. Another one is a new log. */
  private firstSid: string | undefined;
  private opening: Promise<void> = Promise.resolve();
  /** Distinguishes the last attempt to open the list from those that are too late. */
  private attempts = 0;
  private lostBy: EngineProblem | undefined;
  private isClosed = false;
  /** The indexes in the SDK's cache. */
  private readonly cached = new Set<number>();
  private hasReadRecent = false;
  private readonly dates = new CommitDates();
  private cancelReopening: () => void = () => undefined;

  constructor(private readonly options: SyncLogOptions) {}

  /** Opens the list, in place of the open one. Resolves when Sync has started to send its events. */
  open(): Promise<void> {
    // The outer deadline includes the wait for other lists; the inner one lets the next list go on.
    const open = () =>
      this.within(
        OPENING_MS,
        this.options.connection.inTurn(() => this.within(OPENING_MS, this.openList())),
      );
    this.opening = this.opening.then(open, open);
    return this.opening;
  }

  /** Closes the list until there is another connection. */
  detach(): void {
    this.closeOpenList();
  }

  /** Opens the list over the current connection. The SDK subscribes again to a list that is still open. */
  attach(): void {
    if (!this.currentList) this.reopen();
  }

  push(data: object): Promise<LogItem> {
    const push = async () => this.toLogItem(await (await this.openedList()).push(data, { ttl: TTL_SECONDS }), true);
    // An item that is stored too late would hold a place in the queue that nobody uses.
    return this.within(REQUEST_MS, push(), ({ index }) => void this.remove(index).catch(() => undefined));
  }

  remove(index: number): Promise<void> {
    return this.within(
      REQUEST_MS,
      this.openedList().then((list) => removeFrom(list, index)),
    );
  }

  page(fromIndex: number): Promise<readonly LogItem[]> {
    return this.within(REQUEST_MS, this.readFrom(fromIndex));
  }

  recent(): Promise<readonly LogItem[]> {
    return this.within(OPENING_MS, this.readRecent());
  }

  close(): void {
    this.isClosed = true;
    this.cancelReopening();
    this.closeOpenList();
    this.options.onClose(this);
  }

  setLost(problem: EngineProblem): void {
    if (this.lostBy === problem || this.isClosed) return;
    this.lostBy = problem;
    this.options.listener.onLost(problem);
  }

  private reopen(): void {
    this.open().then(
      () => this.setReconnected(),
      (error) => this.endUnlessDisconnected(problemOf(error)),
    );
  }

  private setReconnected(): void {
    this.cancelReopening();
    this.lostBy = undefined;
    if (!this.isClosed) this.options.listener.onReconnected();
  }

  /** Without a connection, the log waits for the next one. */
  private endUnlessDisconnected(problem: EngineProblem): void {
    if (!this.options.connection.connected) return this.setLost(problem);
    if (this.isClosed) return;
    this.close();
    this.options.listener.onClosed(problem);
  }

  private async openList(): Promise<void> {
    const attempt = (this.attempts += 1);
    const isLate = () => this.isClosed || attempt !== this.attempts;
    const { connection, name } = this.options;
    const client = await connection.connect();
    if (isLate()) return;
    this.closeOpenList();
    await connection.waitForClosedLists();
    const list = await this.timed(client.list(name));
    this.firstSid ??= list.sid;
    if (isLate()) return connection.closeList(list);
    this.currentList = list;
    this.cached.clear();
    this.hasReadRecent = false;
    if (list.sid !== this.firstSid) throw new EngineError("failed", "Somebody deleted the list");
    await this.subscribe(list);
  }

  private closeOpenList(): void {
    if (this.currentList) this.options.connection.closeList(this.currentList);
    this.currentList = undefined;
  }

  /** Resolves when Sync confirms the subscription. The SDK subscribes again after each reconnect. */
  private subscribe(list: SyncList): Promise<void> {
    list.on("itemAdded", ({ item }: { item: SyncListItem }) =>
      this.options.listener.onItem(this.toLogItem(item, true)),
    );
    list.on("removed", () => this.endUnlessDisconnected("failed"));
    return new Promise((resolve, reject) => {
      let isEstablished = false;
      list.on("failure", (error) => {
        if (isEstablished) this.endUnlessDisconnected(problemOf(error));
        else reject(error);
      });
      list.on("_subscriptionStateChanged", (state: string) => {
        if (state !== "established") return;
        if (isEstablished) this.setReconnected();
        isEstablished = true;
        resolve();
      });
    });
  }

  private async readFrom(fromIndex: number): Promise<LogItem[]> {
    const items: SyncListItem[] = [];
    for (let from = fromIndex, isDone = false; !isDone;) {
      // The SDK would answer from its cache, gaps included.
      const list = await this.listToRead(this.cached.has(from));
      // The paginator's nextPage() would stop at the highest item that the SDK knows.
      const page = await this.timed(list.getItems({ from, order: "asc", pageSize: PAGE_SIZE }));
      items.push(...page.items);
      from = Math.max(from, ...page.items.map(({ index }) => index + 1));
      isDone = page.items.length === 0 || (page.items.length < PAGE_SIZE && !page.hasNextPage);
    }
    return items.map((item) => this.toLogItem(item, false));
  }

  private async readRecent(): Promise<LogItem[]> {
    // The SDK's cache answers descending order correctly only once.
    const list = await this.listToRead(this.hasReadRecent);
    this.hasReadRecent = true;
    const { items } = await this.timed(list.getItems({ order: "desc", pageSize: PAGE_SIZE }));
    return items.map((item) => this.toLogItem(item, false)).reverse();
  }

  private async listToRead(needsEmptyCache: boolean): Promise<SyncList> {
    const list = await this.openedList();
    if (!needsEmptyCache) return list;
    try {
      await this.open();
    } catch (error) {
      this.endUnlessDisconnected(problemOf(error));
      throw error;
    }
    return this.openedList();
  }

  private async openedList(): Promise<SyncList> {
    const { connection } = this.options;
    // Without a connection, the SDK would keep a request and send it up to 20 seconds later.
    const assertConnected = () => {
      if (!connection.connected) throw new EngineError(connection.problem, "No connection to Sync");
    };
    assertConnected();
    await this.opening;
    assertConnected();
    if (!this.currentList) throw new EngineError("failed", "The log is closed");
    return this.currentList;
  }

  private toLogItem(item: SyncListItem, isNew: boolean): LogItem {
    this.cached.add(item.index);
    const { clock, random } = this.options;
    // Again after as many items, in case the connection was lost in between.
    if (this.cached.size % MAX_CACHED_ITEMS === 0 && !this.lostBy && !this.isClosed) {
      this.cancelReopening();
      this.cancelReopening = clock.schedule(() => this.reopen(), random() * REOPENING_SPREAD_MS);
    }
    const receivedAtMs = isNew ? clock.now() : undefined;
    const committedAtMs = this.dates.read(item.dateUpdated.getTime(), receivedAtMs);
    return { index: item.index, committedAtMs, data: item.data };
  }

  private async timed<T>(request: Promise<T>): Promise<T> {
    const { clock, listener } = this.options;
    const sentMs = clock.now();
    const answer = await request;
    listener.onRoundTrip(clock.now() - sentMs);
    return answer;
  }

  private within<T>(deadlineMs: number, promise: Promise<T>, onLate?: (value: T) => void): Promise<T> {
    const problem = () => (this.options.connection.connected ? "slow" : this.options.connection.problem);
    return withDeadline(this.options.clock, promise, deadlineMs, problem, onLate);
  }
}

async function removeFrom(list: SyncList, index: number): Promise<void> {
  try {
    // The SDK's remove() fails for an item that it knows to be gone.
    if (await list.get(index)) await list.remove(index);
  } catch (error) {
    if ((error as { status?: number }).status !== 404) throw error;
  }
}
