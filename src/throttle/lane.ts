import { isBefore, Positioned, QueueOrder } from "./queueOrder";

/** The waiters on the same limits, in queue order. */
export class Lane<W extends Positioned> {
  /** Sorted. Those before `head` have left. */
  private waiters: W[] = [];
  private head = 0;

  constructor(
    readonly name: string,
    readonly limits: readonly string[],
  ) {}

  get size(): number {
    return this.waiters.length - this.head;
  }

  get first(): W | undefined {
    return this.waiters[this.head];
  }

  add(waiter: W): void {
    this.waiters.splice(this.findIndex(waiter.position), 0, waiter);
  }

  remove(waiter: W): void {
    if (waiter !== this.first) {
      this.waiters.splice(this.findIndex(waiter.position), 1);
      return;
    }
    this.head += 1;
    if (this.head > this.size) {
      this.waiters = this.values();
      this.head = 0;
    }
  }

  /** How many waiters are ahead of this position. */
  countAhead(position: QueueOrder): number {
    return this.findIndex(position) - this.head;
  }

  values(): W[] {
    return this.waiters.slice(this.head);
  }

  /** @returns the index of the first waiter that is not ahead of this position. */
  private findIndex(position: QueueOrder): number {
    let low = this.head;
    let high = this.waiters.length;
    // Most calls arrive in queue order.
    if (high > low && isBefore(this.waiters[high - 1].position, position)) return high;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isBefore(this.waiters[middle].position, position)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
