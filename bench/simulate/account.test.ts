/** @jest-environment node */

import { offeredOverTime } from "./accountScenarios";
import { ours, shared } from "./policies";
import { meanOf, relativeTime, resultsOf, throttledPerJoin } from "./results";
import { joiningInMidBurst, SCENARIOS, startOfShift } from "./scenarios";
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

// A thousand agents take minutes for each seed. Their figures are in docs/simulation-account.md.
it("lets 250 agents start their shift almost without 429s, if their chats are offered over time", async () => {
  const [result] = await resultsOf(offeredOverTime(250, 1, 30_000), shared, "rolling", 1);
  expect(result.joined).toBe(250);
  expect(throttledPerJoin(result)).toBeLessThanOrEqual(0.02);
  expect(relativeTime(result)).toBeLessThanOrEqual(1.12);
});

// With twenty seeds, the figures are at most 0.05 and 1.5 s. A few seeds vary more.
it("gets few 429s on a steady day of 80 %", async () => {
  const steady = SCENARIOS.find(({ id }) => id === "steady")!;
  const results = await resultsOf(steady, shared, "rolling", 3);
  expect(results.every(({ lost }) => lost === 0)).toBe(true);
  expect(meanOf(results, throttledPerJoin)).toBeLessThanOrEqual(0.06);
  expect(meanOf(results, ({ waitsMs }) => percentile(waitsMs, 0.95))).toBeLessThanOrEqual(2000);
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

it("lets newcomers in mid-burst share the limit", async () => {
  const results = await resultsOf(joiningInMidBurst(100, 2), shared, "rolling", SEEDS);
  expect(results.every(({ joined }) => joined === 200)).toBe(true);
  expect(meanOf(results, throttledPerJoin)).toBeLessThanOrEqual(0.06);
});

it("does not count the chats of tabs that die, and lets the others join", async () => {
  const [all] = await resultsOf({ ...startOfShift(40, 2), id: "dying", dyingShare: 1 }, shared, "rolling", 1);
  expect(all).toMatchObject({ joined: 0, lost: 0 });
  const [few] = await resultsOf({ ...startOfShift(40, 2), id: "dying few", dyingShare: 0.1 }, shared, "rolling", 1);
  expect(few.joined).toBeGreaterThan(60);
  expect(few.lost).toBe(0);
});

it("sends later from pages that are held up", async () => {
  const scene = { ...startOfShift(1, 1), latency: { fromMs: 90, toMs: 90 } };
  const [prompt] = await resultsOf({ ...scene, id: "prompt" }, ours, "rolling", 1);
  const [heldUp] = await resultsOf({ ...scene, id: "held up", heldUpShare: 1 }, ours, "rolling", 1);
  expect(heldUp.finishedMs).toBeGreaterThan(prompt.finishedMs);
});

it("paces by the rate that it is asked for", async () => {
  const slow = await resultsOf({ ...startOfShift(1, 6), id: "slow", perSecond: 2 }, ours, "rolling", 1);
  expect(slow).toMatchObject([{ joined: 6, throttled: 0 }]);
  expect(slow[0].finishedMs).toBeGreaterThan(2000);
});
