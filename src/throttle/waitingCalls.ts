/** The calls whose wait has not ended, in no particular order. Takes less memory than a `Set`. */

import { NOWHERE } from "./heap";
import { Positioned } from "./queueOrder";

export interface Indexed extends Positioned {
  /** Position in the list, `NOWHERE` outside it. Maintained by the list. */
  waitingIndex: number;
}

export class WaitingCalls<Item extends Indexed> {
  private items: Item[] = [];
  /** No call expires before this. A lower bound, so that a removal needs no search. Changed by the list only. */
  nextExpiryMs = Infinity;

  add(item: Item): void {
    item.waitingIndex = this.items.push(item) - 1;
    this.nextExpiryMs = Math.min(this.nextExpiryMs, item.position.expiresAtMs);
  }

  has({ waitingIndex }: Item): boolean {
    return waitingIndex !== NOWHERE;
  }

  /** Does nothing if the item was removed before. */
  remove(item: Item): void {
    const index = item.waitingIndex;
    if (index === NOWHERE) return;
    item.waitingIndex = NOWHERE;
    const last = this.items.pop() as Item;
    if (last === item) return;
    this.items[index] = last;
    last.waitingIndex = index;
  }

  find(isWanted: (item: Item) => boolean): Item | undefined {
    return this.items.find(isWanted);
  }

  /** @returns the expired calls, in no particular order. They stay in the list. */
  findExpired(nowMs: number): Item[] {
    const expired: Item[] = [];
    if (this.nextExpiryMs > nowMs) return expired;
    this.nextExpiryMs = Infinity;
    for (const item of this.items) {
      const { expiresAtMs } = item.position;
      if (expiresAtMs <= nowMs) expired.push(item);
      else this.nextExpiryMs = Math.min(this.nextExpiryMs, expiresAtMs);
    }
    return expired;
  }

  /** Removes all items. @returns them, in no particular order. */
  takeAll(): Item[] {
    const { items } = this;
    this.items = [];
    items.forEach((item) => (item.waitingIndex = NOWHERE));
    return items;
  }
}
