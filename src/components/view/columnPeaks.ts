/** Groups starts per second into the columns of the plot. */

/** Seconds per column. */
export const COLUMN_SECONDS = 5;

/**
 * @param starts starts in each of the last seconds, oldest first.
 * @param lastSecond number of the last second. Columns begin at multiples of `COLUMN_SECONDS`, so that the plot moves in
 * whole columns and does not flicker.
 * @returns the most starts in any second of each column, oldest first. The last column is still filling.
 */
export function computeColumnPeaks(starts: readonly number[], lastSecond: number): number[] {
  const columns = Math.floor(starts.length / COLUMN_SECONDS);
  const lastColumn = Math.floor(lastSecond / COLUMN_SECONDS);
  const peaks = Array<number>(columns).fill(0);
  starts.forEach((count, index) => {
    const second = lastSecond - (starts.length - 1 - index);
    const column = columns - 1 - (lastColumn - Math.floor(second / COLUMN_SECONDS));
    // The oldest seconds belong to a column that has left the plot.
    if (column >= 0) peaks[column] = Math.max(peaks[column], count);
  });
  return peaks;
}
