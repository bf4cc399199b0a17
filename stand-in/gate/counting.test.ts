/** @jest-environment node */

// The laws of the three ways of counting, and what each lets through that the others do not.

import { createCounter, type Counting } from "./counting";

/** The times at which a counter of this kind admits, out of the times at which it is asked. */
function admitted(counting: Counting, perSecond: number, askedAtMs: number[]): number[] {
  const counter = createCounter(counting);
  return askedAtMs.filter((atMs) => counter.admit(atMs, perSecond));
}

/** The most that any window (t - 1000, t] holds. It is enough to look at windows that end with an admission. */
function mostInAnySecond(timesMs: number[]): number {
  return Math.max(0, ...timesMs.map((end) => timesMs.filter((atMs) => atMs > end - 1000 && atMs <= end).length));
}

function mostInAnyCalendarSecond(timesMs: number[]): number {
  const perSecond = new Map<number, number>();
  for (const atMs of timesMs) perSecond.set(Math.floor(atMs / 1000), (perSecond.get(Math.floor(atMs / 1000)) ?? 0) + 1);
  return Math.max(0, ...perSecond.values());
}

/** Arrivals in bursts and lulls, the same for each seed. */
function arrivals(seed: number, count: number): number[] {
  let state = seed;
  const random = () => (state = (state * 16807) % 2147483647) / 2147483647;
  let nowMs = 0;
  return Array.from(
    { length: count },
    () => (nowMs += random() < 0.7 ? Math.floor(random() * 20) : Math.floor(random() * 900)),
  );
}

const every = (stepMs: number, count: number, fromMs = 0) =>
  Array.from({ length: count }, (_, index) => fromMs + index * stepMs);
const seeds = [1, 2, 3, 5, 8, 13, 21, 34, 55, 89];

describe("a rolling second", () => {
  it.each(seeds)("never holds more than the limit, wherever it begins (arrivals %i)", (seed) => {
    for (const perSecond of [1, 2, 5, 10]) {
      expect(mostInAnySecond(admitted("rolling", perSecond, arrivals(seed, 500)))).toBeLessThanOrEqual(perSecond);
    }
  });

  it.each(seeds)("refuses only when it is full (arrivals %i)", (seed) => {
    const counter = createCounter("rolling");
    const passed: number[] = [];
    for (const atMs of arrivals(seed, 500)) {
      const full = passed.filter((passedAtMs) => passedAtMs > atMs - 1000).length === 5;
      expect(counter.admit(atMs, 5)).toBe(!full);
      if (!full) passed.push(atMs);
    }
  });

  it("ends exactly 1000 ms after the call it began with", () => {
    expect(admitted("rolling", 1, [0, 999, 1000, 1999, 2000])).toEqual([0, 1000, 2000]);
  });

  it("does not let a full burst pass on both sides of the stroke", () => {
    expect(admitted("rolling", 10, [...every(1, 10, 990), ...every(1, 10, 1000)])).toHaveLength(10);
  });

  it("says when the next call would pass", () => {
    const counter = createCounter("rolling");
    for (const atMs of [0, 100, 200]) counter.admit(atMs, 3);
    expect(counter.waitMs(300, 3)).toBe(700);
    expect(counter.waitMs(1000, 3)).toBe(0);
    expect(counter.waitMs(300, 2)).toBe(800);
  });
});

describe("a calendar second", () => {
  it.each(seeds)("never holds more than the limit (arrivals %i)", (seed) => {
    for (const perSecond of [1, 2, 5, 10]) {
      expect(mostInAnyCalendarSecond(admitted("calendar", perSecond, arrivals(seed, 500)))).toBeLessThanOrEqual(
        perSecond,
      );
    }
  });

  it("lets twice the limit pass around the stroke", () => {
    expect(admitted("calendar", 10, [...every(1, 10, 990), ...every(1, 10, 1000)])).toHaveLength(20);
  });

  it("begins anew at the stroke, not a second after the first call", () => {
    expect(admitted("calendar", 1, [900, 950, 999, 1000, 1900, 2000])).toEqual([900, 1000, 2000]);
  });

  it("says when the next call would pass", () => {
    const counter = createCounter("calendar");
    counter.admit(1250, 1);
    expect(counter.waitMs(1400, 1)).toBe(600);
    expect(counter.waitMs(2000, 1)).toBe(0);
  });
});

describe("a token bucket", () => {
  it.each(seeds)("never admits more than the bucket and its refill, in any span (arrivals %i)", (seed) => {
    for (const perSecond of [1, 2, 5, 10]) {
      const passed = admitted("bucket", perSecond, arrivals(seed, 200));
      const spans = passed.flatMap((fromMs, first) =>
        passed.slice(first).map((toMs, further) => ({ fromMs, toMs, calls: further + 1 })),
      );
      expect(
        spans.filter(({ fromMs, toMs, calls }) => calls > perSecond + ((toMs - fromMs) * perSecond) / 1000),
      ).toEqual([]);
    }
  });

  it("is full at first, and gives one token each Nth of a second", () => {
    const asked = [...every(0, 12), 99, 100, 100, 199, 200];
    expect(admitted("bucket", 10, asked)).toEqual([...every(0, 10), 100, 200]);
  });

  it("lets twice the limit pass in its first second, and the limit in each after it", () => {
    const passed = admitted("bucket", 10, every(1, 3000));
    expect(passed.filter((atMs) => atMs < 1000)).toHaveLength(19);
    expect(passed.filter((atMs) => atMs >= 1000 && atMs < 2000)).toHaveLength(10);
    expect(passed.filter((atMs) => atMs >= 2000)).toHaveLength(10);
  });

  it("holds no more than its burst after a long rest", () => {
    expect(admitted("bucket", 5, [...every(0, 5), ...every(0, 9, 60_000)])).toHaveLength(10);
  });

  it("says when the next call would pass", () => {
    const counter = createCounter("bucket");
    for (const atMs of every(0, 4)) counter.admit(atMs, 4);
    expect(counter.waitMs(100, 4)).toBe(150);
    expect(counter.waitMs(250, 4)).toBe(0);
  });
});

describe.each(["rolling", "calendar", "bucket"] as const)("counting by %s", (counting) => {
  it("does not count a refused call", () => {
    const patient = admitted(counting, 2, every(500, 20));
    const hasty = admitted(counting, 2, every(1, 9501));
    expect(patient).toHaveLength(20);
    expect(hasty.length).toBeGreaterThanOrEqual(20);
  });

  it("is the same on a wall clock with fractions of a millisecond", () => {
    const epochMs = 1_800_000_000_000;
    const asked = every(0.25, 8001, epochMs);
    expect(mostInAnyCalendarSecond(admitted("calendar", 10, asked))).toBe(10);
    expect(admitted(counting, 10, asked).length).toBeGreaterThanOrEqual(21);
  });

  it("admits nothing at a limit of 0, and says that waiting does not help", () => {
    const counter = createCounter(counting);
    expect(counter.admit(0, 0)).toBe(false);
    expect(counter.waitMs(0, 0)).toBe(Infinity);
  });

  it("follows a limit that is raised or lowered while it counts", () => {
    const counter = createCounter(counting);
    for (const atMs of every(0, 3)) expect(counter.admit(atMs, 3)).toBe(true);
    expect(counter.admit(0, 3)).toBe(false);
    expect(counter.admit(1000, 1)).toBe(true);
    expect(counter.admit(1000, 1)).toBe(false);
  });
});
