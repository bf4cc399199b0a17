/** @jest-environment node */

// A short form of the benchmark on a virtual clock. It fails when an invariant breaks.

import { bytesInQueue, measureConformance } from "./measure";
import { OURS } from "./ours";
import type { Send } from "./peer";

it("never exceeds the limit in a rolling second, uses nearly all of it, and keeps the order", async () => {
  const { maxPerSecond, throttledPerSuccess, isInOrder, shareUsed } = await measureConformance(OURS);
  expect({ maxPerSecond, throttledPerSuccess, isInOrder }).toEqual({
    maxPerSecond: 10,
    throttledPerSuccess: { rolling: 0, calendar: 0, bucket: 0 },
    isInOrder: true,
  });
  expect(shareUsed.steady).toBeGreaterThanOrEqual(0.97);
  expect(shareUsed.jitter).toBeGreaterThanOrEqual(0.88);
});

it("detects a library that exceeds the limit", async () => {
  const none = { name: "none", settings: "", create: () => (send: Send) => send() };
  const { maxPerSecond, throttledPerSuccess } = await measureConformance(none, 200);
  expect(maxPerSecond).toBeGreaterThan(10);
  expect(throttledPerSuccess.rolling).toBeGreaterThan(1);
});

it("detects a library that lets a call overtake another, also among 429s", async () => {
  const create = () => {
    let calls = 0;
    return async (send: Send) => {
      calls += 1;
      if (calls % 2 === 1) await new Promise((go) => setTimeout(go, 1));
      return send();
    };
  };
  expect((await measureConformance({ name: "odd calls later", settings: "", create }, 200)).isInOrder).toBe(false);
});

it("restores the real clock and timers", async () => {
  const before = {
    setTimeout,
    clearTimeout,
    setInterval,
    clearInterval,
    now: Date.now,
    performanceNow: performance.now,
  };
  await bytesInQueue(10);
  expect({
    setTimeout,
    clearTimeout,
    setInterval,
    clearInterval,
    now: Date.now,
    performanceNow: performance.now,
  }).toEqual(before);
});
