/** @jest-environment node */

// The short form of the simulation: it fails when a law breaks, never on a time of the machine.

import { COUNTINGS } from "../../testing/account";
import { PAUSES } from "./pauses";
import { awsAdaptive, knowing, ours, POLICIES, Policy, unknowing, unlearning } from "./policies";
import { finished, meanOf, refusedPerJoin, resultsOf } from "./results";
import { SCENARIOS } from "./scenarios";
import { percentile, simulate } from "./simulate";

// A slow machine breaks no law.
jest.setTimeout(300_000);

/** Seeds for what differs much, or takes long. */
const FEW = 3;

const scenario = (id: string) => SCENARIOS.find((each) => each.id === id)!;
const policy = (name: string) => POLICIES.find((each) => each.name === name)!;

describe.each(COUNTINGS)("where the account counts by %s", (counting) => {
  it("joins one agent's sixty chats without a refusal", async () => {
    const { joined, refused } = await simulate(scenario("bulk"), ours, counting, 1);
    expect({ joined, refused }).toEqual({ joined: 60, refused: 0 });
  });

  it.each([
    ["needs at most 5 % more time than who knows it, where every way takes the same", "bulk-alike", knowing, 1.05],
    [
      "at its start needs at most 1 % more time than whoever must not be refused and has seen no way yet",
      "bulk",
      unknowing,
      1.01,
    ],
    [
      "after four hundred chats needs at most 5 % more time than who must not be refused and knows the quickest way exactly",
      "bulk-later",
      knowing,
      1.05,
    ],
  ])("%s", async (_, id, yardstick, most) => {
    const [own, beside] = [
      await resultsOf(scenario(id), ours, counting),
      await resultsOf(scenario(id), yardstick, counting),
    ];
    expect([...own, ...beside].every(({ joined, refused }) => joined === 60 && refused === 0)).toBe(true);
    expect(
      meanOf(own, ({ finishedMs }) => finishedMs) / meanOf(beside, ({ finishedMs }) => finishedMs),
    ).toBeLessThanOrEqual(most);
  });

  it("joins every chat of a hundred agents, soon", async () => {
    const own = await resultsOf(scenario("shift-100"), ours, counting);
    expect(own.every(({ joined }) => joined === 200)).toBe(true);
    expect(meanOf(own, finished)).toBeLessThanOrEqual(1.2);
  });

  it.each(POLICIES.filter((each) => each !== ours))(
    "is refused less than $name where a hundred agents begin",
    async (other) => {
      const [own, theirs] = [
        await resultsOf(scenario("shift-100"), ours, counting),
        await resultsOf(scenario("shift-100"), other, counting),
      ];
      // By a bucket, AWS's is refused about as often as ours: it leaves much of the limit unused.
      const isEven = other === awsAdaptive && counting === "bucket";
      expect(meanOf(own, refusedPerJoin)).toBeLessThan(meanOf(theirs, refusedPerJoin) * (isEven ? 1.03 : 1));
    },
  );

  it("is done with a hundred agents sooner than AWS's, which loses none of their chats either", async () => {
    const [own, theirs] = [
      await resultsOf(scenario("shift-100"), ours, counting),
      await resultsOf(scenario("shift-100"), awsAdaptive, counting),
    ];
    expect(theirs.every(({ joined }) => joined === 200)).toBe(true);
    expect(meanOf(own, finished)).toBeLessThan(meanOf(theirs, finished));
  });

  it("is refused less, by learning, where there is more than the limit bears", async () => {
    const [own, pinned] = [
      await resultsOf(scenario("surge"), ours, counting, FEW),
      await resultsOf(scenario("surge"), unlearning, counting, FEW),
    ];
    expect(meanOf(own, refusedPerJoin)).toBeLessThan(0.8 * meanOf(pinned, refusedPerJoin));
  });

  it.each(["steady", "surge"])("loses nobody in %s", async (id) => {
    expect((await resultsOf(scenario(id), ours, counting, FEW)).every(({ lost }) => lost === 0)).toBe(true);
  });
});

it.each(POLICIES)("is the same each time: $name", async (each) => {
  const once = await simulate(scenario("shift-100"), each, "rolling", 4);
  expect(await simulate(scenario("shift-100"), each, "rolling", 4)).toEqual(once);
});

it("finds no pauses with which a hundred agents are refused less and are not later", async () => {
  const own = await resultsOf(scenario("shift-100"), ours, "rolling");
  for (const other of PAUSES.slice(0, -1)) {
    const theirs = await resultsOf(scenario("shift-100"), other, "rolling");
    const isBetter =
      meanOf(theirs, refusedPerJoin) <= meanOf(own, refusedPerJoin) &&
      meanOf(theirs, finished) <= meanOf(own, finished);
    expect({ pauses: other.name, isBetter }).toEqual({ pauses: other.name, isBetter: false });
  }
});

it("pauses by the rule that is asked for, the last being the throttle's own", async () => {
  const once = (each: Policy) => simulate(scenario("shift-100"), each, "rolling", 1);
  const all = [];
  for (const each of PAUSES) all.push((await once(each)).refused);
  expect(new Set(all).size).toBe(PAUSES.length);
  expect(all[all.length - 1]).toBe((await once(ours)).refused);
});

it("finds the pain that stock Flex has: ten of twenty chats are lost", async () => {
  const twenty = { ...scenario("bulk"), acceptances: () => Array.from({ length: 20 }, () => ({ atMs: 0, agent: 0 })) };
  expect((await simulate(twenty, policy("stock Flex"), "rolling", 1)).lost).toBe(10);
});

it("takes percentiles of what there is", () => {
  expect([percentile([], 0.5), percentile([3, 1, 2], 0.5), percentile([1, 2], 0.95)]).toEqual([0, 2, 2]);
});
