/**
 * SVG paths of the plot, one unit wide per column. All lines are straight, so a library (d3-shape, 2.5 kB) would not pay
 * off.
 */

export const PLOT_HEIGHT = 24;

/** Keeps the topmost line fully visible. */
const MARGIN = 1;

export interface PlotPaths {
  /** The outline of the columns, to be filled. */
  readonly columns: string;
  readonly configured: string;
  /** Absent if equal to the configured rate. */
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
