import { ClockedTokenBucket } from "./clockedTokenBucket";

const take = (bucket: ClockedTokenBucket, nowMs: number) => {
  bucket.advanceTo(nowMs);
  let taken = 0;
  while (bucket.tryRemoveTokens(1)) taken += 1;
  return taken;
};

afterEach(() => void jest.restoreAllMocks());

test.each([
  ["stands still", () => 5],
  ["runs backwards", () => -Date.now()],
  ["jumps", () => 1e12],
])("refills by the injected clock when performance.now() %s", (_, now) => {
  jest.spyOn(performance, "now").mockImplementation(now);
  const bucket = new ClockedTokenBucket(4, 2);
  expect(take(bucket, 0)).toBe(4);
  expect(take(bucket, 400)).toBe(0);
  expect(bucket.getWaitTime(1)).toBe(100);
  expect(take(bucket, 500)).toBe(1);
  expect(take(bucket, 1500)).toBe(2);
  expect(take(bucket, 60_000)).toBe(4);
});

test("does not refill when the clock goes back", () => {
  const bucket = new ClockedTokenBucket(1, 1);
  expect(take(bucket, 10_000)).toBe(1);
  expect(take(bucket, 5000)).toBe(0);
});

test("keeps the tokens accrued at the old rate when the rate changes", () => {
  const bucket = new ClockedTokenBucket(10, 10);
  expect(take(bucket, 0)).toBe(10);
  bucket.advanceTo(300);
  bucket.resize(2, 1);
  expect(take(bucket, 300)).toBe(2);
  bucket.resize(10, 10);
  expect(take(bucket, 500)).toBe(2);
});

test("takes a returned token back, up to its size", () => {
  const bucket = new ClockedTokenBucket(2, 1);
  expect(take(bucket, 0)).toBe(2);
  [1, 2, 3].forEach(() => bucket.returnToken());
  expect(take(bucket, 0)).toBe(2);
});
