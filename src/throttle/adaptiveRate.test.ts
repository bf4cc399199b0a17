import fc from "fast-check";

import { AdaptiveRate } from "./adaptiveRate";

/** Calls that succeed one after the other at the learned rate, for so long. @returns the time at the end. */
function use(rate: AdaptiveRate, fromMs: number, forMs: number): number {
  let nowMs = fromMs;
  while (nowMs < fromMs + forMs) {
    nowMs += 1000 / rate.perSecond(nowMs);
    rate.recordSuccess(nowMs);
  }
  return nowMs;
}

test("is the configured one while nothing is refused", () => {
  const rate = new AdaptiveRate(10);
  use(rate, 0, 60_000);
  expect(rate.perSecond(60_000)).toBe(10);
  expect(rate.isReduced).toBe(false);
});

test("falls below what was sent when one was refused", () => {
  const rate = new AdaptiveRate(10);
  rate.recordThrottled(0, 8);
  expect(rate.perSecond(0)).toBeCloseTo(5.6);
  rate.recordThrottled(1000, 8);
  expect(rate.perSecond(1000)).toBeCloseTo(3.92);
  expect(rate.isReduced).toBe(true);
});

test("a call now and then is not taken for many", () => {
  const rate = new AdaptiveRate(10);
  rate.recordThrottled(0, 0);
  expect(rate.perSecond(0)).toBeCloseTo(0.7);
});

test("however much is refused, one call in two seconds may find out", () => {
  for (const configured of [1, 10]) {
    const rate = new AdaptiveRate(configured);
    for (let refusals = 0; refusals < 50; refusals += 1) rate.recordThrottled(refusals * 1000, 1);
    expect(rate.perSecond(50_000)).toBe(0.5);
  }
});

test("rises while it is used: half way in a quarter of a minute, whole in half a minute", () => {
  const rate = new AdaptiveRate(10);
  rate.recordThrottled(0, 1);
  const nowMs = use(rate, 0, 15_000);
  expect(rate.perSecond(nowMs)).toBeGreaterThan(5);
  expect(rate.perSecond(nowMs)).toBeLessThan(6.5);
  expect(rate.perSecond(use(rate, nowMs, 16_000))).toBe(10);
});

test("idle time teaches nothing", () => {
  const rate = new AdaptiveRate(10);
  rate.recordThrottled(0, 10);
  expect(rate.perSecond(200_000)).toBeCloseTo(7);
  rate.recordSuccess(200_000);
  expect(rate.perSecond(200_000)).toBeLessThan(7.1);
});

test("a refusal is forgotten after five minutes", () => {
  const rate = new AdaptiveRate(10);
  rate.recordThrottled(0, 1);
  expect(rate.perSecond(299_999)).toBeCloseTo(0.7);
  expect(rate.perSecond(300_000)).toBe(10);
});

test("new settings hold for what is learned, too", () => {
  const rate = new AdaptiveRate(10);
  rate.configure(20);
  expect(rate.perSecond(0)).toBe(20);
  rate.recordThrottled(0, 20);
  rate.configure(5);
  expect(rate.perSecond(0)).toBe(5);
});

test("whatever happens, it stays between a twentieth of the configured rate and the whole", () => {
  const event = fc.record({ afterMs: fc.nat(20_000), isRefused: fc.boolean(), sent: fc.nat(100) });
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 100, noNaN: true }), fc.array(event), (configured, events) => {
      const rate = new AdaptiveRate(configured);
      let nowMs = 0;
      for (const { afterMs, isRefused, sent } of events) {
        nowMs += afterMs;
        if (isRefused) rate.recordThrottled(nowMs, sent);
        else rate.recordSuccess(nowMs);
        expect(rate.perSecond(nowMs)).toBeLessThanOrEqual(configured);
        expect(rate.perSecond(nowMs)).toBeGreaterThanOrEqual(configured / 20);
      }
    }),
  );
});
