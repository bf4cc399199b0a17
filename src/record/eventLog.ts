/** The last decisions, for whoever supports an agent. Never holds what was in a call. */

/** So many decisions are kept; older ones make room. */
export const LOG_LENGTH = 1000;

/**
 * `sent`: let go. `retried`: refused by Twilio with 429, and sent again in its turn. `refused`: so, and handed to the
 * caller. `given-up`: not sent, `reason` says why. `left`: its caller lost interest. `deferred…`: an Action that was put
 * off, and what became of it. `settings`: other settings hold from now on.
 */
export type LogOutcome =
  | "sent"
  | "retried"
  | "throttled"
  | "dropped"
  | "aborted"
  | "deferred"
  | "deferred-done"
  | "deferred-failed"
  | "deferred-lost"
  | "settings";

export interface LogEntry {
  /** On the machine's clock, in milliseconds since 1970. */
  readonly atMs: number;
  /** What it was, by its kind: "join", "POST /channels", an Action's name. */
  readonly call: string;
  readonly limits: readonly string[];
  readonly outcome: LogOutcome;
  /** How long it had waited by then. */
  readonly waitMs?: number;
  /** How long one that was given up would have had to wait yet, as far as could be told. */
  readonly remainingWaitMs?: number;
  /** 2 for the first retry, and so on. */
  readonly attempt?: number;
  /** The name of a `ThrottleError`; of other settings, the mode. */
  readonly reason?: string;
}

export class EventLog {
  private readonly entries: LogEntry[] = [];
  /** Where the oldest stands, once all places are taken. */
  private oldest = 0;
  private added = 0;

  /** How many there ever were: the last one's number, counted from 1. */
  get count(): number {
    return this.added;
  }

  add(entry: LogEntry): void {
    this.added += 1;
    if (this.entries.length < LOG_LENGTH) {
      this.entries.push(entry);
      return;
    }
    this.entries[this.oldest] = entry;
    this.oldest = (this.oldest + 1) % LOG_LENGTH;
  }

  /** Oldest first. */
  read(): readonly LogEntry[] {
    return [...this.entries.slice(this.oldest), ...this.entries.slice(0, this.oldest)];
  }
}
