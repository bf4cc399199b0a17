/** Compares the queue with a simple model: a list that is sorted and searched each time. */

import fc from "fast-check";

import { RateLimitId } from "../limits/limits";
import { CallQueue, Waiter } from "./queue";
import { computeOrder, Priority } from "./queueOrder";

const IDS: RateLimitId[] = ["POST /channels", "GET /channels", "POST /WebChannels"];

type TestWaiter = Waiter;

const newWaiter = (limits: RateLimitId[], position: Waiter["position"]): TestWaiter => ({
  limits,
  position,
  lane: undefined,
});

const numbers = (waiters: readonly TestWaiter[]) => waiters.map(({ position }) => position.sequence);

class PlainQueue {
  waiters: TestWaiter[] = [];

  inOrder = () =>
    this.waiters
      .slice()
      .sort((a, b) => a.position.order - b.position.order || a.position.sequence - b.position.sequence);

  /** Admits, in order, each call whose limits all have tokens and are not blocked by an earlier call. */
  admit(left: Map<string, number>): TestWaiter[] {
    const blocked = new Set<string>();
    return this.inOrder().filter((waiter) => {
      const mayGo = waiter.limits.every((limit) => !blocked.has(limit) && (left.get(limit) as number) > 0);
      if (mayGo) {
        waiter.limits.forEach((limit) => left.set(limit, (left.get(limit) as number) - 1));
        this.waiters.splice(this.waiters.indexOf(waiter), 1);
      } else {
        waiter.limits.forEach((limit) => blocked.add(limit));
      }
      return mayGo;
    });
  }
}

const limits = fc.subarray(IDS, { minLength: 1 });
const operation = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant("add" as const),
      limits,
      order: fc.nat(20),
    }),
  },
  fc.record({ type: fc.constant("remove" as const), which: fc.nat(20) }),
  fc.record({ type: fc.constant("admit" as const), left: fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3)) }),
);

test("behaves like a sorted list in every history", () => {
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 60 }), (operations) => {
      const queue = new CallQueue<TestWaiter>();
      const plain = new PlainQueue();
      let sequence = 0;
      for (const step of operations) {
        if (step.type === "add") {
          const waiter = newWaiter(step.limits, {
            order: step.order,
            sequence: sequence++,
            expiresAtMs: Infinity,
          });
          queue.add(waiter);
          plain.waiters.push(waiter);
        } else if (step.type === "remove") {
          const [waiter] = plain.waiters.splice(step.which, 1);
          if (waiter) queue.remove(waiter);
        } else {
          const left = () => new Map<string, number>(IDS.map((id, index) => [id, step.left[index]]));
          const tokens = left();
          const gone: TestWaiter[] = [];
          queue.admit(
            ({ limits }) => (limits.every((id) => (tokens.get(id) as number) > 0) ? 0 : 100),
            (waiter) => {
              waiter.limits.forEach((id) => tokens.set(id, (tokens.get(id) as number) - 1));
              gone.push(waiter);
            },
          );
          expect(numbers(gone)).toEqual(numbers(plain.admit(left())));
        }
        expect(numbers(queue.inOrder())).toEqual(numbers(plain.inOrder()));
        expect(queue.size).toBe(plain.waiters.length);
        for (const id of IDS) {
          const on = plain.waiters.filter((waiter) => waiter.limits.includes(id));
          expect(queue.countOn(id)).toBe(on.length);
          expect(queue.hasWaitersOn([id])).toBe(on.length > 0);
          for (const order of [0, 10, 30])
            expect(queue.countAhead({ order, sequence: 0, expiresAtMs: 0 }, id)).toBe(
              on.filter((waiter) => waiter.position.order < order).length,
            );
        }
      }
    }),
    { numRuns: 1000 },
  );
});

test("returns the time until the next turn, ignoring calls that wait behind others", () => {
  const queue = new CallQueue<TestWaiter>();
  const waiter = (order: number, ...ids: RateLimitId[]) =>
    newWaiter(ids, { order, sequence: order, expiresAtMs: Infinity });
  [waiter(0, IDS[0], IDS[1]), waiter(1, IDS[1]), waiter(2, IDS[2])].forEach((each) => queue.add(each));
  const waits = new Map<string, number>([
    [IDS[0], 300],
    [IDS[1], 0],
    [IDS[2], 700],
  ]);
  const nextMs = queue.admit(
    ({ limits }) => Math.max(...limits.map((id) => waits.get(id) as number)),
    () => undefined,
  );
  expect(nextMs).toBe(300);
  expect(queue.size).toBe(3);
});

test("counts the calls ahead without visiting each when a call is first or last", () => {
  const queue = new CallQueue<TestWaiter>();
  let visits = 0;
  for (let sequence = 0; sequence < 10_000; sequence += 1) {
    const place = {
      get order() {
        visits += 1;
        return 1000;
      },
      sequence,
      expiresAtMs: Infinity,
    };
    queue.add(newWaiter([IDS[0]], place));
  }
  visits = 0;
  const places = [0, 5, 10_000].map((sequence) => ({ order: 1000, sequence, expiresAtMs: Infinity }));
  expect(places.map((place) => queue.countAhead(place, IDS[0]))).toEqual([0, 5, 10_000]);
  expect(visits).toBeLessThan(100);
});

test("a call with held slots waits behind no other in its own lane, and blocks only the limits that it still waits for", () => {
  const queue = new CallQueue<TestWaiter>();
  const alone = (order: number, ...ids: RateLimitId[]) => ({
    ...newWaiter(ids, { order, sequence: order, expiresAtMs: Infinity }),
    heldSlots: true,
  });
  const waiters = [
    alone(0),
    alone(1),
    alone(2, IDS[0]),
    newWaiter([IDS[0]], { order: 3, sequence: 3, expiresAtMs: Infinity }),
  ];
  waiters.forEach((waiter) => queue.add(waiter));
  const gone: number[] = [];
  const go = (...open: number[]) =>
    queue.admit(
      ({ position }) => (open.includes(position.sequence) ? 0 : 100),
      ({ position }) => gone.push(position.sequence),
    );
  go(1, 3);
  expect(gone).toEqual([1]);
  go(0, 2, 3);
  expect(gone).toEqual([1, 0, 2, 3]);
  expect(queue.hasWaitersOn(IDS)).toBe(false);
});

test("an empty queue has no next turn", () => {
  expect(
    new CallQueue<TestWaiter>().admit(
      () => 0,
      () => undefined,
    ),
  ).toBe(Infinity);
});

test.each<[Priority, number, Priority, number]>([
  ["high", 0, "normal", 0],
  ["normal", 0, "low", 0],
  ["normal", 0, "high", 10_001],
  ["low", 0, "high", 30_001],
  ["low", 0, "normal", 20_001],
])("%s at %i goes before %s at %i", (first, firstMs, second, secondMs) => {
  expect(computeOrder(first, firstMs)).toBeLessThan(computeOrder(second, secondMs));
});
