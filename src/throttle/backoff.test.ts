import { pauseMs } from "./backoff";

const most = () => 0.999999;
const longest = (refusals: number) => Math.round(pauseMs(refusals, most));
const counted = Array.from({ length: 30 }, (_, index) => index + 1);

test("the first pause is up to one and a half seconds, those of a hundred agents' contention up to three, the longest up to three quarters of a minute", () => {
  expect([1, 2, 10, 30, 1000].map(longest)).toEqual([1500, 3300, 3300, 45_000, 45_000]);
});

test("it never shrinks, and grows over the first two minutes less than to a quarter of one", () => {
  const pauses = counted.map(longest);
  expect(pauses).toEqual(pauses.slice().sort((a, b) => a - b));
  let passedMs = 0;
  for (const refusals of counted) {
    if (passedMs < 120_000) expect(longest(refusals)).toBeLessThanOrEqual(18_000);
    passedMs += pauseMs(refusals, () => 0.5);
  }
});

test("chance spreads the first over the whole range, and the later ones over half to three halves of their middle", () => {
  expect([0, 0.5].map((chance) => pauseMs(1, () => chance))).toEqual([0, 750]);
  expect([0, 0.5].map((chance) => pauseMs(3, () => chance))).toEqual([1100, 2200]);
});

test("the longer of it and what Twilio asks for counts, never both", () => {
  expect(pauseMs(1, () => 0.5, 3000)).toBe(3000);
  expect(pauseMs(1, () => 0.5, 100)).toBe(750);
});
