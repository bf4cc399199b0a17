import { CommitDates } from "./commitDates";

const SECOND = Date.UTC(2026, 6, 1);

test("returns dates with milliseconds as they are, even if one has none by chance", () => {
  const dates = new CommitDates();
  expect(dates.read(SECOND + 7, 0)).toBe(SECOND + 7);
  for (let time = 0; time < 5; time += 1) expect(dates.read(SECOND, 900)).toBe(SECOND);
});

test("estimates the milliseconds of whole seconds from the times of receipt", () => {
  const dates = new CommitDates();
  dates.read(SECOND, 100);
  dates.read(SECOND, 400);
  expect(dates.read(SECOND, 700)).toBe(SECOND + 600);
  expect(dates.read(SECOND + 1000, 1150)).toBe(SECOND + 1050);
});

test("keeps an estimate within the date's second", () => {
  const dates = new CommitDates();
  [100, 200, 300].forEach((receivedAtMs) => dates.read(SECOND, receivedAtMs));
  expect(dates.read(SECOND, 60_000)).toBe(SECOND + 999);
  expect(dates.read(SECOND + 9000, 200)).toBe(SECOND + 9000);
});

test("returns the whole second of an item that was read later", () => {
  const dates = new CommitDates();
  [100, 200, 300].forEach((receivedAtMs) => dates.read(SECOND, receivedAtMs));
  expect(dates.read(SECOND, undefined)).toBe(SECOND);
});
