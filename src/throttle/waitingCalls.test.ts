import fc from "fast-check";

import { NOWHERE } from "./heap";
import { WaitingCalls } from "./waitingCalls";

test("has what was added and not removed, in any order of additions and removals", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(9)), (steps) => {
      const calls = new WaitingCalls<{ id: number; waitingIndex: number }>();
      const items = Array.from({ length: 10 }, (_, id) => ({ id, waitingIndex: NOWHERE }));
      const expected = new Set<number>();
      for (const id of steps) {
        if (expected.delete(id)) {
          calls.remove(items[id]);
        } else {
          expected.add(id);
          calls.add(items[id]);
        }
        expect(items.filter((item) => calls.has(item)).map((item) => item.id)).toEqual([...expected].sort());
        expect(calls.find((item) => item.id === id) !== undefined).toBe(expected.has(id));
      }
      expect(
        calls
          .takeAll()
          .map((item) => item.id)
          .sort(),
      ).toEqual([...expected].sort());
      expect(items.some((item) => calls.has(item))).toBe(false);
    }),
  );
});
