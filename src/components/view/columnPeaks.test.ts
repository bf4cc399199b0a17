import fc from "fast-check";

import { COLUMN_SECONDS, computeColumnPeaks } from "./columnPeaks";

/** Starts in the last 300 seconds, keyed by the number of the second. */
const lastSeconds = (lastSecond: number, starts: Record<number, number>) =>
  Array.from({ length: 300 }, (_, index) => starts[lastSecond - 299 + index] ?? 0);

test("a column shows the busiest of its seconds", () => {
  const peaks = computeColumnPeaks(lastSeconds(1004, { 1004: 2, 1003: 7, 999: 4 }), 1004);
  expect(peaks).toHaveLength(60);
  expect(peaks.slice(-3)).toEqual([0, 4, 7]);
});

test("columns stay the same until one is full, then all move by one", () => {
  const starts = { 990: 3, 997: 5 };
  const at = (second: number) => computeColumnPeaks(lastSeconds(second, starts), second);
  expect(at(1001)).toEqual(at(1000));
  expect(at(1004)).toEqual(at(1000));
  expect(at(1005).slice(-4)).toEqual([3, 5, 0, 0]);
  expect(at(1000).slice(-4)).toEqual([0, 3, 5, 0]);
});

test("shows every start except those in the oldest column, at any time", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 300, max: 100_000 }),
      fc.integer({ min: 0, max: 299 - COLUMN_SECONDS }),
      (lastSecond, ago) => {
        expect(Math.max(...computeColumnPeaks(lastSeconds(lastSecond, { [lastSecond - ago]: 9 }), lastSecond))).toBe(9);
      },
    ),
  );
});
