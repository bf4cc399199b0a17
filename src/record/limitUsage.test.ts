import { LimitUsage } from "./limitUsage";

const record = (usage: LimitUsage, atMs: number, adaptivePerSecond: number) =>
  usage.recordStatus(atMs, { configuredPerSecond: 10, adaptivePerSecond, coolDownUntilMs: 0 });

test("keeps a state only if it differs from the one before", () => {
  const usage = new LimitUsage();
  record(usage, 0, 10);
  record(usage, 1000, 10.01);
  record(usage, 2000, 7);
  record(usage, 3000, 10);
  expect(usage.states.map(({ atMs, adaptivePerSecond }) => [atMs, adaptivePerSecond])).toEqual([
    [0, 10],
    [2000, 7],
    [3000, 10],
  ]);
});

test("keeps the states of five minutes, and the one in effect at their beginning", () => {
  const usage = new LimitUsage();
  for (let second = 0; second <= 1000; second += 1) record(usage, second * 1000, second % 2);
  expect(usage.states[0].atMs).toBe(700_000);
  expect(usage.states).toHaveLength(301);
});
