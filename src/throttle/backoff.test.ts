import { pauseMs } from "./backoff";

const longest = (refusals: number) => pauseMs(refusals, () => 0.999999);

test("the first pause is up to a second, the longest up to half a minute", () => {
  expect([1, 2, 3, 15, 1000].map((refusals) => Math.round(longest(refusals)))).toEqual([1000, 2000, 4000, 30_000, 30_000]);
});

test("a dozen refusals on, it does nothing but grow", () => {
  const later = [12, 13, 14, 15].map(longest);
  expect(later).toEqual(later.slice().sort((a, b) => a - b));
  expect(longest(12)).toBeLessThan(longest(13));
});

test("chance spreads it over the whole range", () => {
  expect(pauseMs(3, () => 0)).toBe(0);
  expect(pauseMs(3, () => 0.25)).toBe(1000);
});

test("the longer of it and what Twilio asks for counts, never both", () => {
  expect(pauseMs(1, () => 0.5, 3000)).toBe(3000);
  expect(pauseMs(1, () => 0.5, 100)).toBe(500);
});
