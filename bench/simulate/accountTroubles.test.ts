/** @jest-environment node */

// What goes wrong in mid-burst, with and without the account budget.

import { DYING_WITH_TURNS, OUTAGE, UNSEEN } from "./accountScenarios";
import { ours, shared } from "./policies";
import { meanOf, relativeTime, resultsOf, throttledPerJoin } from "./results";
import { Scenario } from "./scenarios";
import { Result } from "./simulate";

// For slow machines.
jest.setTimeout(300_000);

const SEEDS = 5;

const resultsWith = (scenario: Scenario) => resultsOf(scenario, shared, "rolling", SEEDS);
const resultsWithout = (scenario: Scenario) => resultsOf(scenario, ours, "rolling", SEEDS);
const throttled = (results: readonly Result[]) => meanOf(results, throttledPerJoin);

describe("when Sync is lost for twenty seconds", () => {
  it("joins every chat", async () => {
    expect((await resultsWith(OUTAGE)).map(({ joined, lost }) => [joined, lost])).toEqual(Array(SEEDS).fill([400, 0]));
  });

  it("gets no more 429s than without the budget", async () => {
    const without = await resultsWithout(OUTAGE);
    (await resultsWith(OUTAGE)).forEach((each, n) => expect(each.throttled).toBeLessThanOrEqual(without[n].throttled));
  });

  it("gets few 429s before and after", async () => {
    const { fromMs, toMs } = OUTAGE.outage!;
    for (const { throttledBySecond, returnedMs } of await resultsWith(OUTAGE)) {
      // An answer takes up to 0.3 s.
      const isWithin = (second: number) => second >= fromMs / 1000 && second <= (toMs + returnedMs) / 1000 + 1;
      const others = throttledBySecond.filter((_, second) => !isWithin(second));
      expect(others.reduce((sum, count = 0) => sum + count, 0)).toBeLessThanOrEqual(10);
    }
  });

  it("shares one budget again within ten seconds after the return", async () => {
    for (const { returnedMs } of await resultsWith(OUTAGE)) {
      expect(returnedMs).toBeGreaterThan(0);
      expect(returnedMs).toBeLessThanOrEqual(10_000);
    }
  });

  it("goes on at the account's rate", async () => {
    expect(meanOf(await resultsWith(OUTAGE), relativeTime)).toBeLessThanOrEqual(1.3);
  });
});

it("gets fewer 429s than without the budget while an unseen server spends 30 % of the limit", async () => {
  const results = await resultsWith(UNSEEN);
  expect(results.every(({ joined }) => joined === 200)).toBe(true);
  expect(throttled(results)).toBeLessThanOrEqual(0.25 * throttled(await resultsWithout(UNSEEN)));
  expect(meanOf(results, relativeTime)).toBeLessThan(meanOf(await resultsWithout(UNSEEN), relativeTime));
});

it("goes on when a quarter of the tabs die with turns in hand", async () => {
  const results = await resultsWith(DYING_WITH_TURNS);
  expect(results.every(({ lost }) => lost === 0)).toBe(true);
  expect(throttled(results)).toBeLessThanOrEqual(0.02);
  // Nobody uses the turns of the dead.
  expect(meanOf(results, relativeTime)).toBeLessThanOrEqual(1.6);
});
