/** A binary heap whose items can be removed and moved from anywhere: every operation costs at most a logarithm. */

/** An item that is in no heap. */
export const NOWHERE = -1;

/** Items keep their own place under `Key`, `NOWHERE` at first: so a hundred thousand of them need nothing beside themselves. */
export class Heap<Key extends string, T extends Record<Key, number>> {
  private readonly items: T[] = [];

  /**
   * @param key where an item keeps its place; one that stands in two heaps has two.
   * @param isBefore whether the first comes out before the second.
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

  /** Does nothing for an item that is not there. */
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

  /** To be called after what `isBefore` looks at has changed in an item that is there. */
  moved(item: T): void {
    this.rise(item);
    this.sink(item);
  }

  /** How many this is so of, where it is so of whatever comes out before one of them. Looks at no more than these and their neighbours. */
  count(isSo: (item: T) => boolean, from = 0): number {
    const item = this.items[from];
    return item && isSo(item) ? 1 + this.count(isSo, 2 * from + 1) + this.count(isSo, 2 * from + 2) : 0;
  }

  /** In no particular order. */
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
