/** How much of a limit was used over the last minutes, beside what is allowed. */

import React from "react";

import { PLOT_HEIGHT, plotPaths } from "./plotPaths";

interface PlotProps {
  readonly peaks: readonly number[];
  readonly configured: number;
  readonly learned: number;
  /** What it shows, in words. */
  readonly label: string;
}

export function Plot({ peaks, configured, learned, label }: PlotProps) {
  const paths = plotPaths(peaks, configured, learned);
  return (
    <svg
      className="plot"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${peaks.length} ${PLOT_HEIGHT}`}
      preserveAspectRatio="none"
    >
      <title>{label}</title>
      <path className="columns" d={paths.columns} />
      <path className="configured" d={paths.configured} />
      {paths.learned && <path className="learned" d={paths.learned} />}
    </svg>
  );
}
