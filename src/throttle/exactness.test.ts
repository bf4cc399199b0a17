/** Compares the sent calls with the limit, for the three ways in which an account may count. */

import fc from "fast-check";

import { LIMITS, RATE_LIMIT_IDS, RateLimitId } from "../limits/limits";
import { COUNTINGS } from "../../testing/account";
import { JITTER, newScene, SceneOptions, STEADY } from "../../testing/scene";

describe.each(COUNTINGS)("when the account counts by %s", (counting) => {
  test.each(RATE_LIMIT_IDS)("sends a burst of 20 seconds' worth at %s without a 429", async (limit) => {
    const perSecond = LIMITS[limit].perSecond;
    const bursts = Math.max(2, Math.ceil(20 / perSecond));
    for (let seed = 1; seed <= bursts; seed += 1) {
      const { clock, account, send } = newScene({ counting, seed });
      const calls = Array.from({ length: 20 * perSecond }, () => send({ limits: [limit] }));
      await clock.until(Promise.all(calls));
      expect({ seed, throttled: account.throttledCount, done: account.successCount }).toEqual({
        seed,
        throttled: 0,
        done: 20 * perSecond,
      });
      expect(account.mostInAnySecond(limit)).toBe(perSecond);
    }
  });

  test("gets no 429 and never exceeds the limit in any history of bursts and lulls", async () => {
    const limits = fc.constantFrom<RateLimitId>(
      "POST /channels",
      "POST /WebChannels",
      "GET /channels/CHxx",
      "GET /WebChannels",
    );
    const pauses = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 4000 }));
    const history = fc.array(fc.record({ afterMs: pauses, calls: fc.integer({ min: 1, max: 8 }) }), {
      minLength: 1,
      maxLength: 20,
    });
    const property = fc.asyncProperty(fc.integer(), limits, history, async (seed, limit, bursts) => {
      const { clock, account, send } = newScene({ counting, seed });
      const calls: Promise<unknown>[] = [];
      for (const { afterMs, calls: count } of bursts) {
        await clock.run(clock.now() + afterMs);
        for (let call = 0; call < count; call += 1) calls.push(send({ limits: [limit] }));
      }
      await clock.until(Promise.all(calls));
      expect(account.throttledCount).toBe(0);
      expect(account.mostInAnySecond(limit)).toBeLessThanOrEqual(LIMITS[limit].perSecond);
    });
    await fc.assert(property, { numRuns: 500 });
  });
});

test.each(COUNTINGS)(
  "sends 60 calls within 5 %% of the shortest possible time when the account counts by %s and the latency is constant",
  async (counting) => {
    const { clock, account, send } = newScene({ counting, seed: 1, delay: STEADY });
    await clock.until(Promise.all(Array.from({ length: 60 }, () => send({ limits: ["POST /channels"] }))));
    const roundTripMs = STEADY.fromMs + STEADY.toMs;
    expect(account.throttledCount).toBe(0);
    expect(clock.now()).toBeLessThanOrEqual((5000 + roundTripMs) * 1.05);
  },
);

/** The share of the limit that is used while calls are always queued, after `warmUpCalls` to measure the latency. */
async function shareUsed(limit: RateLimitId, way: SceneOptions["delay"], warmUpCalls: number, calls: number) {
  const { clock, account, send } = newScene({ counting: "rolling", seed: 7, delay: way });
  const all = Array.from({ length: warmUpCalls + calls }, () => send({ limits: [limit] }));
  await clock.until(Promise.all(all.slice(0, warmUpCalls)));
  const fromMs = clock.now();
  const doneBefore = account.successCount;
  await clock.until(Promise.all(all));
  return {
    share: ((account.successCount - doneBefore) * 1000) / (clock.now() - fromMs) / LIMITS[limit].perSecond,
    throttled: account.throttledCount,
  };
}

test.each(RATE_LIMIT_IDS)("uses 97 % of %s when the latency is constant", async (limit) => {
  const { share, throttled } = await shareUsed(limit, STEADY, 40, 400);
  expect(share).toBeGreaterThanOrEqual(0.97);
  expect(throttled).toBe(0);
});

test.each(["POST /channels", "POST /WebChannels", "POST /FlexFlows", "GET /WebChannels"] as const)(
  "uses 88 % of %s when the latency varies by 120 ms",
  async (limit) => {
    const { share, throttled } = await shareUsed(limit, JITTER, 2000, 4000);
    expect(share).toBeGreaterThanOrEqual(0.88);
    expect(throttled).toBe(0);
  },
);
