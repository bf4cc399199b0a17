/** Groups the seconds of the last five minutes into the columns of the plot. */

import { LimitState, LimitUsage } from "../../record/limitUsage";

/** Seconds per column. */
export const COLUMN_SECONDS = 5;

export const COLUMN_MS = COLUMN_SECONDS * 1000;

/** One value per column, oldest first. */
export interface PlotColumns extends RateColumns {
  /** The most starts in any second of the column. */
  readonly peaks: readonly number[];
  /** 429s. */
  readonly throttled: readonly number[];
}

interface RateColumns {
  /** The highest configured rate. */
  readonly configured: readonly number[];
  /** The highest adaptive rate: a 429 lowers it after the starts of its column. */
  readonly adaptive: readonly number[];
  readonly isPaused: readonly boolean[];
}

export function createPlotColumns(usage: LimitUsage, nowMs: number): PlotColumns {
  const lastSecond = Math.floor(nowMs / 1000);
  const peaks = groupSeconds(usage.countStartsBySecond(nowMs), lastSecond, Math.max);
  const throttled = groupSeconds(usage.countThrottledBySecond(nowMs), lastSecond, (a, b) => a + b);
  return { peaks, throttled, ...groupStates(usage.states, peaks.length, nowMs) };
}

/**
 * @param counts in each of the last seconds, oldest first.
 * @param lastSecond number of the last second. Columns begin at multiples of `COLUMN_SECONDS`, so that the plot moves in
 * whole columns and does not flicker.
 * @returns the combined seconds of each column, oldest first. The last column is still filling.
 */
export function groupSeconds(
  counts: readonly number[],
  lastSecond: number,
  combine: (a: number, b: number) => number,
): number[] {
  const columns = Math.floor(counts.length / COLUMN_SECONDS);
  const lastColumn = Math.floor(lastSecond / COLUMN_SECONDS);
  const grouped = Array<number>(columns).fill(0);
  counts.forEach((count, index) => {
    const second = lastSecond - (counts.length - 1 - index);
    const column = columns - 1 - (lastColumn - Math.floor(second / COLUMN_SECONDS));
    // The oldest seconds belong to a column that has left the plot.
    if (column >= 0) grouped[column] = combine(grouped[column], count);
  });
  return grouped;
}

/** @param states oldest first. Earlier times have the rates of the first one. */
export function groupStates(states: readonly LimitState[], columns: number, nowMs: number): RateColumns {
  const lastColumn = Math.floor(nowMs / COLUMN_MS);
  const shown = Array.from({ length: columns }, (_, index) => {
    const fromMs = (lastColumn - columns + 1 + index) * COLUMN_MS;
    const untilMs = Math.min(fromMs + COLUMN_MS, nowMs);
    const endMs = (at: number) => states[at + 1]?.atMs ?? Infinity;
    const current = states.filter(({ atMs }, at) => (atMs <= untilMs || at === 0) && endMs(at) > fromMs);
    const isPaused = states.some(
      ({ atMs, coolDownUntilMs }, at) => Math.max(atMs, fromMs) < Math.min(endMs(at), coolDownUntilMs, untilMs),
    );
    return { current, isPaused };
  });
  return {
    configured: shown.map(({ current }) => Math.max(...current.map((state) => state.configuredPerSecond))),
    adaptive: shown.map(({ current }) => Math.max(...current.map((state) => state.adaptivePerSecond))),
    isPaused: shown.map(({ isPaused }) => isPaused),
  };
}
