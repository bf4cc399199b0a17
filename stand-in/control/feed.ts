// The control page's live feed. It uses a WebSocket because a browser opens few HTTP connections to one host, and the
// desktops need them.

import type { WebSocket } from "ws";

import type { Gate, LogEntry } from "../gate";

/** Batching: a burst of 50 calls becomes a few messages instead of 100. */
const BATCH_MS = 50;

/** A customer becomes stuck by the passing of time, so the live state is compared instead of announced. */
const LIVE_MS = 250;

export class Feed {
  private readonly pages = new Set<WebSocket>();
  private readonly batch = new Map<number, LogEntry>();
  private timer: NodeJS.Timeout | undefined;
  private liveTimer: NodeJS.Timeout | undefined;
  private sentLive = "";

  /** @param readLive reads the state that changes with each customer and desktop. */
  constructor(
    private readonly gate: Gate,
    private readonly readLive: () => object,
  ) {
    gate.on((entry) => this.add(entry));
  }

  connect(page: WebSocket): void {
    this.pages.add(page);
    page.on("close", () => this.disconnect(page));
    page.on("error", () => page.terminate());
    if (this.liveTimer) return;
    this.sentLive = JSON.stringify(this.readLive());
    this.liveTimer = setInterval(() => this.sendLive(), LIVE_MS).unref();
  }

  /** Call this after a setting changed: the pages load the whole state again. */
  sendChanged(): void {
    this.send({ type: "changed" });
  }

  private disconnect(page: WebSocket): void {
    this.pages.delete(page);
    if (this.pages.size > 0) return;
    clearInterval(this.liveTimer);
    this.liveTimer = undefined;
  }

  private sendLive(): void {
    const live = this.readLive();
    const text = JSON.stringify(live);
    if (text === this.sentLive) return;
    this.sentLive = text;
    this.send({ type: "live", ...live });
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
