import { seeded } from "../../testing/virtualClock";
import { Latency } from "./latency";

function observe(roundTripsMs: number[], everyMs = 200): Latency {
  const latency = new Latency();
  roundTripsMs.forEach((ms, index) => latency.record(ms, index * everyMs));
  return latency;
}
const times = (count: number, ms: (index: number) => number) => Array.from({ length: count }, (_, index) => ms(index));

test("is 0 until ten round trips were observed", () => {
  expect(observe([]).minRoundTripMs).toBe(0);
  expect(observe(times(9, () => 100)).minRoundTripMs).toBe(0);
});

test("is 0 after a single burst, whose calls all waited for the connection", () => {
  expect(
    observe(
      times(50, () => 400),
      1,
    ).minRoundTripMs,
  ).toBe(0);
});

test("is exact when every round trip takes the same time", () => {
  expect(observe(times(20, () => 100)).minRoundTripMs).toBe(100);
});

test("approaches the quickest round trip from below as observations accumulate", () => {
  const random = seeded(3);
  const jitter = () => 60 + 120 * (random() + random());
  expect(observe(times(20, jitter)).minRoundTripMs).toBe(0);
  const many = observe(times(3000, jitter)).minRoundTripMs;
  expect(many).toBeGreaterThan(45);
  expect(many).toBeLessThan(61);
});

test("recovers from a round trip of half a minute", () => {
  expect(observe(times(400, (index) => (index === 7 ? 30_000 : 100))).minRoundTripMs).toBeGreaterThan(50);
});

test.each([2001, 60_000, 3_600_000])("ignores a round trip of %i ms, which measures a machine that slept", (ms) => {
  expect(observe(times(60, (index) => (index === 7 ? ms : 100))).minRoundTripMs).toBe(100);
});

test("forgets a route that is no longer taken", () => {
  expect(observe([...times(100, () => 20), ...times(4000, () => 200)]).minRoundTripMs).toBe(200);
});

test("follows a quicker route at once", () => {
  expect(observe([...times(1000, () => 200), 20]).minRoundTripMs).toBeLessThanOrEqual(20);
});
