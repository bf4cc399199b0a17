// What was asked of the account and how it was answered: the last few thousand calls, told to whoever listens.

export interface LogEntry {
  seq: number;
  /** Milliseconds since the start, on a clock that never goes back. */
  atMs: number;
  operation: string;
  method: string;
  path: string;
  /** "pending" until it is answered; "never" if it will not be. */
  status: number | "pending" | "never";
  agent?: string;
  note?: string;
}

/** Hears each entry when it is made, and again when its status is known. */
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
    this.tell(added);
    return added;
  }

  /** The answer is known. Nobody hears of a call that was made before the log was cleared. */
  settle(entry: LogEntry, status: number): void {
    entry.status = status;
    if (entry.seq > this.clearedUpToSeq) this.tell(entry);
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

  private tell(entry: LogEntry): void {
    for (const listener of this.listeners) listener(entry);
  }
}
