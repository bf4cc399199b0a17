/** @jest-environment node */

// The short form of the bench, on a virtual clock: it fails when an invariant breaks.

import { bytesInQueue, measureLaws } from "./measure";
import { OURS } from "./ours";
import type { Send } from "./peer";

it("keeps to the limit in any second, uses nearly all of it, and keeps the order", async () => {
  const { mostInAnySecond, refusedPerSuccess, isInOrder, used } = await measureLaws(OURS);
  expect({ mostInAnySecond, refusedPerSuccess, isInOrder }).toEqual({
    mostInAnySecond: 10,
    refusedPerSuccess: { rolling: 0, calendar: 0, bucket: 0 },
    isInOrder: true,
  });
  expect(used.steady).toBeGreaterThanOrEqual(0.97);
  expect(used.jitter).toBeGreaterThanOrEqual(0.88);
});

it("detects a library that does not keep to the limit", async () => {
  const none = { name: "none", settings: "", create: () => (send: Send) => send() };
  const { mostInAnySecond, refusedPerSuccess } = await measureLaws(none, 200);
  expect(mostInAnySecond).toBeGreaterThan(10);
  expect(refusedPerSuccess.rolling).toBeGreaterThan(1);
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
  expect((await measureLaws({ name: "odd calls later", settings: "", create }, 200)).isInOrder).toBe(false);
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
