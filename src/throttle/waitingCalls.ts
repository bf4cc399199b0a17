/** The calls whose wait has not ended. Takes less memory and time than a `Set`. */

/** An item, which knows its place, -1 if it has none. */
export interface Indexed {
  waitingIndex: number;
}

export class WaitingCalls<Item extends Indexed> {
  private items: Item[] = [];

  add(item: Item): void {
    item.waitingIndex = this.items.push(item) - 1;
  }

  has({ waitingIndex }: Item): boolean {
    return waitingIndex >= 0;
  }

  /** Does nothing if the item was removed before. */
  remove(item: Item): void {
    const index = item.waitingIndex;
    if (index < 0) return;
    item.waitingIndex = -1;
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
    items.forEach((item) => (item.waitingIndex = -1));
    return items;
  }
}
