import { RetryBudget } from "./retryBudget";

function spend(budget: RetryBudget): number {
  let retries = 0;
  for (; !budget.isExhausted; retries += 1) budget.spend();
  return retries;
}

test("allows ten seconds of retries before the first success", () => {
  expect(spend(new RetryBudget(10))).toBe(100);
  expect(spend(new RetryBudget(0.5))).toBe(10);
});

test("earns a retry with five successes, up to the whole budget", () => {
  const budget = new RetryBudget(1);
  spend(budget);
  for (let success = 0; success < 16; success += 1) budget.earn();
  expect(spend(budget)).toBe(3);
  for (let success = 0; success < 1000; success += 1) budget.earn();
  expect(spend(budget)).toBe(10);
});

test("grows and shrinks at once with the configured rate", () => {
  const budget = new RetryBudget(1);
  spend(budget);
  budget.configure(2);
  expect(spend(budget)).toBe(10);
  const large = new RetryBudget(10);
  large.configure(1);
  expect(spend(large)).toBe(10);
});
