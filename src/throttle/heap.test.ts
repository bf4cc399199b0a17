import fc from "fast-check";

import { Heap, NOWHERE } from "./heap";

interface Item {
  value: number;
  index: number;
}

const newHeap = () => new Heap<"index", Item>("index", (a, b) => a.value < b.value);
const newItem = (value: number): Item => ({ value, index: NOWHERE });

test("returns the smallest item first, whatever the order of insertion", () => {
  const heap = newHeap();
  [5, 3, 8, 1, 9, 2].forEach((value) => heap.push(newItem(value)));
  expect([1, 2, 3, 4, 5, 6].map(() => heap.pop()?.value)).toEqual([1, 2, 3, 5, 8, 9]);
  expect(heap.pop()).toBeUndefined();
});

test("removes an item from the middle once", () => {
  const heap = newHeap();
  const items = [4, 2, 7, 1].map(newItem);
  items.forEach((item) => heap.push(item));
  heap.remove(items[1]);
  heap.remove(items[1]);
  expect([heap.pop()?.value, heap.pop()?.value, heap.pop()?.value, heap.size]).toEqual([1, 4, 7, 0]);
});

test("behaves like a sorted list in every history", () => {
  const step = fc.record({
    type: fc.constantFrom("push", "pop", "remove", "move"),
    value: fc.nat(50),
    which: fc.nat(20),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const heap = newHeap();
      let plain: Item[] = [];
      for (const { type, value, which } of steps) {
        const item = plain[which % (plain.length || 1)];
        if (type === "push") {
          plain.push(newItem(value));
          heap.push(plain[plain.length - 1]);
        } else if (type === "pop") {
          const popped = heap.pop();
          expect(popped?.value).toBe(plain.length > 0 ? Math.min(...plain.map((each) => each.value)) : undefined);
          plain = plain.filter((each) => each !== popped);
        } else if (item && type === "remove") {
          heap.remove(item);
          plain = plain.filter((each) => each !== item);
        } else if (item) {
          item.value = value;
          heap.moved(item);
        }
        expect(heap.size).toBe(plain.length);
        expect(heap.values().every((each, index) => each.index === index)).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});
