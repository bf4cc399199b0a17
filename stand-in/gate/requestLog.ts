// The log of calls to the account and their answers.

export interface LogEntry {
  seq: number;
  /** Milliseconds since the start, on a monotonic clock. */
  atMs: number;
  operation: string;
  method: string;
  path: string;
  /** "pending": not answered yet. "never": a fault keeps it unanswered. */
  status: number | "pending" | "never";
  agent?: string;
  note?: string;
}

/** Called with each entry when it is added, and again when its status is known. */
export type LogListener = (entry: LogEntry) => void;

const KEPT_ENTRIES = 5000;

export class RequestLog {
  readonly entries: LogEntry[] = [];
  private listeners = new Set<LogListener>();
  private lastSeq = 0;
  private clearedUpToSeq = 0;

  add(entry: Omit<LogEntry, "seq">): LogEntry {
    this.lastSeq += 1;
    const added = { seq: this.lastSeq, ...entry };
    this.entries.push(added);
    if (this.entries.length > KEPT_ENTRIES) this.entries.shift();
    this.notify(added);
    return added;
  }

  /** Sets the status. Listeners are not called for entries from before the log was cleared. */
  settle(entry: LogEntry, status: number): void {
    entry.status = status;
    if (entry.seq > this.clearedUpToSeq) this.notify(entry);
  }

  on(listener: LogListener): void {
    this.listeners.add(listener);
  }

  off(listener: LogListener): void {
    this.listeners.delete(listener);
  }

  clear(): void {
    this.entries.length = 0;
    this.clearedUpToSeq = this.lastSeq;
  }

  private notify(entry: LogEntry): void {
    for (const listener of this.listeners) listener(entry);
  }
}
