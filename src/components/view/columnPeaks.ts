/** Minutes of starts in as many columns as a small plot has room for. */

/** A column holds the most that any of so many seconds held. */
export const COLUMN_SECONDS = 5;

/**
 * @param starts in each of the last seconds, oldest first.
 * @param lastSecond the number of the last of them. Columns begin at the same seconds however late one looks, so that
 * they wander as a whole and do not flicker.
 * @returns the most starts of one second in each column, oldest first; the last column is not over yet.
 */
export function computeColumnPeaks(starts: readonly number[], lastSecond: number): number[] {
  const columns = Math.floor(starts.length / COLUMN_SECONDS);
  const lastColumn = Math.floor(lastSecond / COLUMN_SECONDS);
  const peaks = Array<number>(columns).fill(0);
  starts.forEach((count, index) => {
    const second = lastSecond - (starts.length - 1 - index);
    const column = columns - 1 - (lastColumn - Math.floor(second / COLUMN_SECONDS));
    // The oldest seconds belong to a column that is on its way out.
    if (column >= 0) peaks[column] = Math.max(peaks[column], count);
  });
  return peaks;
}
