// The guarantees of the three counting methods, and their differences.

import { createCounter, type Counting } from "./counting";

/** The call times that the counter admits. */
function admitted(counting: Counting, perSecond: number, callTimesMs: number[]): number[] {
  const counter = createCounter(counting);
  return callTimesMs.filter((atMs) => counter.admit(atMs, perSecond));
}

/** The highest count in any window (t - 1000, t]. Only windows that end with a call can have it. */
function maxInRollingSecond(timesMs: number[]): number {
  return Math.max(0, ...timesMs.map((end) => timesMs.filter((atMs) => atMs > end - 1000 && atMs <= end).length));
}

function maxInCalendarSecond(timesMs: number[]): number {
  const perSecond = new Map<number, number>();
  for (const atMs of timesMs) perSecond.set(Math.floor(atMs / 1000), (perSecond.get(Math.floor(atMs / 1000)) ?? 0) + 1);
  return Math.max(0, ...perSecond.values());
}

/** Pseudo-random arrivals in bursts and pauses; equal seeds give equal arrivals. */
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
  it.each(seeds)("never contains more calls than the limit (seed %i)", (seed) => {
    for (const perSecond of [1, 2, 5, 10]) {
      expect(maxInRollingSecond(admitted("rolling", perSecond, arrivals(seed, 500)))).toBeLessThanOrEqual(perSecond);
    }
  });

  it.each(seeds)("throttles a call only when it is full (seed %i)", (seed) => {
    const counter = createCounter("rolling");
    const passed: number[] = [];
    for (const atMs of arrivals(seed, 500)) {
      const full = passed.filter((passedAtMs) => passedAtMs > atMs - 1000).length === 5;
      expect(counter.admit(atMs, 5)).toBe(!full);
      if (!full) passed.push(atMs);
    }
  });

  it("ends exactly 1000 ms after its first call", () => {
    expect(admitted("rolling", 1, [0, 999, 1000, 1999, 2000])).toEqual([0, 1000, 2000]);
  });

  it("does not admit two full bursts around a second boundary", () => {
    expect(admitted("rolling", 10, [...every(1, 10, 990), ...every(1, 10, 1000)])).toHaveLength(10);
  });

  it("reports the wait until the next call would be admitted", () => {
    const counter = createCounter("rolling");
    for (const atMs of [0, 100, 200]) counter.admit(atMs, 3);
    expect(counter.waitMs(300, 3)).toBe(700);
    expect(counter.waitMs(1000, 3)).toBe(0);
    expect(counter.waitMs(300, 2)).toBe(800);
  });
});

describe("a calendar second", () => {
  it.each(seeds)("never contains more calls than the limit (seed %i)", (seed) => {
    for (const perSecond of [1, 2, 5, 10]) {
      expect(maxInCalendarSecond(admitted("calendar", perSecond, arrivals(seed, 500)))).toBeLessThanOrEqual(perSecond);
    }
  });

  it("admits twice the limit around a second boundary", () => {
    expect(admitted("calendar", 10, [...every(1, 10, 990), ...every(1, 10, 1000)])).toHaveLength(20);
  });

  it("starts at the second boundary, not at the first call", () => {
    expect(admitted("calendar", 1, [900, 950, 999, 1000, 1900, 2000])).toEqual([900, 1000, 2000]);
  });

  it("reports the wait until the next call would be admitted", () => {
    const counter = createCounter("calendar");
    counter.admit(1250, 1);
    expect(counter.waitMs(1400, 1)).toBe(600);
    expect(counter.waitMs(2000, 1)).toBe(0);
  });
});

describe("a token bucket", () => {
  it.each(seeds)("never admits more than its size plus the refill in any span (seed %i)", (seed) => {
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

  it("starts full and gains one token every 1/N second", () => {
    const callTimes = [...every(0, 12), 99, 100, 100, 199, 200];
    expect(admitted("bucket", 10, callTimes)).toEqual([...every(0, 10), 100, 200]);
  });

  it("admits almost twice the limit in the first second, and the limit in each later one", () => {
    const passed = admitted("bucket", 10, every(1, 3000));
    expect(passed.filter((atMs) => atMs < 1000)).toHaveLength(19);
    expect(passed.filter((atMs) => atMs >= 1000 && atMs < 2000)).toHaveLength(10);
    expect(passed.filter((atMs) => atMs >= 2000)).toHaveLength(10);
  });

  it("never holds more than its burst", () => {
    expect(admitted("bucket", 5, [...every(0, 5), ...every(0, 9, 60_000)])).toHaveLength(10);
  });

  it("reports the wait until the next call would be admitted", () => {
    const counter = createCounter("bucket");
    for (const atMs of every(0, 4)) counter.admit(atMs, 4);
    expect(counter.waitMs(100, 4)).toBe(150);
    expect(counter.waitMs(250, 4)).toBe(0);
  });
});

describe.each(["rolling", "calendar", "bucket"] as const)("counting by %s", (counting) => {
  it("does not count throttled calls", () => {
    const evenlySpaced = admitted(counting, 2, every(500, 20));
    const rapid = admitted(counting, 2, every(1, 9501));
    expect(evenlySpaced).toHaveLength(20);
    expect(rapid.length).toBeGreaterThanOrEqual(20);
  });

  it("works with fractional milliseconds of a wall clock", () => {
    const epochMs = 1_800_000_000_000;
    const callTimes = every(0.25, 8001, epochMs);
    expect(maxInCalendarSecond(admitted("calendar", 10, callTimes))).toBe(10);
    expect(admitted(counting, 10, callTimes).length).toBeGreaterThanOrEqual(21);
  });

  it("admits nothing at a limit of 0, and reports an infinite wait", () => {
    const counter = createCounter(counting);
    expect(counter.admit(0, 0)).toBe(false);
    expect(counter.waitMs(0, 0)).toBe(Infinity);
  });

  it("applies a changed limit to the next call", () => {
    const counter = createCounter(counting);
    for (const atMs of every(0, 3)) expect(counter.admit(atMs, 3)).toBe(true);
    expect(counter.admit(0, 3)).toBe(false);
    expect(counter.admit(1000, 1)).toBe(true);
    expect(counter.admit(1000, 1)).toBe(false);
  });
});
