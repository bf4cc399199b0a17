import fc from "fast-check";

import { CountRing } from "./countRing";

test("counts per interval, oldest first", () => {
  const ring = new CountRing(1000, 3);
  [0, 900, 1500, 2999].forEach((ms) => ring.increment(ms));
  expect(ring.read(2999)).toEqual([2, 1, 1]);
  expect(ring.read(3000)).toEqual([1, 1, 0]);
  expect(ring.read(60_000)).toEqual([0, 0, 0]);
});

test("agrees with a list of all times for any history", () => {
  const history = fc.array(fc.integer({ min: 0, max: 4000 }), { maxLength: 60 });
  fc.assert(
    fc.property(history, fc.integer({ min: 0, max: 9000 }), (pauses, restMs) => {
      const ring = new CountRing(500, 7);
      let nowMs = 0;
      const times = pauses.map((ms) => (nowMs += ms));
      times.forEach((ms) => ring.increment(ms));
      nowMs += restMs;
      const interval = Math.floor(nowMs / 500);
      const expected = Array.from(
        { length: 7 },
        (_, index) => times.filter((ms) => Math.floor(ms / 500) === interval - 6 + index).length,
      );
      expect(ring.read(nowMs)).toEqual(expected);
      expect(ring.sum(nowMs)).toBe(expected.reduce((sum, count) => sum + count, 0));
    }),
  );
});
