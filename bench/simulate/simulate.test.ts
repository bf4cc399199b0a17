/** @jest-environment node */

// The short form of the simulation: it fails when a law breaks, never on a time of the machine.

import { COUNTINGS } from "../../src/testing/account";
import { knowing, POLICIES, Policy, unknowing } from "./policies";
import { SCENARIOS } from "./scenarios";
import { percentile, Result, simulate } from "./simulate";

const scenario = (id: string) => SCENARIOS.find((each) => each.id === id)!;
const policy = (name: string) => POLICIES.find((each) => each.name === name)!;
const ours = policy("flex-throttle");
const awsAdaptive = policy("AWS adaptive");

describe.each(COUNTINGS)("where the account counts by %s", (counting) => {
  it("joins one agent's sixty chats without a refusal", async () => {
    const { joined, refused } = await simulate(scenario("bulk"), ours, counting, 1);
    expect({ joined, refused }).toEqual({ joined: 60, refused: 0 });
  });

  it.each([
    ["at its start needs at most 1 % more time than whoever must not be refused and has seen no way yet", "bulk", unknowing, 1.01],
    ["after four hundred chats needs at most 5 % more time than who must not be refused and knows the quickest way exactly", "bulk-later", knowing, 1.05],
  ])("%s", async (_, id, yardstick, most) => {
    const seeds = Array.from({ length: 10 }, (_each, index) => index + 1);
    const finishedMs = async (each: Policy) => {
      let sumMs = 0;
      for (const seed of seeds) {
        const { joined, refused, finishedMs: ms } = await simulate(scenario(id), each, counting, seed);
        expect({ joined, refused }).toEqual({ joined: 60, refused: 0 });
        sumMs += ms;
      }
      return sumMs;
    };
    expect((await finishedMs(ours)) / (await finishedMs(yardstick))).toBeLessThanOrEqual(most);
  });

  it("joins every chat of a hundred agents, soon, with fewer refusals than what does not learn, and sooner than what learns otherwise", async () => {
    const seeds = Array.from({ length: 10 }, (_, index) => index + 1);
    const resultsOf = async (each: Policy) => {
      const results: Result[] = [];
      for (const seed of seeds) results.push(await simulate(scenario("shift-100"), each, counting, seed));
      return results;
    };
    const mean = (results: Result[], read: (result: Result) => number) => results.reduce((sum, each) => sum + read(each), 0) / results.length;
    const own = await resultsOf(ours);
    expect(own.every(({ joined }) => joined === 200)).toBe(true);
    const finished = ({ finishedMs, shortestMs }: Result) => finishedMs / shortestMs;
    expect(mean(own, finished)).toBeLessThanOrEqual(1.2);
    for (const each of POLICIES.filter((one) => one !== ours && one !== awsAdaptive)) {
      const other = await resultsOf(each);
      expect(mean(own, ({ refused, joined }) => refused / joined)).toBeLessThan(mean(other, ({ refused, joined }) => refused / joined));
    }
    // It may be refused less than ours, for it leaves much of the limit unused.
    const adaptive = await resultsOf(awsAdaptive);
    expect(adaptive.every(({ joined }) => joined === 200)).toBe(true);
    expect(mean(own, finished)).toBeLessThan(mean(adaptive, finished));
  });

  it.each(["steady", "surge"])("loses nobody in %s", async (id) => {
    const { lost } = await simulate(scenario(id), ours, counting, 1);
    expect(lost).toBe(0);
  });
});

it.each(POLICIES)("is the same each time: $name", async (each) => {
  const once = await simulate(scenario("shift-100"), each, "rolling", 4);
  expect(await simulate(scenario("shift-100"), each, "rolling", 4)).toEqual(once);
});

it("finds the pain that stock Flex has: ten of twenty chats are lost", async () => {
  const twenty = { ...scenario("bulk"), acceptances: () => Array.from({ length: 20 }, () => ({ atMs: 0, agent: 0 })) };
  expect((await simulate(twenty, policy("stock Flex"), "rolling", 1)).lost).toBe(10);
});

it("takes percentiles of what there is", () => {
  expect([percentile([], 0.5), percentile([3, 1, 2], 0.5), percentile([1, 2], 0.95)]).toEqual([0, 2, 2]);
});
