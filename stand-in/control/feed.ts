// The control page's live feed. It uses a WebSocket because a browser opens few HTTP connections to one host, and the
// desktops need them.

import type { WebSocket } from "ws";

import type { Gate, LogEntry } from "../gate";

/** Batching: a burst of 50 calls becomes a few messages instead of 100. */
const BATCH_MS = 50;

export class Feed {
  private readonly pages = new Set<WebSocket>();
  private readonly batch = new Map<number, LogEntry>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly gate: Gate) {
    gate.on((entry) => this.add(entry));
  }

  connect(page: WebSocket): void {
    this.pages.add(page);
    page.on("close", () => this.pages.delete(page));
    page.on("error", () => page.terminate());
  }

  /** Call this after a setting changed: the pages load the whole state again. */
  sendChanged(): void {
    this.send({ type: "changed" });
  }

  private add(entry: LogEntry): void {
    if (this.pages.size === 0) return;
    this.batch.set(entry.seq, entry);
    this.timer ??= setTimeout(() => this.flush(), BATCH_MS).unref();
  }

  private flush(): void {
    this.timer = undefined;
    this.send({ type: "entries", entries: [...this.batch.values()], faults: this.gate.plannedFaults });
    this.batch.clear();
  }

  private send(message: object): void {
    const text = JSON.stringify(message);
    for (const page of this.pages) page.send(text);
  }
}
