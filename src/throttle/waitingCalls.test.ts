import fc from "fast-check";

import { NOWHERE } from "./heap";
import { QueueOrder } from "./queueOrder";
import { Indexed, WaitingCalls } from "./waitingCalls";

const newItem = (sequence: number, expiresAtMs = Infinity): Indexed => ({
  position: { order: 0, sequence, expiresAtMs },
  waitingIndex: NOWHERE,
});
const idsOf = (items: readonly { readonly position: QueueOrder }[]) =>
  items.map(({ position }) => position.sequence).sort();

test("has what was added and not removed, in any order of additions and removals", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(9)), (steps) => {
      const calls = new WaitingCalls<Indexed>();
      const items = Array.from({ length: 10 }, (_, id) => newItem(id));
      const expected = new Set<number>();
      for (const id of steps) {
        if (expected.delete(id)) {
          calls.remove(items[id]);
        } else {
          expected.add(id);
          calls.add(items[id]);
        }
        expect(idsOf(items.filter((item) => calls.has(item)))).toEqual([...expected].sort());
        expect(calls.find((item) => item === items[id]) !== undefined).toBe(expected.has(id));
      }
      expect(idsOf(calls.takeAll())).toEqual([...expected].sort());
      expect(items.some((item) => calls.has(item))).toBe(false);
    }),
  );
});

const step = fc.oneof(
  fc.record({
    type: fc.constant("add" as const),
    forMs: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.constant(Infinity)),
  }),
  fc.record({ type: fc.constant("remove" as const), which: fc.nat(20) }),
  fc.record({ type: fc.constant("wait" as const), ms: fc.nat(10) }),
);

test("finds the expired calls in every history, and knows a time before which none expires", () => {
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const calls = new WaitingCalls<Indexed>();
      let items: Indexed[] = [];
      let nowMs = 0;
      steps.forEach((each, id) => {
        if (each.type === "add") {
          const item = newItem(id, nowMs + each.forMs);
          calls.add(item);
          items.push(item);
        } else if (each.type === "remove") {
          items.splice(each.which, 1).forEach((item) => calls.remove(item));
        } else {
          nowMs += each.ms;
          const expired = calls.findExpired(nowMs);
          expect(idsOf(expired)).toEqual(idsOf(items.filter(({ position }) => position.expiresAtMs <= nowMs)));
          expired.forEach((item) => calls.remove(item));
          items = items.filter((item) => !expired.includes(item));
        }
        expect(calls.nextExpiryMs).toBeGreaterThan(nowMs);
        items.forEach(({ position }) => expect(position.expiresAtMs).toBeGreaterThanOrEqual(calls.nextExpiryMs));
      });
    }),
  );
});

test("visits no call while none can have expired", () => {
  const calls = new WaitingCalls<Indexed>();
  let visits = 0;
  const position = {
    order: 0,
    sequence: 0,
    get expiresAtMs() {
      visits += 1;
      return 100;
    },
  };
  calls.add({ position, waitingIndex: NOWHERE });
  visits = 0;
  expect(calls.findExpired(99)).toEqual([]);
  expect(visits).toBe(0);
});
