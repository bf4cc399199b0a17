/**
 * The fold: computes the turns of a limit's tickets. A pure function of the set of tickets, in integers and without a
 * clock, so that every browser computes the same turns. It places turns in order of time, only as far ahead as somebody
 * asks. A late ticket takes back the turns from its date on.
 *
 * @see docs/adr/0007-account-budget-over-sync.md for the rules.
 */

import { Backlog, LEAD_MS } from "./backlog";
import { createEntry, createReservation, Entry, isReservation } from "./entry";
import { LogItem } from "./engine";
import { PlacedTurns, Turn } from "./placedTurns";
import { IgnoredTicket, readTicket, Snapshot, Ticket } from "./ticket";

export interface FoldSettings {
  /** The limit. May be below 1. */
  readonly perSecond: number;
  /** Widens the window of a limit of 10 a second by this share of a second: calls take varying times to arrive. */
  readonly guard: number;
}

/** The limit that the guard is stated for. */
const GUARDED_PER_SECOND = 10;

/** A ticket that follows no other within this time may start at once. */
const SETTLE_MS = 1000;

/** The ticket of a retry follows the turn of the throttled call within this time. */
const MAX_THROTTLED_MS = 1000;

/** A browser asks for at most 15 starts, 10 urgent ones, and a few repetitions. */
export const MAX_CALLS_PER_SENDER = 30;

/** What became of an item. `known`: the item or its ticket was there already. `past`: too late to matter. */
export type Added = "added" | "known" | "past" | IgnoredTicket;

export class Fold {
  /** The highest index that has arrived, whether its ticket counts or not; -1 if none has. */
  lastIndex = -1;
  /** Ordered by index. */
  private readonly entries: Entry[] = [];
  private readonly byId = new Map<string, Entry>();
  /** The first entries; the others get no turns yet. */
  private readonly backlog = new Backlog();
  private readonly turns: PlacedTurns;
  /** Items up to this index, or dated before this time, come too late to count. */
  private pastIndex = -1;
  private pastMs = -Infinity;
  /** The date of the last ticket that was dropped. */
  private lastPastMs = -Infinity;
  /** The last turn of the snapshot. */
  private snapshotEndMs = -Infinity;
  private readonly perWindow: number;
  /** The window that holds no more turns than the limit, in milliseconds. */
  readonly windowMs: number;

  constructor(
    settings: FoldSettings,
    private readonly onOverShare: (ticket: Ticket) => void = () => undefined,
  ) {
    const { perSecond, guard } = settings;
    this.perWindow = Math.max(1, Math.floor(perSecond));
    // The more calls a window has, the more the differences in their travel times cancel out.
    const guardSeconds = guard * Math.sqrt(GUARDED_PER_SECOND / this.perWindow);
    this.windowMs = Math.ceil(1000 * (Math.max(1, 1 / perSecond) + guardSeconds));
    this.turns = new PlacedTurns(this.perWindow, this.windowMs);
  }

  /** Calls of known tickets without a turn. */
  get unplacedCalls(): number {
    return this.entries.slice(this.backlog.size).reduce((sum, { calls }) => sum + calls, this.backlog.calls);
  }

  has(id: string): boolean {
    return this.byId.has(id);
  }

  durationOf(calls: number): number {
    return Math.ceil((calls * this.windowMs) / this.perWindow);
  }

  /** Begins in the middle of the log: every ticket up to the snapshot's index has its turns. Call it before `add`. */
  startFrom({ lastIndex, turnsMs }: Snapshot): void {
    this.pastIndex = this.lastIndex = lastIndex;
    this.turns.startWith(turnsMs);
    this.snapshotEndMs = Math.max(...turnsMs);
  }

  add(item: LogItem): Added {
    const { index, committedAtMs } = item;
    this.lastIndex = Math.max(this.lastIndex, index);
    const position = this.positionOf(index);
    if (this.entries[position]?.index === index) return "known";
    const earliestMs = Math.min(committedAtMs, this.entries[position]?.atMs ?? Infinity);
    if (index <= this.pastIndex || earliestMs < this.pastMs) return "past";
    const ticket = readTicket(item);
    if (typeof ticket === "string") return ticket;
    const twin = this.byId.get(ticket.id);
    if (twin && twin.index < index) return "known";
    const entry = createEntry(index, ticket, committedAtMs);
    this.insert(position, entry);
    if (twin) this.remove(twin);
    this.byId.set(ticket.id, entry);
    return "added";
  }

  /**
   * Counts one start for a ticket that is stored but has not arrived: a later index is known. So it does not lose its
   * turn to the tickets after it.
   */
  reserve(index: number): void {
    const position = this.positionOf(index);
    const next = this.entries[position];
    if (!next || next.index === index || index <= this.pastIndex || next.atMs < this.pastMs) return;
    this.insert(position, createReservation(index, next.committedAtMs));
  }

  /** Ends the reservation for this index, if there is one. */
  release(index: number): void {
    const entry = this.entries[this.positionOf(index)];
    if (entry?.index === index && isReservation(entry)) this.remove(entry);
  }

  /** Places all turns up to this time. */
  advanceTo(untilMs: number): void {
    for (;;) {
      const slotMs = this.admitNext();
      const entry = this.backlog.next(slotMs);
      const atMs = entry ? Math.max(slotMs, entry.atMs + LEAD_MS) : Infinity;
      if (!entry || atMs > untilMs) return;
      const isFirst = entry.isAlone && atMs === entry.atMs + LEAD_MS;
      this.turns.push(atMs, entry, slotMs, isFirst ? entry.atMs : atMs);
      this.backlog.markPlaced(entry, atMs);
    }
  }

  /** The turns of a ticket, in order of time, as far as they have been placed. */
  turnsOf(id: string): readonly Turn[] {
    const entry = this.byId.get(id);
    return entry ? this.turns.of(entry) : [];
  }

  /** The earliest time at which the window allows one more turn. `-Infinity` if no turn is known. */
  nextSlotMs(): number {
    return this.turns.nextSlotMs();
  }

  /** Calls without a turn that go before the ticket's first call without one, at most. */
  countBefore(id: string): number {
    const entry = this.byId.get(id);
    if (!entry) return 0;
    let count = 0;
    for (const other of this.entries) {
      const isEarlier = other.index < entry.index;
      if (!isEarlier && entry.ticket.class === "high") break;
      if (isEarlier || other.ticket.class === "high") count += other.calls - other.placed;
    }
    return count;
  }

  /** All turns that have been placed, oldest first, and from when on each no longer counts. */
  placedTurns(): readonly { readonly atMs: number; readonly freeMs: number; readonly id?: string }[] {
    return this.turns.all.map(({ atMs, freeMs, entry }) => ({ atMs, freeMs, id: entry?.ticket.id }));
  }

  /** @returns `undefined` if no ticket is known, or if the queue reaches further. */
  snapshot(untilMs: number): Snapshot | undefined {
    this.advanceTo(untilMs);
    const turnsMs = this.turns.lastOf(untilMs);
    if (turnsMs.length === 0 || this.unplacedCalls > 0) return undefined;
    return { lastIndex: this.lastIndex, turnsMs };
  }

  /** Whether another sender has turns after this time. */
  hasOthersAfter(ms: number, sender: string): boolean {
    return this.entries.some(
      ({ ticket, calls, placed, lastTurnMs }) => ticket.sender !== sender && (placed < calls || lastTurnMs > ms),
    );
  }

  ticketsSince(ms: number): Ticket[] {
    return this.entries.filter((each) => each.atMs > ms && !isReservation(each)).map(({ ticket }) => ticket);
  }

  /** Drops what no longer affects a turn after this time. Tickets that arrive later with an earlier date do not count. */
  forgetBefore(ms: number): void {
    this.advanceTo(ms);
    let done = 0;
    for (const entry of this.entries) {
      if (done >= this.backlog.size || entry.placed < entry.calls || Math.max(entry.atMs, entry.lastTurnMs) >= ms)
        break;
      done += 1;
    }
    this.pastMs = Math.max(this.pastMs, ms);
    this.turns.forgetBefore(ms);
    if (done === 0) return;
    const past = this.entries.splice(0, done);
    past.forEach(({ ticket }) => this.byId.delete(ticket.id));
    const { index, atMs } = past[done - 1];
    this.backlog.forget(index);
    this.pastIndex = index;
    this.lastPastMs = atMs;
  }

  private insert(position: number, entry: Entry): void {
    const later = this.entries[position];
    this.entries.splice(position, 0, entry);
    const fromMs = Math.min(later?.atMs ?? Infinity, Math.max(entry.committedAtMs, this.dateBefore(position)));
    this.takeBackFrom(fromMs);
    this.dateFrom(position);
  }

  private remove(entry: Entry): void {
    const position = this.positionOf(entry.index);
    this.takeBackFrom(entry.atMs);
    this.entries.splice(position, 1);
    this.dateFrom(position);
  }

  /** Computes the dates from this position on, until they are as before. */
  private dateFrom(position: number): void {
    for (let n = position; n < this.entries.length; n += 1) {
      const entry = this.entries[n];
      const beforeMs = this.dateBefore(n);
      const atMs = Math.max(entry.committedAtMs, beforeMs);
      const busyMs = n > 0 ? beforeMs : Math.max(beforeMs, this.snapshotEndMs);
      const isAlone = atMs - busyMs > SETTLE_MS;
      if (n > position && atMs === entry.atMs && isAlone === entry.isAlone) return;
      entry.atMs = atMs;
      entry.isAlone = isAlone;
    }
  }

  private dateBefore(position: number): number {
    return position > 0 ? this.entries[position - 1].atMs : this.lastPastMs;
  }

  /** Takes back every turn and every admission from this time on. */
  private takeBackFrom(fromMs: number): void {
    const slotMs = this.turns.takeBack(fromMs, (entry) => this.backlog.takeBackTurn(entry));
    // Tickets after the first slot that is open again were admitted after its turn.
    const dateMs = Math.min(fromMs, slotMs + 1);
    this.turns.undoChanges(dateMs + LEAD_MS, dateMs);
    this.backlog.withdraw(dateMs);
  }

  /**
   * Admits the tickets that are dated up to the next slot, and at least one that lacks a turn.
   *
   * @returns the next slot, which a ticket may have moved.
   */
  private admitNext(): number {
    let slotMs = this.nextSlotMs();
    for (let n = this.backlog.size; n < this.entries.length; n += 1) {
      const entry = this.entries[n];
      if (entry.atMs > slotMs && this.backlog.calls > 0) break;
      const { sender } = entry.ticket;
      if (this.backlog.countOf(sender) + this.turns.countOf(sender, entry.atMs) + entry.calls > MAX_CALLS_PER_SENDER) {
        entry.calls = 0;
        this.onOverShare(entry.ticket);
      }
      const isFreed = this.freeThrottled(entry);
      if (this.extendLate(entry) || isFreed) slotMs = this.nextSlotMs();
      this.backlog.admit(entry);
    }
    return slotMs;
  }

  /** Twilio did not count the call of the sender's last turn. While many wait, one more call would only collide. */
  private freeThrottled({ ticket, atMs }: Entry): boolean {
    if (!ticket.isRetry || this.backlog.calls > this.perWindow) return false;
    return this.turns.free(ticket.sender, atMs - MAX_THROTTLED_MS, atMs, atMs + LEAD_MS);
  }

  /** The calls of these turns arrived late. */
  private extendLate({ ticket: { sender, lateTurns = [] }, atMs }: Entry): boolean {
    lateTurns.forEach((each) => this.turns.extend(sender, each, atMs));
    return lateTurns.length > 0;
  }

  private positionOf(index: number): number {
    const { entries } = this;
    let low = 0;
    // Most items arrive in order.
    if (entries.length > 0 && entries[entries.length - 1].index < index) return entries.length;
    for (let high = entries.length; low < high;) {
      const middle = (low + high) >> 1;
      if (entries[middle].index < index) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
