/** Sums the hours of the history over days or other periods. */

import { HistoryRow, sumCounts } from "../../record/historyCells";

export interface PeriodRow extends Omit<HistoryRow, "atMs"> {
  readonly period: string;
}

/**
 * @param periodOf the name of an hour's period; names sort by time.
 * @returns one row per period and limit, newest period first.
 */
export function sumByPeriod(history: readonly HistoryRow[], periodOf: (atMs: number) => string): readonly PeriodRow[] {
  const sums = new Map<string, PeriodRow>();
  for (const { atMs, limit, ...counts } of history) {
    const period = periodOf(atMs);
    const key = period + limit;
    sums.set(key, { period, limit, ...sumCounts(counts, sums.get(key)) });
  }
  return Array.from(sums.values()).sort((a, b) => compare(b.period, a.period) || compare(a.limit, b.limit));
}

const compare = (a: string, b: string) => Number(a > b) - Number(a < b);
