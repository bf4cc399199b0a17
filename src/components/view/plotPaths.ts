/**
 * The lines of a small plot, in its own units: one to the right for each column. Own lines instead of a library (d3-shape,
 * 2.5 kB): all of them are straight.
 */

export const PLOT_HEIGHT = 24;

/** A line at the very edge would be cut in half. */
const MARGIN = 1;

export interface PlotPaths {
  /** The columns, filled. */
  readonly columns: string;
  readonly configured: string;
  /** Absent where it is the configured one. */
  readonly adaptive?: string;
}

export function plotPaths(peaks: readonly number[], configured: number, adaptive: number): PlotPaths {
  const top = Math.max(configured, ...peaks);
  const y = (perSecond: number) => PLOT_HEIGHT - (perSecond / top) * (PLOT_HEIGHT - MARGIN);
  const columns = peaks.map((peak, index) => `V${y(peak)}H${index + 1}`).join("");
  const level = (perSecond: number) => `M0,${y(perSecond)}H${peaks.length}`;
  return {
    columns: `M0,${PLOT_HEIGHT}${columns}V${PLOT_HEIGHT}Z`,
    configured: level(configured),
    ...(adaptive < configured && { adaptive: level(adaptive) }),
  };
}
