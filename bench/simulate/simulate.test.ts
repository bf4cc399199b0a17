/** @jest-environment node */

// A short form of the simulation. It depends on virtual time only.

import { COUNTINGS } from "../../testing/account";
import { BACKOFFS } from "./backoffs";
import { awsAdaptive, latencyKnown, ours, POLICIES, Policy, latencyUnknown, fixedRate } from "./policies";
import { relativeTime, meanOf, throttledPerJoin, resultsOf } from "./results";
import { SCENARIOS } from "./scenarios";
import { percentile, simulate } from "./simulate";

// For slow machines.
jest.setTimeout(300_000);

/** The number of seeds for clear differences and for long runs. */
const FEW_SEEDS = 3;

const scenario = (id: string) => SCENARIOS.find((each) => each.id === id)!;
const policy = (name: string) => POLICIES.find((each) => each.name === name)!;

describe.each(COUNTINGS)("when the account counts by %s", (counting) => {
  it("joins one agent's sixty chats without a 429", async () => {
    const { joined, throttled } = await simulate(scenario("bulk"), ours, counting, 1);
    expect({ joined, throttled }).toEqual({ joined: 60, throttled: 0 });
  });

  it.each([
    [
      "needs at most 5 % more time than a sender that knows the latency, at constant latency",
      "bulk-alike",
      latencyKnown,
      1.05,
    ],
    [
      "after page load, needs at most 1 % more time than the baseline that does not know the latency",
      "bulk",
      latencyUnknown,
      1.01,
    ],
    [
      "after 400 chats, needs at most 5 % more time than the baseline that knows the minimum latency",
      "bulk-later",
      latencyKnown,
      1.05,
    ],
  ])("%s", async (_, id, baseline, maxRatio) => {
    const [own, beside] = [
      await resultsOf(scenario(id), ours, counting),
      await resultsOf(scenario(id), baseline, counting),
    ];
    expect([...own, ...beside].every(({ joined, throttled }) => joined === 60 && throttled === 0)).toBe(true);
    expect(
      meanOf(own, ({ finishedMs }) => finishedMs) / meanOf(beside, ({ finishedMs }) => finishedMs),
    ).toBeLessThanOrEqual(maxRatio);
  });

  it("joins every chat of a hundred agents within 1.2 times the shortest time", async () => {
    const own = await resultsOf(scenario("shift-100"), ours, counting);
    expect(own.every(({ joined }) => joined === 200)).toBe(true);
    expect(meanOf(own, relativeTime)).toBeLessThanOrEqual(1.2);
  });

  it.each(POLICIES.filter((each) => each !== ours))(
    "gets fewer 429s than $name when a hundred agents start their shift",
    async (other) => {
      const [own, theirs] = [
        await resultsOf(scenario("shift-100"), ours, counting),
        await resultsOf(scenario("shift-100"), other, counting),
      ];
      // AWS's gets about as many 429s as ours here, since it leaves much of the limit unused.
      const isEven = other === awsAdaptive && counting === "bucket";
      expect(meanOf(own, throttledPerJoin)).toBeLessThan(meanOf(theirs, throttledPerJoin) * (isEven ? 1.03 : 1));
    },
  );

  it("finishes a hundred agents' chats sooner than AWS's, which loses no chat either", async () => {
    const [own, theirs] = [
      await resultsOf(scenario("shift-100"), ours, counting),
      await resultsOf(scenario("shift-100"), awsAdaptive, counting),
    ];
    expect(theirs.every(({ joined }) => joined === 200)).toBe(true);
    expect(meanOf(own, relativeTime)).toBeLessThan(meanOf(theirs, relativeTime));
  });

  it("gets fewer 429s with the adaptive rate than without it, above the limit", async () => {
    const [own, fixed] = [
      await resultsOf(scenario("surge"), ours, counting, FEW_SEEDS),
      await resultsOf(scenario("surge"), fixedRate, counting, FEW_SEEDS),
    ];
    expect(meanOf(own, throttledPerJoin)).toBeLessThan(0.8 * meanOf(fixed, throttledPerJoin));
  });

  it.each(["steady", "surge"])("loses no chat in scenario %s", async (id) => {
    expect((await resultsOf(scenario(id), ours, counting, FEW_SEEDS)).every(({ lost }) => lost === 0)).toBe(true);
  });
});

it.each(POLICIES)("gives the same result each time: $name", async (each) => {
  const once = await simulate(scenario("shift-100"), each, "rolling", 4);
  expect(await simulate(scenario("shift-100"), each, "rolling", 4)).toEqual(once);
});

it("knows no other backoff that gives a hundred agents fewer 429s and no later joins", async () => {
  const own = await resultsOf(scenario("shift-100"), ours, "rolling");
  for (const other of BACKOFFS.slice(0, -1)) {
    const theirs = await resultsOf(scenario("shift-100"), other, "rolling");
    const isBetter =
      meanOf(theirs, throttledPerJoin) <= meanOf(own, throttledPerJoin) &&
      meanOf(theirs, relativeTime) <= meanOf(own, relativeTime);
    expect({ backoff: other.name, isBetter }).toEqual({ backoff: other.name, isBetter: false });
  }
});

it("applies each backoff rule, the last of which is the throttle's own", async () => {
  const once = (each: Policy) => simulate(scenario("shift-100"), each, "rolling", 1);
  const all = [];
  for (const each of BACKOFFS) all.push((await once(each)).throttled);
  expect(new Set(all).size).toBe(BACKOFFS.length);
  expect(all[all.length - 1]).toBe((await once(ours)).throttled);
});

it("loses ten of twenty chats with stock Flex", async () => {
  const twenty = { ...scenario("bulk"), acceptances: () => Array.from({ length: 20 }, () => ({ atMs: 0, agent: 0 })) };
  expect((await simulate(twenty, policy("stock Flex"), "rolling", 1)).lost).toBe(10);
});

it("computes percentiles, also of no values", () => {
  expect([percentile([], 0.5), percentile([3, 1, 2], 0.5), percentile([1, 2], 0.95)]).toEqual([0, 2, 2]);
});
