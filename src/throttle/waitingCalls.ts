/** The calls whose wait has not ended, in no particular order. Takes less memory than a `Set`. */

import { NOWHERE } from "./heap";

export interface Indexed {
  /** Position in the list, `NOWHERE` outside it. Maintained by the list. */
  waitingIndex: number;
}

export class WaitingCalls<Item extends Indexed> {
  private items: Item[] = [];

  add(item: Item): void {
    item.waitingIndex = this.items.push(item) - 1;
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

  /** Removes all items. @returns them, in no particular order. */
  takeAll(): Item[] {
    const { items } = this;
    this.items = [];
    items.forEach((item) => (item.waitingIndex = NOWHERE));
    return items;
  }
}
