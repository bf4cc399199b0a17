/** A binary heap that can remove and move any item in logarithmic time. */

/** The position of an item that is in no heap. */
export const NOWHERE = -1;

/** Items store their own position under `Key`, initially `NOWHERE`, so that the heap needs no index of its own. */
export class Heap<Key extends string, T extends Record<Key, number>> {
  private readonly items: T[] = [];

  /**
   * @param key where an item stores its position. An item in two heaps has two keys.
   * @param isBefore whether the first item leaves the heap before the second.
   */
  constructor(
    private readonly key: Key,
    private readonly isBefore: (a: T, b: T) => boolean,
  ) {}

  get size(): number {
    return this.items.length;
  }

  peek(): T | undefined {
    return this.items[0];
  }

  push(item: T): void {
    this.items.push(item);
    this.put(item, this.items.length - 1);
    this.rise(item);
  }

  pop(): T | undefined {
    const first = this.items[0];
    if (first) this.remove(first);
    return first;
  }

  /** Does nothing if the item is not in the heap. */
  remove(item: T): void {
    const index = item[this.key];
    if (index < 0) return;
    const last = this.items.pop() as T;
    this.put(item, NOWHERE);
    if (last === item) return;
    this.items[index] = last;
    this.put(last, index);
    this.moved(last);
  }

  /** Restores the order after the key of an item has changed. */
  moved(item: T): void {
    this.rise(item);
    this.sink(item);
  }

  /** The items, unordered. */
  values(): readonly T[] {
    return this.items;
  }

  private rise(item: T): void {
    while (item[this.key] > 0) {
      const parent = this.items[(item[this.key] - 1) >> 1];
      if (!this.isBefore(item, parent)) return;
      this.swap(item, parent);
    }
  }

  private sink(item: T): void {
    for (;;) {
      const left = this.items[2 * item[this.key] + 1];
      const right = this.items[2 * item[this.key] + 2];
      const child = right && this.isBefore(right, left) ? right : left;
      if (!child || !this.isBefore(child, item)) return;
      this.swap(item, child);
    }
  }

  private swap(a: T, b: T): void {
    const index = a[this.key];
    this.put(a, b[this.key]);
    this.put(b, index);
    this.items[a[this.key]] = a;
    this.items[b[this.key]] = b;
  }

  private put(item: T, index: number): void {
    (item as Record<Key, number>)[this.key] = index;
  }
}
