import { pauseMs } from "./backoff";

const highest = () => 0.999999;
const longest = (throttledInARow: number) => Math.round(pauseMs(throttledInARow, highest));
const counts = Array.from({ length: 30 }, (_, index) => index + 1);

test("pauses at most 1.5 s at first, 3.3 s while agents contend, and 45 s in the end", () => {
  expect([1, 2, 10, 30, 1000].map(longest)).toEqual([1500, 3300, 3300, 45_000, 45_000]);
});

test("never shrinks, and stays below 18 s for two minutes", () => {
  const pauses = counts.map(longest);
  expect(pauses).toEqual(pauses.slice().sort((a, b) => a - b));
  let passedMs = 0;
  for (const throttledInARow of counts) {
    if (passedMs < 120_000) expect(longest(throttledInARow)).toBeLessThanOrEqual(18_000);
    passedMs += pauseMs(throttledInARow, () => 0.5);
  }
});

test("spreads the first pause from 0, and later ones from half to one and a half of their average", () => {
  expect([0, 0.5].map((chance) => pauseMs(1, () => chance))).toEqual([0, 750]);
  expect([0, 0.5].map((chance) => pauseMs(3, () => chance))).toEqual([1100, 2200]);
});

test("uses the longer of the backoff and Retry-After, not their sum", () => {
  expect(pauseMs(1, () => 0.5, 3000)).toBe(3000);
  expect(pauseMs(1, () => 0.5, 100)).toBe(750);
});
