/** @jest-environment node */

import { ours, shared } from "./policies";
import { meanOf, relativeTime, resultsOf, throttledPerJoin } from "./results";
import { startOfShift } from "./scenarios";
import { percentile } from "./simulate";

// For slow machines.
jest.setTimeout(300_000);

const SEEDS = 5;

it("lets a hundred agents start their shift with the account budget almost without 429s", async () => {
  const results = await resultsOf(startOfShift(100, 2), shared, "rolling", SEEDS);
  expect(results.every(({ joined }) => joined === 200)).toBe(true);
  expect(meanOf(results, throttledPerJoin)).toBeLessThanOrEqual(0.02);
  expect(meanOf(results, relativeTime)).toBeLessThanOrEqual(1.12);
});

it("lets six agents join ten chats each at once with few 429s", async () => {
  const results = await resultsOf(startOfShift(6, 10), shared, "rolling", SEEDS);
  expect(meanOf(results, throttledPerJoin)).toBeLessThanOrEqual(0.05);
  expect(meanOf(results, relativeTime)).toBeLessThanOrEqual(1.3);
});

it("delays a call on a quiet account by at most 0.2 s in the median", async () => {
  const quiet = { ...startOfShift(1, 1), id: "one" };
  const median = async (policy: typeof ours) =>
    meanOf(await resultsOf(quiet, policy, "rolling", 20), ({ waitsMs }) => percentile(waitsMs, 0.5));
  expect((await median(shared)) - (await median(ours))).toBeLessThanOrEqual(200);
});
