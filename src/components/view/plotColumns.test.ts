import fc from "fast-check";

import { LimitUsage } from "../../record/limitUsage";
import { COLUMN_SECONDS, createPlotColumns, groupSeconds, groupStates } from "./plotColumns";

const computeColumnPeaks = (starts: readonly number[], lastSecond: number) =>
  groupSeconds(starts, lastSecond, Math.max);

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

describe("429s", () => {
  test("are summed over the seconds of their column", () => {
    const usage = new LimitUsage();
    usage.recordStatus(0, { configuredPerSecond: 10, adaptivePerSecond: 10, coolDownUntilMs: -Infinity });
    [990_000, 994_999, 995_000].forEach((atMs) => usage.recordThrottled(atMs));
    const { throttled, peaks } = createPlotColumns(usage, 1_000_000);
    expect(throttled.slice(-3)).toEqual([2, 1, 0]);
    expect(Math.max(...peaks)).toBe(0);
  });
});

describe("rates and cool-downs", () => {
  const state = (atMs: number, adaptivePerSecond = 10, coolDownUntilMs = -Infinity, configuredPerSecond = 10) => ({
    atMs,
    configuredPerSecond,
    adaptivePerSecond,
    coolDownUntilMs,
  });

  test("are those of their time, and of the first state before it", () => {
    const states = [state(985_000), state(992_000, 7), state(996_000, 8, -Infinity, 20)];
    expect(groupStates(states, 5, 1_000_000)).toEqual({
      configured: [10, 10, 10, 20, 20],
      adaptive: [10, 10, 10, 8, 8],
      isPaused: Array(5).fill(false),
    });
  });

  test("an earlier start is never drawn above a rate that a later 429 of its column has lowered", () => {
    const { adaptive } = groupStates([state(0), state(994_000, 5), state(994_500, 3)], 3, 1_000_000);
    expect(adaptive).toEqual([10, 3, 3]);
  });

  test("a cool-down fills the columns that it lasts in, until it ends", () => {
    const { isPaused } = groupStates([state(0), state(988_000, 7, 995_000)], 5, 1_000_000);
    expect(isPaused).toEqual([false, true, true, false, false]);
  });

  test("a cool-down that is ended early fills nothing after that", () => {
    const { isPaused } = groupStates([state(0), state(988_000, 7, 1_300_000), state(991_000, 7)], 5, 1_000_000);
    expect(isPaused).toEqual([false, true, true, false, false]);
  });

  test("a cool-down does not reach into the future", () => {
    const { isPaused } = groupStates([state(0), state(998_000, 7, 1_300_000)], 3, 999_000);
    expect(isPaused).toEqual([false, false, true]);
  });
});
