/** The turns that the fold has placed, and the first time at which the window allows another. */

import { Entry } from "./entry";
import { LateTurn, MAX_LATE_MS } from "./ticket";

export interface Turn {
  readonly atMs: number;
  /** When its call may arrive: before the turn, if nobody else has asked for calls. */
  readonly openMs: number;
}

interface PlacedTurn extends Turn {
  /** `undefined` for a turn of a snapshot. */
  readonly entry: Entry | undefined;
  /** The slot that it fills: when the window had room for it. */
  readonly slotMs: number;
  /** How late its call arrived. */
  lateMs: number;
  /** The date of the report of it, 0 if there is none. */
  reportedMs: number;
  /** It no longer counts from this time on, because Twilio did not count its call. */
  freeMs: number;
}

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

  push(atMs: number, entry: Entry | undefined, slotMs = atMs, openMs = atMs): void {
    this.turns.push({ atMs, openMs, slotMs, entry, lateMs: 0, reportedMs: 0, freeMs: Infinity });
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

  of(entry: Entry): Turn[] {
    const found: Turn[] = [];
    for (let n = this.turns.length - 1; found.length < entry.placed && n >= this.fixed; n -= 1) {
      if (this.turns[n].entry === entry) found.unshift(this.turns[n]);
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

  /**
   * Frees the sender's last turn between two times: from `freeMs` on it no longer counts.
   *
   * @returns whether there is one.
   */
  free(sender: string, fromMs: number, untilMs: number, freeMs: number): boolean {
    for (let n = this.turns.length - 1; n >= 0 && this.turns[n].atMs >= fromMs; n -= 1) {
      const turn = this.turns[n];
      if (turn.atMs >= untilMs || turn.freeMs < Infinity || turn.entry?.ticket.sender !== sender) continue;
      turn.freeMs = freeMs;
      return true;
    }
    return false;
  }

  /**
   * Lets a turn of the sender count longer, because its call was late. A turn of a snapshot has no sender.
   *
   * @param reportedMs the date of the sender's report.
   */
  extend(sender: string, [turnMs, lateMs]: LateTurn, reportedMs: number): void {
    const turn = this.turns.find(
      (each) => each.atMs === turnMs && each.reportedMs === 0 && (!each.entry || each.entry.ticket.sender === sender),
    );
    if (turn) Object.assign(turn, { lateMs, reportedMs });
  }

  /** Undoes what later tickets have changed: turns that are free from one time on, and reports from another time on. */
  undoChanges(freeFromMs: number, reportedFromMs: number): void {
    for (const turn of this.turns) {
      if (turn.freeMs >= freeFromMs) turn.freeMs = Infinity;
      if (turn.reportedMs >= reportedFromMs) Object.assign(turn, { lateMs: 0, reportedMs: 0 });
    }
  }

  /** Takes back the turns from this time on, the last one first. @returns the first slot that is open again. */
  takeBack(fromMs: number, onTaken: (entry: Entry) => void): number {
    const { turns } = this;
    let slotMs = Infinity;
    while (turns.length > this.fixed && turns[turns.length - 1].atMs >= fromMs) {
      const turn = turns.pop() as PlacedTurn & { readonly entry: Entry };
      onTaken(turn.entry);
      slotMs = turn.slotMs;
    }
    return slotMs;
  }

  /** When the calls of the last turns that count at this time arrive, as many as a window holds, oldest first. */
  lastOf(ms: number): number[] {
    const counting = this.turns.filter(({ freeMs }) => freeMs > ms).slice(-this.size);
    return counting.map(({ atMs, lateMs }) => atMs + lateMs).sort((a, b) => a - b);
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

  /** When a window that is full at this time has room again; `-Infinity` if it has room now. */
  private fullUntilMs(atMs: number): number {
    const { turns, size, windowMs } = this;
    const endsMs: number[] = [];
    for (let n = turns.length - 1; n >= 0 && turns[n].atMs + windowMs + MAX_LATE_MS > atMs; n -= 1) {
      const endMs = Math.min(turns[n].atMs + turns[n].lateMs + windowMs, turns[n].freeMs);
      if (endMs > atMs) endsMs.push(endMs);
    }
    return endsMs.length < size ? -Infinity : endsMs.sort((a, b) => a - b)[endsMs.length - size];
  }
}
