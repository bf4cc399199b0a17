/**
 * How many Flex Flows the account has, as far as the lists, creations and deletions that pass by tell.
 *
 * What was seen is never more than what there is, so a creation is refused only when the account is surely full.
 */

/** From this share of the maximum on, an admin is warned. */
const NEARLY_FULL = 0.95;

export class Capacity {
  private readonly known = new Set<string>();

  constructor(private max: number) {}

  get count(): number {
    return this.known.size;
  }

  get maximum(): number {
    return this.max;
  }

  get isFull(): boolean {
    return this.count >= this.max;
  }

  get isNearlyFull(): boolean {
    return this.count >= this.max * NEARLY_FULL;
  }

  setMaximum(max: number): void {
    this.max = max;
  }

  /** @param isWhole whether the list holds all there are, and not only a page of them. */
  listed(sids: readonly string[], isWhole: boolean): void {
    if (isWhole) this.known.clear();
    sids.forEach((sid) => this.known.add(sid));
  }

  created(sid: string): void {
    this.known.add(sid);
  }

  deleted(sid: string): void {
    this.known.delete(sid);
  }
}
