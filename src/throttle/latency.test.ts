import { seeded } from "../../testing/virtualClock";
import { Latency } from "./latency";

function seen(roundTripsMs: number[], everyMs = 200): Latency {
  const latency = new Latency();
  roundTripsMs.forEach((ms, index) => latency.record(ms, index * everyMs));
  return latency;
}
const times = (count: number, ms: (index: number) => number) => Array.from({ length: count }, (_, index) => ms(index));

test("trusts nothing that it has hardly seen", () => {
  expect(seen([]).minRoundTripMs).toBe(0);
  expect(seen(times(9, () => 100)).minRoundTripMs).toBe(0);
});

test("does not trust one burst, whose calls all waited for the connection", () => {
  expect(
    seen(
      times(50, () => 400),
      1,
    ).minRoundTripMs,
  ).toBe(0);
});

test("knows the way when it always takes the same", () => {
  expect(seen(times(20, () => 100)).minRoundTripMs).toBe(100);
});

test("comes close to the quickest round trip, and stays below it, the more it has seen", () => {
  const random = seeded(3);
  const jitter = () => 60 + 120 * (random() + random());
  expect(seen(times(20, jitter)).minRoundTripMs).toBe(0);
  const many = seen(times(3000, jitter)).minRoundTripMs;
  expect(many).toBeGreaterThan(45);
  expect(many).toBeLessThan(61);
});

test("is not put off for long by a call that took half a minute", () => {
  expect(seen(times(400, (index) => (index === 7 ? 30_000 : 100))).minRoundTripMs).toBeGreaterThan(50);
});

test.each([2001, 60_000, 3_600_000])(
  "is not put off at all by one of %i ms: that was no way, but a machine that slept",
  (ms) => {
    expect(seen(times(60, (index) => (index === 7 ? ms : 100))).minRoundTripMs).toBe(100);
  },
);

test("forgets a way that is not taken any more", () => {
  expect(seen([...times(100, () => 20), ...times(4000, () => 200)]).minRoundTripMs).toBe(200);
});

test("follows a quicker way at once", () => {
  expect(seen([...times(1000, () => 200), 20]).minRoundTripMs).toBeLessThanOrEqual(20);
});
