/** The turns that the fold has placed, and the first time at which the window allows another. */

import { Entry } from "./entry";

interface PlacedTurn {
  readonly atMs: number;
  /** `undefined` for a turn of a snapshot. */
  readonly entry: Entry | undefined;
  /** The window ends at this time, even if the call is sent as late as expected. */
  readonly endMs: number;
  /** It no longer counts from this time on, because Twilio did not count its call. */
  freeMs: number;
}

/**
 * How late the first calls after a quiet time may be sent, in milliseconds. A page that accepts several chats at once draws
 * them first. Later calls wait meanwhile.
 */
export const MAX_LATE_MS = 400;

export class PlacedTurns {
  /** In order of time. */
  private readonly turns: PlacedTurn[] = [];
  /** The first turns, which are never taken back. */
  private fixed = 0;

  /**
   * @param size how many turns a window may hold.
   * @param windowMs the length of the window.
   */
  constructor(
    private readonly size: number,
    private readonly windowMs: number,
  ) {}

  get all(): readonly PlacedTurn[] {
    return this.turns;
  }

  /** Begins with the turns of a snapshot. */
  startWith(turnsMs: readonly number[]): void {
    turnsMs.forEach((atMs) => this.push(atMs, undefined));
    this.fixed = this.turns.length;
  }

  /** @param lateMs how late its call may be sent. The turn counts that much longer. */
  push(atMs: number, entry: Entry | undefined, lateMs = 0): void {
    this.turns.push({ atMs, entry, endMs: atMs + lateMs + this.windowMs, freeMs: Infinity });
  }

  /** The earliest time at which the window allows one more turn. `-Infinity` if no turn is known. */
  nextSlotMs(): number {
    let slotMs = this.turns.length > 0 ? this.turns[this.turns.length - 1].atMs : -Infinity;
    for (;;) {
      const nextMs = this.fullUntilMs(slotMs);
      if (nextMs <= slotMs) return slotMs;
      slotMs = nextMs;
    }
  }

  /** The times of an entry's turns. */
  of(entry: Entry): number[] {
    const found: number[] = [];
    for (let n = this.turns.length - 1; found.length < entry.placed && n >= this.fixed; n -= 1) {
      if (this.turns[n].entry === entry) found.unshift(this.turns[n].atMs);
    }
    return found;
  }

  countOf(sender: string, fromMs: number): number {
    let count = 0;
    for (let n = this.turns.length - 1; n >= 0 && this.turns[n].atMs >= fromMs; n -= 1) {
      if (this.turns[n].entry?.ticket.sender === sender) count += 1;
    }
    return count;
  }

  /** Lets the sender's last turn between two times count no longer, from a third time on. @returns whether there is one. */
  free(sender: string, fromMs: number, untilMs: number, freeMs: number): boolean {
    for (let n = this.turns.length - 1; n >= 0 && this.turns[n].atMs >= fromMs; n -= 1) {
      const turn = this.turns[n];
      if (turn.atMs >= untilMs || turn.freeMs < Infinity || turn.entry?.ticket.sender !== sender) continue;
      turn.freeMs = freeMs;
      return true;
    }
    return false;
  }

  /** Turns that are free from this time on count again. */
  unfree(fromMs: number): void {
    for (let n = this.turns.length - 1; n >= 0; n -= 1) {
      const turn = this.turns[n];
      if (turn.freeMs < Infinity && turn.freeMs >= fromMs) turn.freeMs = Infinity;
    }
  }

  /** Takes back the turns from this time on, the last one first. */
  takeBack(fromMs: number, onTaken: (entry: Entry) => void): void {
    const { turns } = this;
    while (turns.length > this.fixed && turns[turns.length - 1].atMs >= fromMs) {
      onTaken((turns.pop() as { readonly entry: Entry }).entry);
    }
  }

  /** The last turns that count at this time, as many as a window holds. */
  lastOf(ms: number): number[] {
    const counting = this.turns.filter(({ freeMs }) => freeMs > ms);
    return counting.slice(-this.size).map(({ atMs }) => atMs);
  }

  /** Drops the turns that affect none from this time on. The last ones stay for snapshots. */
  forgetBefore(ms: number): void {
    const countBefore = (untilMs: number) => {
      const later = this.turns.findIndex(({ atMs }) => atMs >= untilMs);
      return later < 0 ? this.turns.length : later;
    };
    const past = Math.max(this.fixed, countBefore(ms));
    const dropped = Math.max(0, Math.min(past - this.size, countBefore(ms - this.windowMs - MAX_LATE_MS)));
    this.turns.splice(0, dropped);
    this.fixed = past - dropped;
  }

  /** Until when the window admits no turn at this time, as far as is known then. */
  private fullUntilMs(atMs: number): number {
    const { turns, size, windowMs } = this;
    const endsMs: number[] = [];
    for (let n = turns.length - 1; n >= 0 && turns[n].atMs + windowMs + MAX_LATE_MS > atMs; n -= 1) {
      const endMs = Math.min(turns[n].endMs, turns[n].freeMs);
      if (endMs > atMs) endsMs.push(endMs);
    }
    return endsMs.length < size ? -Infinity : endsMs.sort((a, b) => a - b)[endsMs.length - size];
  }
}
