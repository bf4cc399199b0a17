/** The tickets that may get turns, by class and in the order of the log, and how many calls lack a turn. */

import { Entry } from "./entry";
import { TicketClass } from "./ticket";

/** A ticket's first turn comes this long after its date, so that tickets stored before it have arrived everywhere. */
export const LEAD_MS = 150;

/** A ticket overtakes others of a lower class only after this time. Until then their turns are certain. */
const FREEZE_MS = 500;

/** A ticket of the low class that waited this long is no longer overtaken. */
const MAX_OVERTAKEN_MS = 30_000;

const CLASSES = ["high", "low"] as const;

export class Backlog {
  /** How many tickets may get turns. */
  size = 0;
  /** Calls without a turn. */
  calls = 0;
  private readonly queues: Record<TicketClass, Entry[]> = { high: [], low: [] };
  /** The entries before the head have all their turns. */
  private readonly heads: Record<TicketClass, number> = { high: 0, low: 0 };
  private readonly bySender = new Map<string, Entry[]>();

  /** The sender's calls without a turn. */
  countOf(sender: string): number {
    return (this.bySender.get(sender) ?? []).reduce((sum, { calls, placed }) => sum + calls - placed, 0);
  }

  /** The ticket that gets the slot at this time. */
  next(slotMs: number): Entry | undefined {
    const high = this.first("high");
    const low = this.first("low");
    if (!high || !low) return high ?? low;
    const isFirst = high.index < low.index;
    const mayOvertake = high.atMs + LEAD_MS + FREEZE_MS <= slotMs && low.atMs + MAX_OVERTAKEN_MS > slotMs;
    return isFirst || mayOvertake ? high : low;
  }

  /** Call it in the order of the log. */
  admit(entry: Entry): void {
    this.queues[entry.ticket.class].push(entry);
    this.size += 1;
    this.calls += entry.calls;
    const { sender } = entry.ticket;
    const others = this.bySender.get(sender);
    if (others) others.push(entry);
    else this.bySender.set(sender, [entry]);
  }

  markPlaced(entry: Entry, atMs: number): void {
    entry.placed += 1;
    entry.lastTurnMs = atMs;
    this.calls -= 1;
  }

  /** Call it from the last turn backwards, and `withdraw` after it. */
  takeBackTurn(entry: Entry): void {
    entry.placed -= 1;
    this.calls += 1;
  }

  /** Withdraws the tickets from this date on. None of them may have a turn. */
  withdraw(fromMs: number): void {
    for (const name of CLASSES) {
      const queue = this.queues[name];
      while (queue.length > 0 && queue[queue.length - 1].atMs >= fromMs) {
        const entry = queue.pop() as Entry;
        this.calls -= entry.calls;
        this.removeFromSender(entry);
        entry.calls = entry.ticket.calls;
        this.size -= 1;
      }
      let head = Math.min(this.heads[name], queue.length);
      // A ticket beyond its sender's share has no calls, so it may stand between those that lack a turn.
      while (head > 0 && (queue[head - 1].placed < queue[head - 1].calls || queue[head - 1].calls === 0)) head -= 1;
      this.heads[name] = head;
    }
  }

  /** Drops the tickets up to this index. All of them must have their turns. */
  forget(index: number): void {
    for (const name of CLASSES) {
      const queue = this.queues[name];
      const kept = queue.findIndex((entry) => entry.index > index);
      const dropped = queue.splice(0, kept < 0 ? queue.length : kept);
      dropped.forEach((entry) => this.removeFromSender(entry));
      this.heads[name] = Math.max(0, this.heads[name] - dropped.length);
      this.size -= dropped.length;
    }
  }

  /** The first ticket of the class that lacks a turn. */
  private first(name: TicketClass): Entry | undefined {
    const queue = this.queues[name];
    let head = this.heads[name];
    while (head < queue.length && queue[head].placed >= queue[head].calls) head += 1;
    this.heads[name] = head;
    return queue[head];
  }

  private removeFromSender(entry: Entry): void {
    const { sender } = entry.ticket;
    const left = (this.bySender.get(sender) ?? []).filter((each) => each !== entry);
    if (left.length > 0) this.bySender.set(sender, left);
    else this.bySender.delete(sender);
  }
}
