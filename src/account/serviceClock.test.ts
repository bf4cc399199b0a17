import { START_MS } from "../../testing/tickets";
import { ServiceClock } from "./serviceClock";

test("converts by the shortest of its round trips", () => {
  const clock = new ServiceClock();
  clock.record(1000, 1400, START_MS + 1301);
  clock.record(2000, 2100, START_MS + 2050);
  expect(clock.toService(3000)).toBe(START_MS + 3000);
});

test("estimates when a call arrives by the quickest write", () => {
  const clock = new ServiceClock();
  clock.record(1000, 1400, START_MS + 1301);
  clock.record(2000, 2300, START_MS + 2040);
  expect(clock.toArrival(3000)).toBe(START_MS + 3040);
});

test("estimates from the items of others until this browser has written something", () => {
  const clock = new ServiceClock();
  expect(clock.isKnown).toBe(false);
  clock.recordArrival(1100, START_MS + 1000);
  clock.recordArrival(2060, START_MS + 2000);
  clock.recordArrival(9000, START_MS + 3000);
  expect(clock.toService(5000)).toBe(START_MS + 5000);
});

test("forgets what a round trip contradicts, because clocks stop while a machine sleeps", () => {
  const clock = new ServiceClock();
  clock.recordArrival(1060, START_MS + 1000);
  clock.record(1000, 1100, START_MS + 1050);
  clock.record(2000, 2200, START_MS + 600_000);
  expect(clock.toService(2100)).toBe(START_MS + 600_000);
});

test("ignores round trips of more than two seconds", () => {
  const clock = new ServiceClock();
  clock.record(0, 2001, START_MS);
  expect(clock.isKnown).toBe(false);
});

test("sends a call so early that it arrives at its turn, once it knows the ways", () => {
  const clock = new ServiceClock();
  for (let n = 0; n < 10; n += 1) {
    clock.record(1000 * n, 1000 * n + 200, START_MS + 1000 * n + 101);
    clock.recordArrival(1000 * n + 201, START_MS + 1000 * n + 101);
  }
  const startMs = clock.toStart(START_MS + 60_000);
  expect(Math.abs(startMs - 59_900)).toBeLessThan(20);
});

test("trusts the shortest read if the page was held up at its own writes", () => {
  const clock = new ServiceClock();
  clock.recordRead(100);
  clock.record(1000, 1900, START_MS + 1400);
  clock.recordArrival(2050, START_MS + 2000);
  expect(clock.toStart(START_MS + 60_000)).toBe(59_935);
});
