import fc from "fast-check";

import { RateLimitId } from "../limits/limits";
import { readSettings } from "../settings/readSettings";
import { EnforceSimulation } from "./enforceSimulation";

const { rates } = readSettings(undefined).settings;
const JOIN: RateLimitId = "POST /WebChannels/Users"; // 10/s
const LIST: RateLimitId = "GET /WebChannels"; // 1/s

test("queues ten of twenty simultaneous calls for one second at 10/s", () => {
  const simulation = new EnforceSimulation();
  const all = Array.from({ length: 20 }, () => simulation.simulateCall([JOIN], rates, 0));
  expect(all.map(({ waitMs }) => waitMs)).toEqual([...Array(10).fill(0), ...Array(10).fill(1000)]);
  expect(all[19].queueLength).toBe(10);
  expect(simulation.simulateCall([JOIN], rates, 5000)).toEqual({ waitMs: 0, queueLength: 0 });
});

test("spaces calls beyond a configured burst", () => {
  const spaced = { ...rates, [JOIN]: { perSecond: 10, burst: 2 } };
  const simulation = new EnforceSimulation();
  const waits = Array.from({ length: 4 }, () => simulation.simulateCall([JOIN], spaced, 0).waitMs);
  expect(waits).toEqual([0, 0, 100, 200]);
});

test("uses a window longer than a second for a rate below 1/s", () => {
  const slow = { ...rates, [LIST]: { perSecond: 0.5, burst: 1 } };
  const simulation = new EnforceSimulation();
  expect([0, 0, 0].map((ms) => simulation.simulateCall([LIST], slow, ms).waitMs)).toEqual([0, 2000, 4000]);
});

test("makes a call with two limits wait for the later one and spend both", () => {
  const simulation = new EnforceSimulation();
  simulation.simulateCall([LIST], rates, 0);
  expect(simulation.simulateCall([LIST, JOIN], rates, 0).waitMs).toBe(1000);
  // First come, first served: it queues behind the call with both limits.
  expect(simulation.simulateCall([JOIN], rates, 0).waitMs).toBe(1000);
});

test("caps the simulated queue under a steady overload, and recovers afterwards", () => {
  const simulation = new EnforceSimulation();
  const flood = Array.from({ length: 10_500 }, () => simulation.simulateCall([LIST], rates, 0));
  expect(flood[10_499]).toEqual({ waitMs: 10_001_000, queueLength: 10_001 });
  expect(simulation.simulateCall([LIST], rates, 10_002_000)).toEqual({ waitMs: 0, queueLength: 0 });
});

test("never exceeds the limit in a rolling second nor lets a call overtake, for any history", () => {
  const history = fc.array(
    fc.record({
      afterMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 900 })),
      limit: fc.constantFrom(JOIN, LIST),
    }),
    { maxLength: 80 },
  );
  fc.assert(
    fc.property(history, (calls) => {
      const simulation = new EnforceSimulation();
      const starts = new Map<RateLimitId, number[]>([
        [JOIN, []],
        [LIST, []],
      ]);
      let nowMs = 0;
      for (const { afterMs, limit } of calls) {
        nowMs += afterMs;
        starts.get(limit)?.push(nowMs + simulation.simulateCall([limit], rates, nowMs).waitMs);
      }
      starts.forEach((times, limit) => {
        const perSecond = rates[limit].perSecond;
        times.forEach((startMs, index) => {
          if (index > 0) expect(startMs).toBeGreaterThanOrEqual(times[index - 1]);
          if (index >= perSecond) expect(startMs - times[index - perSecond]).toBeGreaterThanOrEqual(1000);
        });
      });
    }),
  );
});
