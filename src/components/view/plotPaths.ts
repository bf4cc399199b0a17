/** The lines of a small plot, in its own units: one to the right for each column. */

import { area, curveStepAfter, line } from "d3-shape";

export const PLOT_HEIGHT = 24;

/** A line at the very edge would be cut in half. */
const MARGIN = 1;

export interface PlotPaths {
  /** The columns, filled. */
  readonly columns: string;
  readonly configured: string;
  /** Absent where it is the configured one. */
  readonly learned?: string;
}

export function plotPaths(peaks: readonly number[], configured: number, learned: number): PlotPaths {
  const top = Math.max(configured, ...peaks);
  const y = (perSecond: number) => PLOT_HEIGHT - (perSecond / top) * (PLOT_HEIGHT - MARGIN);
  // The last column is as wide as the others.
  const steps = [...peaks, peaks[peaks.length - 1]];
  const columns = area<number>()
    .x((_, index) => index)
    .y0(PLOT_HEIGHT)
    .y1(y)
    .curve(curveStepAfter);
  const level = (perSecond: number) => line()([[0, y(perSecond)], [peaks.length, y(perSecond)]]) as string;
  return { columns: columns(steps) as string, configured: level(configured), ...(learned < configured && { learned: level(learned) }) };
}
