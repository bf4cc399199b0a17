import { begin, burst, LIMIT } from "../../testing/sharedBursts";
import { STEADY } from "../../testing/scene";
import { SharedSceneOptions } from "../../testing/sharedScene";

const HOUR_MS = 3_600_000;
const SEEDS = [1, 2, 3, 4, 5];

/** A burst of calls in several scenes, which begin at different times of a second. */
async function callAll(count: number, each: number, options: SharedSceneOptions) {
  const sentMs: number[] = [];
  let throttled = 0;
  for (const seed of SEEDS) {
    const scene = await begin(count, { seed, ...options });
    await scene.clock.run(5000 + 200 * seed);
    await burst(scene, each, seed);
    expect(scene.account.successCount).toBe(count * each);
    expect(scene.browsers.flatMap(({ reported }) => reported)).toEqual([]);
    throttled += scene.account.throttledCount;
    sentMs.push(...(scene.account.sentAtMs.get(LIMIT) ?? []));
  }
  return { throttled, sentMs };
}

test("browsers whose clocks differ by hours share their turns as those whose clocks agree", async () => {
  const clockOffsetMs = (browser: number) => (browser % 3) * HOUR_MS;
  const apart = await callAll(20, 2, { clockOffsetMs });
  const equal = await callAll(20, 2, {});
  expect(apart.throttled).toBe(equal.throttled);
  expect(apart.sentMs).toHaveLength(equal.sentMs.length);
  apart.sentMs.forEach((sentMs, n) => expect(sentMs).toBeCloseTo(equal.sentMs[n], 3));
});

test("browsers whose clocks differ by hours get no 429 if calls take equally long to arrive", async () => {
  const clockOffsetMs = (browser: number) => (browser % 2) * -HOUR_MS;
  expect((await callAll(20, 2, { clockOffsetMs, latency: STEADY })).throttled).toBe(0);
});

test("with dates that have no milliseconds every call succeeds, and one in six gets a 429 at most", async () => {
  const { throttled } = await callAll(6, 10, { hasWholeSeconds: true });
  const alone = await callAll(6, 10, { usesBudget: () => false });
  // 43 for 300 calls. If the engine did not estimate the milliseconds, 60. Without the budget, several hundred.
  expect(throttled).toBeLessThan(50);
  expect(throttled).toBeLessThan(alone.throttled / 4);
});
