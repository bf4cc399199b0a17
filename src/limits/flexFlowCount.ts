/**
 * Counts the account's Flex Flows, from the lists, creations and deletions that this page sends.
 *
 * Others create and delete Flex Flows unseen. A count that is too old therefore never rejects a call: Twilio decides.
 */

/** The share of the maximum from which on admins are warned. */
const NEARLY_FULL = 0.95;

/** How long a count is trusted: admins delete Flex Flows in another tab and come back. Our choice, not Twilio's. */
const TRUSTED_FOR_MS = 600_000;

/** The position of one page in a list of all Flex Flows. */
export interface ListPage {
  /** Starts at 0. */
  readonly page: number;
  readonly isLast: boolean;
}

/** A list that is being read page by page. */
interface Reading {
  readonly startedAtMs: number;
  readonly sids: Set<string>;
  nextPage: number;
}

export class FlexFlowCount {
  private known = new Set<string>();
  private reading: Reading | undefined;
  private confirmedAtMs = -Infinity;
  private completeAtMs = -Infinity;
  private readonly listeners = new Set<() => void>();

  constructor(private allowed: number) {}

  get count(): number {
    return this.known.size;
  }

  /** When the complete list was last read; `-Infinity` if never, and there may be more than `count`. */
  get listedAtMs(): number {
    return this.completeAtMs;
  }

  get maximum(): number {
    return this.allowed;
  }

  get isNearlyFull(): boolean {
    return this.count >= this.allowed * NEARLY_FULL;
  }

  /** Whether Twilio is sure to reject one more. @param nowMs on the clock of the recorded answers. */
  isFull(nowMs: number): boolean {
    return this.isCountFull && nowMs - this.confirmedAtMs <= TRUSTED_FOR_MS;
  }

  setMaximum(maximum: number): void {
    this.allowed = maximum;
    this.notify();
  }

  /**
   * Records a page of the list. All pages, read from the first to the last without a gap, replace what was known.
   *
   * @param position absent for a list of some only, such as those of one name.
   */
  recordList(sids: readonly string[], position: ListPage | undefined, nowMs: number): void {
    sids.forEach((sid) => this.known.add(sid));
    if (position?.page === 0) this.reading = { startedAtMs: nowMs, sids: new Set(), nextPage: 0 };
    this.addPage(sids, position);
    this.notify();
  }

  recordCreated(sid: string, nowMs: number): void {
    // A creation that Twilio allows although the count is full shows that the count is wrong.
    if (!this.isCountFull) this.confirmedAtMs = nowMs;
    this.known.add(sid);
    this.reading?.sids.add(sid);
    this.notify();
  }

  recordDeleted(sid: string): void {
    this.known.delete(sid);
    this.reading?.sids.delete(sid);
    this.notify();
  }

  /** @returns unsubscribes. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private addPage(sids: readonly string[], position: ListPage | undefined): void {
    const { reading } = this;
    // A page that was read twice is no gap.
    if (!position || !reading || position.page > reading.nextPage) return;
    sids.forEach((sid) => reading.sids.add(sid));
    reading.nextPage = Math.max(reading.nextPage, position.page + 1);
    if (!position.isLast) return;
    this.known = reading.sids;
    this.reading = undefined;
    // A list is as old as its first page.
    this.completeAtMs = reading.startedAtMs;
    this.confirmedAtMs = Math.max(this.confirmedAtMs, reading.startedAtMs);
  }

  private notify(): void {
    this.listeners.forEach((listener) => listener());
  }

  private get isCountFull(): boolean {
    return this.count >= this.allowed;
  }
}
