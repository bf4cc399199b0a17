import { RetryBudget } from "./retryBudget";

function spend(budget: RetryBudget): number {
  let retries = 0;
  for (; !budget.isExhausted; retries += 1) budget.spend();
  return retries;
}

test("ten seconds' worth of calls may be repeated before anything succeeds", () => {
  expect(spend(new RetryBudget(10))).toBe(100);
  expect(spend(new RetryBudget(0.5))).toBe(10);
});

test("five successes earn a retry, up to the whole budget", () => {
  const budget = new RetryBudget(1);
  spend(budget);
  for (let success = 0; success < 16; success += 1) budget.earn();
  expect(spend(budget)).toBe(3);
  for (let success = 0; success < 1000; success += 1) budget.earn();
  expect(spend(budget)).toBe(10);
});

test("a higher limit has a larger budget at once, a lower one a smaller", () => {
  const budget = new RetryBudget(1);
  spend(budget);
  budget.configure(2);
  expect(spend(budget)).toBe(10);
  const large = new RetryBudget(10);
  large.configure(1);
  expect(spend(large)).toBe(10);
});
