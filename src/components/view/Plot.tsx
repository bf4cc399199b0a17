/** A small plot of a limit's starts in the last five minutes, with its configured and adaptive rate. */

import React from "react";

import { PLOT_HEIGHT, plotPaths } from "./plotPaths";

interface PlotProps {
  readonly columnPeaks: readonly number[];
  readonly configuredPerSecond: number;
  readonly adaptivePerSecond: number;
  /** Text alternative. */
  readonly label: string;
}

export function Plot({ columnPeaks, configuredPerSecond, adaptivePerSecond, label }: PlotProps) {
  const paths = plotPaths(columnPeaks, configuredPerSecond, adaptivePerSecond);
  return (
    <svg
      className="plot"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${columnPeaks.length} ${PLOT_HEIGHT}`}
      preserveAspectRatio="none"
    >
      <title>{label}</title>
      <path className="columns" d={paths.columns} />
      <path className="configured" d={paths.configured} />
      {paths.adaptive && <path className="adaptive" d={paths.adaptive} />}
    </svg>
  );
}
