/** The latest decisions, for support. Contains no payloads. */

/** Number of entries kept. A new entry pushes out the oldest. */
export const LOG_LENGTH = 1000;

/**
 * `sent`: sent to Twilio. `retried`: throttled (429), back in the queue. `throttled`: 429 passed to the caller.
 * `dropped`: not sent; `reason` says why. `aborted`: ended by its caller. `deferred…`: an Action was deferred, and how
 * that ended. `settings`: new settings apply.
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
  /** Milliseconds since 1970. */
  readonly atMs: number;
  /** Kind of call: `join`, `POST /channels` or the name of an Action; `settings` when settings were applied. */
  readonly call: string;
  /** The limits that the call spends. Empty for deferred Actions and settings. */
  readonly limits: readonly string[];
  /** The same for all attempts of one call, counted from 1. */
  readonly callNumber?: number;
  /** What was decided. */
  readonly outcome: LogOutcome;
  /** For `sent`: how long the call was queued, in milliseconds. */
  readonly waitMs?: number;
  /** For `dropped`: the estimated time until its turn, in milliseconds. */
  readonly remainingWaitMs?: number;
  /** 1 for the first attempt, 2 for the first retry. */
  readonly attempt?: number;
  /** Name of a `ThrottleError`; what a 429 says; for `settings`, the mode. */
  readonly reason?: string;
}

export class EventLog {
  private readonly entries: LogEntry[] = [];
  private added = 0;

  /** Number of entries ever added; also the number of the latest entry, counted from 1. */
  get count(): number {
    return this.added;
  }

  add(entry: LogEntry): void {
    this.added += 1;
    this.entries.push(entry);
    if (this.entries.length > LOG_LENGTH) this.entries.shift();
  }

  /** Oldest first. */
  read(): readonly LogEntry[] {
    return this.entries.slice();
  }
}
