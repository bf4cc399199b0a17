/** The history as plain data: counts by hour and limit, and nothing about single calls. */

import { tryTo } from "../helpers/tryTo";

/** 14 days. */
export const KEPT_HOURS = 336;

export const HOUR_MS = 3_600_000;

/** In the order of storage, and of the columns in the CSV file. */
export const COUNTS = ["starts", "waits", "waitMs", "throttled", "dropped"] as const;

export interface HistoryCounts {
  /** Calls that were sent, retries included. */
  readonly starts: number;
  /** Calls that were sent after a wait. */
  readonly waits: number;
  /** The sum of these waits, in milliseconds. */
  readonly waitMs: number;
  /** 429s. */
  readonly throttled: number;
  /** Calls that ended without success because of a limit. */
  readonly dropped: number;
}

export interface HistoryRow extends HistoryCounts {
  /** The beginning of the hour, in milliseconds since 1970. */
  readonly atMs: number;
  readonly limit: string;
}

/** The key is the hour since 1970, a space and the limit; the values are in the order of `COUNTS`. */
export type HistoryCells = Readonly<Record<string, readonly number[]>>;

/** @returns `counts` as a cell for each of these limits. */
export function createCells(atMs: number, limits: readonly string[], counts: Partial<HistoryCounts>): HistoryCells {
  const cell = COUNTS.map((name) => counts[name] ?? 0);
  return Object.fromEntries(limits.map((limit) => [`${toHour(atMs)} ${limit}`, cell]));
}

/** @returns the sum of both. */
export function addCells(cells: HistoryCells, added: HistoryCells): HistoryCells {
  const sum: Record<string, readonly number[]> = { ...cells };
  for (const [key, cell] of Object.entries(added)) sum[key] = cell.map((count, at) => count + (sum[key]?.[at] ?? 0));
  return sum;
}

/** Keeps 14 days. Also drops later hours, which a wrong clock has written. */
export function keepRecent(cells: HistoryCells, nowMs: number): HistoryCells {
  const isRecent = (key: string) => Math.abs(parseInt(key, 10) - toHour(nowMs)) < KEPT_HOURS;
  return Object.fromEntries(Object.entries(cells).filter(([key]) => isRecent(key)));
}

/** @returns the valid cells. */
export function parseCells(json: string | null): HistoryCells {
  return tryTo(() => Object.fromEntries(Object.entries(JSON.parse(json ?? "{}") as object).filter(isCell))) ?? {};
}

function isCell([key, cell]: [string, unknown]): boolean {
  return /^\d+ ./.test(key) && Array.isArray(cell) && cell.length === COUNTS.length && cell.every(Number.isFinite);
}

export function sumCounts(counts: HistoryCounts, added?: HistoryCounts): HistoryCounts {
  const sums = COUNTS.map((name) => [name, counts[name] + (added?.[name] ?? 0)]);
  return Object.fromEntries(sums) as unknown as HistoryCounts;
}

/** Oldest first. */
export function toRows(cells: HistoryCells): readonly HistoryRow[] {
  return Object.keys(cells)
    .sort()
    .map((key) => ({
      atMs: parseInt(key, 10) * HOUR_MS,
      limit: key.slice(key.indexOf(" ") + 1),
      ...(Object.fromEntries(COUNTS.map((name, at) => [name, cells[key][at]])) as unknown as HistoryCounts),
    }));
}

const toHour = (atMs: number) => Math.floor(atMs / HOUR_MS);
