/** What this browser knows of the tickets on one limit: reads the log, folds it, and converts turns to its own clock. */

import { AccountLimitStatus } from "../throttle/accountBudget";
import { Clock, Random } from "../throttle/clock";
import { LogEngine, LogItem, MAX_RECENT_ITEMS } from "./engine";
import { Added, Fold, FoldSettings } from "./fold";
import { LogConnection } from "./logConnection";
import { Turn } from "./placedTurns";
import { ServiceClock } from "./serviceClock";
import { formatTicket, LateTurn, readTicket, Snapshot, Ticket } from "./ticket";

export interface LimitLogOptions {
  readonly limit: string;
  readonly settings: FoldSettings;
  readonly engine: LogEngine;
  readonly clock: Clock;
  readonly random: Random;
  readonly serviceClock: ServiceClock;
  /** The first part of the ids of this browser's tickets. */
  readonly sender: string;
  /** An own ticket was stored, or refused by the fold. */
  readonly onOwn: (id: string, result: Added) => void;
  /** Turns, or the connection, have changed. */
  readonly onChange: () => void;
  /** Own tickets may no longer grant turns. */
  readonly onRestart: () => void;
  /** Receives why a ticket of another browser is ignored. */
  readonly reportTicket: (why: string) => void;
}

/** The period that the counts for screens cover, in milliseconds. What is older is forgotten. */
export const COUNTED_MS = 60_000;

/** Turns are computed this far ahead. Later ones are estimates. */
const HORIZON_MS = 2000;

/** Assumed time from a push to its turn while nothing better is known. Shorter than the lead time of an accept. */
const UNKNOWN_MS = 200;

/** A snapshot reaches this far. */
const SNAPSHOT_MS = 240_000;

/** Smaller delays are not worth a write: the window's guard covers most of them. */
const MIN_LATE_MS = 80;

/** A missing item is read after this time, because most late ones arrive before. */
const MISSING_MS = 4000;

/** More missing items were removed, or are read after a reconnect. */
const MAX_MISSING = 50;

/** A log with fewer items was just created. */
const NEW_LOG_ITEMS = 10;

/** Old items are forgotten each time this many have arrived. */
const TIDY_ITEMS = 50;

export class LimitLog {
  readonly connection: LogConnection;
  /** How long all calls of the tickets that arrived take, in milliseconds. Only grows. */
  loadMs = 0;
  private fold: Fold;
  private keptItems = 0;
  /** Items that arrived while the log was being opened. */
  private early: LogItem[] = [];
  /** Indexes of missing items, and since when. */
  private readonly missing = new Map<number, number>();
  private cancelRead: (() => void) | undefined;
  /** False after missing items did not arrive: the service skips indexes, or another client removes items. */
  private expectsMissing = true;

  constructor(private readonly options: LimitLogOptions) {
    this.fold = this.createFold();
    this.connection = new LogConnection({
      ...options,
      nextIndex: () => this.fold.lastIndex + 1,
      onOpened: (items) => this.start(items),
      onRoundTrip: (tookMs) => options.serviceClock.recordRead(tookMs),
      onItem: (item, receivedMs) => this.addItem(item, receivedMs),
      onChange: () => {
        this.early = [];
        this.readMissingLater();
        options.onChange();
      },
    });
  }

  has(id: string): boolean {
    return this.fold.has(id);
  }

  durationOf(calls: number): number {
    return this.fold.durationOf(calls);
  }

  /** Rejects with an `EngineError`. */
  async push(ticket: Ticket): Promise<void> {
    const { clock, serviceClock } = this.options;
    const sentMs = clock.now();
    const sentAtMs = serviceClock.isKnown ? serviceClock.toService(sentMs) : undefined;
    // A snapshot claims to know every ticket up to its index.
    const mayTell = sentAtMs !== undefined && this.connection.isCurrent && this.missing.size === 0;
    const snapshot = mayTell ? this.fold.snapshot(sentAtMs + SNAPSHOT_MS) : undefined;
    const item = await this.connection.push(formatTicket({ ...ticket, sentAtMs, snapshot }));
    serviceClock.record(sentMs, clock.now(), item.committedAtMs);
    this.addItem(item, clock.now());
  }

  /** When a call of an own ticket may be sent. `undefined` if its turn is not known. */
  startOf(id: string, call: number): number | undefined {
    const { clock, serviceClock } = this.options;
    if (!this.connection.isCurrent || !serviceClock.isKnown) return undefined;
    const nowMs = clock.now();
    this.advance(nowMs);
    const turn: Turn | undefined = this.fold.turnsOf(id)[call];
    if (turn) return this.startFor(turn.openMs);
    const ahead = this.fold.countBefore(id) + call;
    const startMs = this.startFor(this.fold.nextSlotMs() + this.fold.durationOf(ahead));
    // It is beyond the horizon. Calls come in groups, one for each window, so it may be that much earlier.
    return Math.max(startMs - 2 * this.fold.windowMs, nowMs + HORIZON_MS / 2);
  }

  /** How late a call of an own ticket is that is sent now. `undefined` if it is in time, or its turn is not known. */
  lateTurnOf(id: string, call: number): LateTurn | undefined {
    const { clock, serviceClock } = this.options;
    const turn: Turn | undefined = this.fold.turnsOf(id)[call];
    if (!turn || clock.now() < this.startFor(turn.atMs) + MIN_LATE_MS) return undefined;
    return [turn.atMs, Math.max(0, serviceClock.toArrival(clock.now()) - turn.atMs)];
  }

  /** Whether a call of another browser waits for its turn. */
  get hasOthersWaiting(): boolean {
    const { clock, serviceClock, sender } = this.options;
    return this.fold.hasOthersAfter(serviceClock.toService(clock.now()), sender);
  }

  /** When a ticket that is pushed now gets its turn, in milliseconds from now. Always more than 0. */
  estimateNewMs(): number {
    const { clock, serviceClock } = this.options;
    if (!serviceClock.isKnown) return UNKNOWN_MS;
    const nowMs = clock.now();
    this.advance(nowMs);
    const queueEndMs = this.fold.nextSlotMs() + this.fold.durationOf(this.fold.unplacedCalls);
    return Math.max(UNKNOWN_MS, this.startFor(queueEndMs) - nowMs);
  }

  status(nowMs: number): AccountLimitStatus {
    const { serviceClock, limit, sender } = this.options;
    const { isPaced } = this.connection;
    if (!serviceClock.isKnown) return { limit, isPaced, starts: 0, waiting: 0, agents: 1, throttled: 0 };
    this.advance(nowMs);
    const serviceMs = serviceClock.toService(nowMs);
    const turns = this.fold.placedTurns();
    const tickets = this.fold.ticketsSince(serviceMs - COUNTED_MS);
    return {
      limit,
      isPaced,
      starts: turns.filter(({ atMs }) => atMs > serviceMs - COUNTED_MS && atMs <= serviceMs).length,
      waiting: turns.filter(({ atMs }) => atMs > serviceMs).length + this.fold.unplacedCalls,
      agents: new Set([sender, ...tickets.map((ticket) => ticket.sender)]).size,
      throttled: tickets.filter(({ isRetry }) => isRetry).length,
    };
  }

  /** Forgets what no longer matters. */
  tidy(): void {
    const { clock, serviceClock } = this.options;
    if (this.keptItems % TIDY_ITEMS !== 0 || !serviceClock.isKnown) return;
    this.fold.forgetBefore(serviceClock.toService(clock.now()) - COUNTED_MS);
    this.options.onRestart();
  }

  end(): void {
    this.cancelRead?.();
    this.connection.end();
  }

  /** Begins again with the newest items of a log that was just opened. */
  private start(items: readonly LogItem[]): void {
    this.fold = this.createFold();
    this.keptItems = 0;
    this.missing.clear();
    // With fewer items, there are none before them, and snapshots know less.
    const snapshot = items.length < MAX_RECENT_ITEMS ? undefined : chooseSnapshot(items);
    if (snapshot) this.fold.startFrom(snapshot);
    [...items, ...this.early].forEach((item) => this.addItem(item));
    this.options.onRestart();
  }

  private addItem(item: LogItem, receivedMs?: number): void {
    const { serviceClock, sender, reportTicket, onOwn, onChange } = this.options;
    if (!this.connection.isCurrent && receivedMs !== undefined) this.early.push(item);
    if (receivedMs !== undefined) serviceClock.recordArrival(receivedMs, item.committedAtMs);
    const { lastIndex } = this.fold;
    this.fold.release(item.index);
    const result = this.fold.add(item);
    this.noteMissing(lastIndex, item.index);
    if (result === "malformed" || result === "absurd") reportTicket(result);
    const { id, n } = (item.data ?? {}) as { readonly id?: unknown; readonly n?: unknown };
    if (typeof id === "string" && id.startsWith(`${sender}.`)) {
      // It came too late for everybody.
      if (result === "stale" || result === "past") this.connection.remove(item.index);
      onOwn(id, result);
    }
    if (result !== "added") return;
    this.keptItems += 1;
    this.loadMs += this.fold.durationOf(n as number);
    onChange();
  }

  /** Keeps the turns of missing items, and reads those that neither arrive nor were removed. */
  private noteMissing(lastIndex: number, index: number): void {
    const { clock } = this.options;
    if (this.missing.delete(index)) this.expectsMissing = true;
    // Before the log is open, it is unknown where it begins.
    if (lastIndex < 0 && !this.connection.isCurrent) return;
    // The items before the first one that arrives have expired, unless the log is new.
    const mayReserve = lastIndex >= 0 || index < NEW_LOG_ITEMS;
    for (let n = Math.max(lastIndex + 1, index - MAX_MISSING); n < index; n += 1) {
      this.missing.set(n, clock.now());
      if (mayReserve && this.expectsMissing && this.connection.isCurrent) this.fold.reserve(n);
    }
    this.readMissingLater();
  }

  /** Reads missing items once they are overdue, until each has arrived or is known to be removed. */
  private readMissingLater(): void {
    const { clock, random } = this.options;
    // After a loss, the connection's return calls this again.
    if (this.missing.size === 0 || this.cancelRead || !this.connection.isCurrent) return;
    const read = () => {
      this.cancelRead = undefined;
      if (this.connection.isCurrent) void this.readMissing();
      this.readMissingLater();
    };
    const oldestMs = Math.min(...Array.from(this.missing.values()));
    const delayMs = oldestMs - clock.now() + MISSING_MS * (1 + random() / 2);
    this.cancelRead = clock.schedule(read, Math.max(0, delayMs));
  }

  private async readMissing(): Promise<void> {
    const nowMs = this.options.clock.now();
    const overdue = Array.from(this.missing)
      .filter(([, sinceMs]) => sinceMs <= nowMs - MISSING_MS)
      .map(([n]) => n);
    if (overdue.length === 0) return;
    this.expectsMissing = false;
    overdue.forEach((n) => {
      // If the read fails, they are read again after this time.
      this.missing.set(n, nowMs);
      this.fold.release(n);
    });
    const isDone = await this.connection.read(Math.min(...overdue));
    if (isDone) overdue.forEach((n) => this.missing.delete(n));
  }

  private advance(nowMs: number): void {
    this.fold.advanceTo(this.options.serviceClock.toService(nowMs) + HORIZON_MS);
  }

  private startFor(serviceMs: number): number {
    return this.options.serviceClock.toStart(serviceMs);
  }

  private createFold(): Fold {
    const { settings, reportTicket } = this.options;
    return new Fold(settings, () => reportTicket("beyond its sender's share"));
  }
}

/** The first snapshot that knows every ticket before these items, otherwise the one that knows the most. */
function chooseSnapshot(items: readonly LogItem[]): Snapshot | undefined {
  let chosen: Snapshot | undefined;
  for (const item of items) {
    const ticket = readTicket(item);
    if (typeof ticket === "string" || !ticket.snapshot) continue;
    if (!chosen || ticket.snapshot.lastIndex > chosen.lastIndex) chosen = ticket.snapshot;
    if (chosen.lastIndex >= items[0].index - 1) return chosen;
  }
  return chosen;
}
