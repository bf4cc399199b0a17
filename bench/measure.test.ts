/** @jest-environment node */

// The short form of the bench: it fails when a law breaks, never on a time of the machine.

import { bytesInQueue, costOfWaiting, leftAfter, measureLaws } from "./measure";
import { OURS } from "./ours";
import type { Send } from "./peer";

it("keeps to the limit in any second, loses little of it, and keeps the order", async () => {
  const { mostInAnySecond, refusedPerSuccess, isInOrder, used } = await measureLaws(OURS);
  expect({ mostInAnySecond, refusedPerSuccess, isInOrder }).toEqual({
    mostInAnySecond: 10,
    refusedPerSuccess: { rolling: 0, calendar: 0, bucket: 0 },
    isInOrder: true,
  });
  expect(used.steady).toBeGreaterThanOrEqual(0.97);
  expect(used.jitter).toBeGreaterThanOrEqual(0.88);
});

it("sees a library that does not keep to the limit", async () => {
  const none = { name: "none", settings: "", create: () => (send: Send) => send() };
  const { mostInAnySecond, refusedPerSuccess } = await measureLaws(none, 200);
  expect(mostInAnySecond).toBeGreaterThan(10);
  expect(refusedPerSuccess.rolling).toBeGreaterThan(1);
});

it("sees a library that lets a call overtake another, also where some are refused", async () => {
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

it("takes some 600 bytes for a call that waits, with the promises of who sends it, and some 450 in the queue itself", async () => {
  // What the engine keeps in a box of its own depends on what ran before: some fifty bytes more or less.
  expect(await bytesInQueue(50_000)).toBeLessThanOrEqual(520);
  expect((await costOfWaiting(OURS, 50_000)).bytesEach).toBeLessThanOrEqual(720);
});

it("keeps nothing of a call that is over", async () => {
  const calls = 50_000;
  // The least that could be kept is a number or a pointer, of eight bytes.
  expect(await leftAfter(OURS, calls)).toBeLessThan(4 * calls);
});

it("gives the machine its clock and timers back", async () => {
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
