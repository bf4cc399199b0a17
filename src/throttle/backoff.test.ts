import { pauseMs } from "./backoff";

const longest = (refusals: number) => pauseMs(refusals, () => 0.999999);

test("the first pause is up to a second, the longest up to half a minute", () => {
  expect([1, 2, 3, 13, 1000].map((refusals) => Math.round(longest(refusals)))).toEqual([1000, 2000, 4000, 30_000, 30_000]);
});

test("no pause is shorter at most than the one before", () => {
  for (let refusals = 1; refusals < 20; refusals += 1) expect(longest(refusals + 1)).toBeGreaterThanOrEqual(longest(refusals));
});

test("chance spreads it over the whole range", () => {
  expect(pauseMs(3, () => 0)).toBe(0);
  expect(pauseMs(3, () => 0.25)).toBe(1000);
});

test("the longer of it and what Twilio asks for counts, never both", () => {
  expect(pauseMs(1, () => 0.5, 3000)).toBe(3000);
  expect(pauseMs(1, () => 0.5, 100)).toBe(500);
});
