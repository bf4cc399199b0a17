import fc from "fast-check";

import { RateLimitId } from "../limits/limits";
import { readSettings } from "../settings/readSettings";
import { EnforceSimulation } from "./enforceSimulation";

const { rates } = readSettings(undefined).settings;
const JOIN: RateLimitId = "POST /WebChannels/Users"; // 10 a second
const LIST: RateLimitId = "GET /WebChannels"; // 1 a second

test("twenty at once at ten a second: ten would have waited a second, in a queue of ten", () => {
  const rehearsal = new EnforceSimulation();
  const all = Array.from({ length: 20 }, () => rehearsal.simulateCall([JOIN], rates, 0));
  expect(all.map(({ waitMs }) => waitMs)).toEqual([...Array(10).fill(0), ...Array(10).fill(1000)]);
  expect(all[19].queueLength).toBe(10);
  expect(rehearsal.simulateCall([JOIN], rates, 5000)).toEqual({ waitMs: 0, queueLength: 0 });
});

test("a burst that is held smaller than the limit spaces the calls behind it", () => {
  const spaced = { ...rates, [JOIN]: { perSecond: 10, burst: 2 } };
  const rehearsal = new EnforceSimulation();
  const waits = Array.from({ length: 4 }, () => rehearsal.simulateCall([JOIN], spaced, 0).waitMs);
  expect(waits).toEqual([0, 0, 100, 200]);
});

test("a rate below one a second has a window as long as it needs", () => {
  const slow = { ...rates, [LIST]: { perSecond: 0.5, burst: 1 } };
  const rehearsal = new EnforceSimulation();
  expect([0, 0, 0].map((ms) => rehearsal.simulateCall([LIST], slow, ms).waitMs)).toEqual([0, 2000, 4000]);
});

test("a call on two limits would wait for the one that is later, and then spend both", () => {
  const rehearsal = new EnforceSimulation();
  rehearsal.simulateCall([LIST], rates, 0);
  expect(rehearsal.simulateCall([LIST, JOIN], rates, 0).waitMs).toBe(1000);
  // First come, first served: it would stand behind the one on both.
  expect(rehearsal.simulateCall([JOIN], rates, 0).waitMs).toBe(1000);
});

test("a steady overload lines up ten thousand and no more, and is over when those have gone", () => {
  const rehearsal = new EnforceSimulation();
  const flood = Array.from({ length: 10_500 }, () => rehearsal.simulateCall([LIST], rates, 0));
  expect(flood[10_499]).toEqual({ waitMs: 10_001_000, queueLength: 10_001 });
  expect(rehearsal.simulateCall([LIST], rates, 10_002_000)).toEqual({ waitMs: 0, queueLength: 0 });
});

test("no history would have more starts in a second than the limit, or let anyone be overtaken", () => {
  const history = fc.array(
    fc.record({
      afterMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 900 })),
      limit: fc.constantFrom(JOIN, LIST),
    }),
    { maxLength: 80 },
  );
  fc.assert(
    fc.property(history, (calls) => {
      const rehearsal = new EnforceSimulation();
      const starts = new Map<RateLimitId, number[]>([
        [JOIN, []],
        [LIST, []],
      ]);
      let nowMs = 0;
      for (const { afterMs, limit } of calls) {
        nowMs += afterMs;
        starts.get(limit)?.push(nowMs + rehearsal.simulateCall([limit], rates, nowMs).waitMs);
      }
      starts.forEach((times, limit) => {
        const most = rates[limit].perSecond;
        times.forEach((startMs, index) => {
          if (index > 0) expect(startMs).toBeGreaterThanOrEqual(times[index - 1]);
          if (index >= most) expect(startMs - times[index - most]).toBeGreaterThanOrEqual(1000);
        });
      });
    }),
  );
});
