import fc from "fast-check";

import { CountRing } from "./countRing";

test("counts by stretches of time, the oldest first", () => {
  const ring = new CountRing(1000, 3);
  [0, 900, 1500, 2999].forEach((ms) => ring.increment(ms));
  expect(ring.read(2999)).toEqual([2, 1, 1]);
  expect(ring.read(3000)).toEqual([1, 1, 0]);
  expect(ring.read(60_000)).toEqual([0, 0, 0]);
});

test("holds what a list of all times would, in every history", () => {
  const history = fc.array(fc.integer({ min: 0, max: 4000 }), { maxLength: 60 });
  fc.assert(
    fc.property(history, fc.integer({ min: 0, max: 9000 }), (pauses, restMs) => {
      const ring = new CountRing(500, 7);
      let nowMs = 0;
      const times = pauses.map((ms) => (nowMs += ms));
      times.forEach((ms) => ring.increment(ms));
      nowMs += restMs;
      const stretch = Math.floor(nowMs / 500);
      const expected = Array.from(
        { length: 7 },
        (_, index) => times.filter((ms) => Math.floor(ms / 500) === stretch - 6 + index).length,
      );
      expect(ring.read(nowMs)).toEqual(expected);
      expect(ring.sum(nowMs)).toBe(expected.reduce((sum, count) => sum + count, 0));
    }),
  );
});
