import fc from "fast-check";

import { AdaptiveRate } from "./adaptiveRate";

/** Sends successful calls at the adaptive rate for `forMs`. Returns the time at the end. */
function use(rate: AdaptiveRate, fromMs: number, forMs: number, isShared = false): number {
  let nowMs = fromMs;
  while (nowMs < fromMs + forMs) {
    nowMs += 1000 / rate.perSecond(nowMs);
    rate.recordSuccess(nowMs, isShared);
  }
  return nowMs;
}

test("is the configured rate without a 429", () => {
  const rate = new AdaptiveRate(10);
  use(rate, 0, 60_000);
  expect(rate.perSecond(60_000)).toBe(10);
  expect(rate.isReduced).toBe(false);
});

test("falls to 70 % of the sent rate at a 429", () => {
  const rate = new AdaptiveRate(10);
  rate.recordThrottled(0, 8);
  expect(rate.perSecond(0)).toBeCloseTo(5.6);
  rate.recordThrottled(1000, 8);
  expect(rate.perSecond(1000)).toBeCloseTo(3.92);
  expect(rate.isReduced).toBe(true);
});

test("counts an occasional call as one per second", () => {
  const rate = new AdaptiveRate(10);
  rate.recordThrottled(0, 0);
  expect(rate.perSecond(0)).toBeCloseTo(0.7);
});

test("never falls below one call in two seconds", () => {
  for (const configured of [1, 10]) {
    const rate = new AdaptiveRate(configured);
    for (let second = 0; second < 50; second += 1) rate.recordThrottled(second * 1000, 1);
    expect(rate.perSecond(50_000)).toBe(0.5);
  }
});

test("reaches the configured rate within half a minute of use", () => {
  const rate = new AdaptiveRate(10);
  rate.recordThrottled(0, 1);
  const nowMs = use(rate, 0, 15_000);
  expect(rate.perSecond(nowMs)).toBeGreaterThan(5);
  expect(rate.perSecond(nowMs)).toBeLessThan(6.5);
  expect(rate.perSecond(use(rate, nowMs, 16_000))).toBe(10);
});

test("reaches it within a few seconds while the account's browsers share a budget", () => {
  const rate = new AdaptiveRate(10);
  rate.recordThrottled(0, 1);
  expect(rate.perSecond(use(rate, 0, 6000, true))).toBe(10);
});

test("does not rise while idle", () => {
  const rate = new AdaptiveRate(10);
  rate.recordThrottled(0, 10);
  expect(rate.perSecond(200_000)).toBeCloseTo(7);
  rate.recordSuccess(200_000, false);
  expect(rate.perSecond(200_000)).toBeLessThan(7.1);
});

test("forgets a 429 after five minutes", () => {
  const rate = new AdaptiveRate(10);
  rate.recordThrottled(0, 1);
  expect(rate.perSecond(299_999)).toBeCloseTo(0.7);
  expect(rate.perSecond(300_000)).toBe(10);
});

test("follows new settings", () => {
  const rate = new AdaptiveRate(10);
  rate.configure(20);
  expect(rate.perSecond(0)).toBe(20);
  rate.recordThrottled(0, 20);
  rate.configure(5);
  expect(rate.perSecond(0)).toBe(5);
});

test("stays between 5 % and 100 % of the configured rate in any history", () => {
  const event = fc.record({
    afterMs: fc.nat(20_000),
    isThrottled: fc.boolean(),
    isShared: fc.boolean(),
    sent: fc.nat(100),
  });
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 100, noNaN: true }), fc.array(event), (configured, events) => {
      const rate = new AdaptiveRate(configured);
      let nowMs = 0;
      for (const { afterMs, isThrottled, isShared, sent } of events) {
        nowMs += afterMs;
        if (isThrottled) rate.recordThrottled(nowMs, sent);
        else rate.recordSuccess(nowMs, isShared);
        expect(rate.perSecond(nowMs)).toBeLessThanOrEqual(configured);
        expect(rate.perSecond(nowMs)).toBeGreaterThanOrEqual(configured / 20);
      }
    }),
  );
});
