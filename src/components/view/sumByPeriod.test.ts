import { HistoryRow } from "../../record/historyCells";
import { sumByPeriod } from "./sumByPeriod";

const row = (atMs: number, limit: string, starts: number): HistoryRow => ({
  atMs,
  limit,
  starts,
  waits: 1,
  waitMs: 500,
  throttled: 2,
  dropped: 3,
});

test("sums the counts of each period and limit, newest period first", () => {
  const history = [row(1, "A", 10), row(2, "B", 1), row(3, "A", 5), row(11, "B", 7), row(12, "A", 2)];
  const sums = sumByPeriod(history, (atMs) => (atMs < 10 ? "day 1" : "day 2"));
  expect(sums.map(({ period, limit, starts }) => [period, limit, starts])).toEqual([
    ["day 2", "A", 2],
    ["day 2", "B", 7],
    ["day 1", "A", 15],
    ["day 1", "B", 1],
  ]);
  expect(sums[2]).toMatchObject({ waits: 2, waitMs: 1000, throttled: 4, dropped: 6 });
});
