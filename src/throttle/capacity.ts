/**
 * How many Flex Flows the account has, as far as the lists, creations and deletions that pass by tell.
 *
 * Others create and delete them too, unseen. So the count is only as good as its last proof, and once that is old nothing
 * is refused for it: Twilio decides.
 */

/** From this share of the maximum on, an admin is warned. */
const NEARLY_FULL = 0.95;

/** How long a count is trusted after a proof: people tidy up in another tab, and come back. A choice of ours, not Twilio's. */
const TRUSTED_FOR_MS = 600_000;

/** Where a part of the list stands in the whole. */
export interface ListPage {
  /** From 0 on. */
  readonly page: number;
  readonly isLast: boolean;
}

export class Capacity {
  private known = new Set<string>();
  /** A list of all that is being read page by page: since when, what it has held so far, and the page that comes next. */
  private reading: { readonly sinceMs: number; readonly sids: Set<string>; nextPage: number } | undefined;
  private provenAtMs = -Infinity;
  private wholeAtMs = -Infinity;

  constructor(private max: number) {}

  get count(): number {
    return this.known.size;
  }

  /** When the whole list was last seen; `-Infinity` if never, and then there may be more than `count`. */
  get listedAtMs(): number {
    return this.wholeAtMs;
  }

  get maximum(): number {
    return this.max;
  }

  get isNearlyFull(): boolean {
    return this.count >= this.max * NEARLY_FULL;
  }

  /** Whether one more is surely too many. @param nowMs on the clock of the proofs. */
  isFull(nowMs: number): boolean {
    return this.isCountFull && nowMs - this.provenAtMs <= TRUSTED_FOR_MS;
  }

  setMaximum(max: number): void {
    this.max = max;
  }

  /**
   * Takes in a part of the list. Once all pages have come, from the first to the last without a gap, they take the place
   * of all that was known.
   *
   * @param where absent for a part that is not of the list of all, as one by name.
   */
  listed(sids: readonly string[], where: ListPage | undefined, nowMs: number): void {
    sids.forEach((sid) => this.known.add(sid));
    if (where?.page === 0) this.reading = { sinceMs: nowMs, sids: new Set(), nextPage: 0 };
    const { reading } = this;
    // A page that comes a second time is no gap.
    if (!where || !reading || where.page > reading.nextPage) return;
    sids.forEach((sid) => reading.sids.add(sid));
    reading.nextPage = Math.max(reading.nextPage, where.page + 1);
    if (!where.isLast) return;
    this.known = reading.sids;
    this.reading = undefined;
    // Whoever reads on after a pause has a list that is as old as its first page.
    this.wholeAtMs = reading.sinceMs;
    this.provenAtMs = Math.max(this.provenAtMs, reading.sinceMs);
  }

  created(sid: string, nowMs: number): void {
    // One that Twilio allows over a full count proves the count wrong, not right.
    if (!this.isCountFull) this.provenAtMs = nowMs;
    this.known.add(sid);
    this.reading?.sids.add(sid);
  }

  deleted(sid: string): void {
    this.known.delete(sid);
    this.reading?.sids.delete(sid);
  }

  private get isCountFull(): boolean {
    return this.count >= this.max;
  }
}
