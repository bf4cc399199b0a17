/** A binary heap whose items can be removed and moved from anywhere: every operation costs at most a logarithm. */

export interface HeapNode<T> {
  readonly value: T;
  /** Where the node stands in its heap; -1 once it has left. Kept by the heap. */
  index: number;
}

export class Heap<T> {
  private readonly nodes: HeapNode<T>[] = [];

  /** @param isBefore whether the first comes out before the second. */
  constructor(private readonly isBefore: (a: T, b: T) => boolean) {}

  get size(): number {
    return this.nodes.length;
  }

  peek(): T | undefined {
    return this.nodes[0]?.value;
  }

  push(value: T): HeapNode<T> {
    const node = { value, index: this.nodes.length };
    this.nodes.push(node);
    this.rise(node);
    return node;
  }

  pop(): T | undefined {
    const first = this.nodes[0];
    if (first) this.remove(first);
    return first?.value;
  }

  /** Does nothing for a node that has left already. */
  remove(node: HeapNode<T>): void {
    const { index } = node;
    if (index < 0) return;
    const last = this.nodes.pop() as HeapNode<T>;
    node.index = -1;
    if (last === node) return;
    this.nodes[index] = last;
    last.index = index;
    this.moved(last);
  }

  /** To be called after what `isBefore` looks at has changed in the node's value. */
  moved(node: HeapNode<T>): void {
    this.rise(node);
    this.sink(node);
  }

  /** In no particular order. */
  values(): T[] {
    return this.nodes.map((node) => node.value);
  }

  private rise(node: HeapNode<T>): void {
    while (node.index > 0) {
      const parent = this.nodes[(node.index - 1) >> 1];
      if (!this.isBefore(node.value, parent.value)) return;
      this.swap(node, parent);
    }
  }

  private sink(node: HeapNode<T>): void {
    for (;;) {
      const left = this.nodes[2 * node.index + 1];
      const right = this.nodes[2 * node.index + 2];
      const child = right && this.isBefore(right.value, left.value) ? right : left;
      if (!child || !this.isBefore(child.value, node.value)) return;
      this.swap(node, child);
    }
  }

  private swap(a: HeapNode<T>, b: HeapNode<T>): void {
    [a.index, b.index] = [b.index, a.index];
    this.nodes[a.index] = a;
    this.nodes[b.index] = b;
  }
}
