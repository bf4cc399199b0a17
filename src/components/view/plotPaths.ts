/**
 * SVG paths of the plot, one unit wide per column. All lines are straight, so a library (d3-shape, 2.5 kB) would not pay
 * off.
 */

import { PlotColumns } from "./plotColumns";

export const PLOT_HEIGHT = 24;

/** Keeps the topmost line fully visible. */
const MARGIN = 1;

const MARK_HEIGHT = 6;

export interface PlotPaths {
  /** The value at the top: calls per second, or per hour in the history. */
  readonly top: number;
  /** The outline of the columns, to be filled. */
  readonly columns: string;
  readonly configured: string;
  /** Only where it is below the configured rate. */
  readonly adaptive: string;
  /** A short line at the top of each column with a 429. */
  readonly marks: string;
  /** The columns with a cool-down, to be filled. */
  readonly pauses: string;
}

export function plotPaths({ peaks, throttled, configured, adaptive, isPaused }: PlotColumns): PlotPaths {
  const top = Math.max(1, ...configured, ...peaks);
  const y = (perSecond: number) => PLOT_HEIGHT - (perSecond / top) * (PLOT_HEIGHT - MARGIN);
  const steps = (values: readonly number[]) => values.map((value, index) => `V${y(value)}H${index + 1}`).join("");
  const isBelow = adaptive.map((rate, index) => rate < configured[index]);
  return {
    top,
    columns: `M0,${PLOT_HEIGHT}${steps(peaks)}V${PLOT_HEIGHT}Z`,
    configured: steps(configured).replace("V", "M0,"),
    adaptive: adaptive
      .map((rate, index) => {
        const start = isBelow[index - 1] ? "" : `M${index},${y(configured[index])}`;
        return isBelow[index] ? `${start}V${y(rate)}H${index + 1}` : "";
      })
      .join(""),
    marks: throttled.map((count, index) => (count > 0 ? `M${index + 0.5},0V${MARK_HEIGHT}` : "")).join(""),
    pauses: isPaused.map((isOn, index) => (isOn ? `M${index},0V${PLOT_HEIGHT}h1V0Z` : "")).join(""),
  };
}
