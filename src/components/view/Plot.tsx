/** A plot of a limit's starts in the last five minutes, with its rates, 429s and cool-downs. */

import React from "react";

import { AdminServices } from "../services";
import { formatNumber, formatTime } from "./format";
import { COLUMN_MS, PlotColumns } from "./plotColumns";
import { PlotDrawing } from "./PlotDrawing";
import { plotPaths } from "./plotPaths";

const COLUMNS_PER_MINUTE = 12;

interface PlotProps {
  readonly plot: PlotColumns;
  /** The wall-clock time at the right end. Absent if nothing happened. */
  readonly endMs?: number;
  readonly isLarge: boolean;
  /** Text alternative. */
  readonly label: string;
  readonly services: AdminServices;
}

export function Plot({ plot, endMs = Date.now(), isLarge, label, services }: PlotProps) {
  const { text } = services;
  const columnCount = plot.peaks.length;
  const describe = (column: number) => {
    const formatValue = (values: readonly number[]) => formatNumber(values[column], services);
    const value = text("ViewPlotValue", {
      time: formatTime(endMs - (columnCount - column) * COLUMN_MS),
      peak: formatValue(plot.peaks),
      rate: formatValue(plot.adaptive),
      throttled: formatValue(plot.throttled),
    });
    return plot.isPaused[column] ? `${value}; ${text("ViewPlotPaused")}` : value;
  };
  return (
    <PlotDrawing
      paths={plotPaths(plot)}
      columnsPerTick={COLUMNS_PER_MINUTE}
      from={text("ViewPlotFrom")}
      {...{ columnCount, isLarge, label, describe, services }}
    />
  );
}
