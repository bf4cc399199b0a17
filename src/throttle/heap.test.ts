import { Heap } from "./heap";

const numbers = () => new Heap<number>((a, b) => a < b);

test("gives out the smallest first, whatever the order of their coming", () => {
  const heap = numbers();
  [5, 3, 8, 1, 9, 2].forEach((n) => heap.push(n));
  expect([1, 2, 3, 4, 5, 6].map(() => heap.pop())).toEqual([1, 2, 3, 5, 8, 9]);
  expect(heap.pop()).toBeUndefined();
});

test("lets an item leave from the middle, once", () => {
  const heap = numbers();
  const nodes = [4, 2, 7, 1].map((n) => heap.push(n));
  heap.remove(nodes[1]);
  heap.remove(nodes[1]);
  expect([heap.pop(), heap.pop(), heap.pop(), heap.size]).toEqual([1, 4, 7, 0]);
});
