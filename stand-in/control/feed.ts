// The live feed of the control page: over a WebSocket, so that it takes none of the few HTTP connections that a browser
// opens to one host and that the desktops beside it need.

import type { WebSocket } from "ws";

import type { Gate, LogEntry } from "../gate";

/** A burst of fifty requests becomes a few messages instead of a hundred. */
const GATHER_MS = 50;

export class Feed {
  private readonly pages = new Set<WebSocket>();
  private readonly news = new Map<number, LogEntry>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly gate: Gate) {
    gate.on((entry) => this.gather(entry));
  }

  connect(page: WebSocket): void {
    this.pages.add(page);
    page.on("close", () => this.pages.delete(page));
    page.on("error", () => page.terminate());
  }

  /** Something was set: pages ask for the whole state anew. */
  tellChanged(): void {
    this.send({ type: "changed" });
  }

  private gather(entry: LogEntry): void {
    if (this.pages.size === 0) return;
    this.news.set(entry.seq, entry);
    this.timer ??= setTimeout(() => this.flush(), GATHER_MS).unref();
  }

  private flush(): void {
    this.timer = undefined;
    this.send({ type: "entries", entries: [...this.news.values()], faults: this.gate.plannedFaults });
    this.news.clear();
  }

  private send(message: object): void {
    const text = JSON.stringify(message);
    for (const page of this.pages) page.send(text);
  }
}
