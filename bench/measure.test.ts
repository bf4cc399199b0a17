/** @jest-environment node */

// The short form of the bench: it fails when a law breaks, never on a time of the machine.

import { bytesInQueue, measureLaws } from "./measure";
import { OURS } from "./ours";

it("keeps to the limit in any second, loses little of it, and keeps the order", async () => {
  const { mostInAnySecond, refusedPerSuccess, isInOrder, used } = await measureLaws(OURS);
  expect({ mostInAnySecond, refusedPerSuccess, isInOrder }).toEqual({ mostInAnySecond: 10, refusedPerSuccess: { rolling: 0, calendar: 0, bucket: 0 }, isInOrder: true });
  expect(used.steady).toBeGreaterThanOrEqual(0.97);
  expect(used.jitter).toBeGreaterThanOrEqual(0.88);
});

it("sees a library that does not keep to the limit", async () => {
  const none = { name: "none", settings: "", create: () => (send: () => Promise<{ status: 200 | 429 }>) => send() };
  const { mostInAnySecond, refusedPerSuccess } = await measureLaws(none, 200);
  expect(mostInAnySecond).toBeGreaterThan(10);
  expect(refusedPerSuccess.rolling).toBeGreaterThan(1);
});

it("gives the machine its clock and timers back", async () => {
  const before = { setTimeout, clearTimeout, setInterval, clearInterval, now: Date.now, performanceNow: performance.now };
  await bytesInQueue(10);
  expect({ setTimeout, clearTimeout, setInterval, clearInterval, now: Date.now, performanceNow: performance.now }).toEqual(before);
});
