import { Collisions } from "./collisions";

const CAUSE = { scope: "limit", call: "join" } as const;

/** @returns whether a 429 is tolerated of a call that was sent at the first time and answered at the second. */
const tolerate = (collisions: Collisions, sentAtMs: number, nowMs: number) =>
  collisions.isTolerated("live", CAUSE, sentAtMs, nowMs);

test("tolerates three 429s in a row", () => {
  const collisions = new Collisions();
  expect([0, 1000, 2000, 3000].map((ms) => tolerate(collisions, ms, ms + 100))).toEqual([true, true, true, false]);
});

test("tolerates the 429s of ten calls that were in flight together as one", () => {
  const collisions = new Collisions();
  const tolerateTen = (ms: number) => Array.from({ length: 10 }, (_, n) => tolerate(collisions, ms + n, ms + 100 + n));
  for (const ms of [0, 1000, 2000]) expect(tolerateTen(ms)).toEqual(Array(10).fill(true));
  expect(tolerateTen(3000)).toEqual(Array(10).fill(false));
});

test("begins again after another answer", () => {
  const collisions = new Collisions();
  [0, 1000, 2000].forEach((ms) => tolerate(collisions, ms, ms + 100));
  collisions.end();
  expect(tolerate(collisions, 3000, 3100)).toBe(true);
});

test.each(["off", "degraded"] as const)("tolerates none while the budget is %s", (health) => {
  expect(new Collisions().isTolerated(health, CAUSE, 0, 100)).toBe(false);
});

test("tolerates none that says how long to wait", () => {
  expect(new Collisions().isTolerated("live", { ...CAUSE, retryAfterMs: 1000 }, 0, 100)).toBe(false);
});
