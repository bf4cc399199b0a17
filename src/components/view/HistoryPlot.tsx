/** A plot of a limit's starts by hour in the last 14 days, with its 429s. */

import React from "react";

import { HistoryRow, HOUR_MS, KEPT_HOURS } from "../../record/historyCells";
import { AdminServices } from "../services";
import { formatHour, formatNumber } from "./format";
import { PlotDrawing } from "./PlotDrawing";
import { plotPaths } from "./plotPaths";

const HOURS_PER_DAY = 24;

interface HistoryPlotProps {
  readonly limit: string;
  /** The rows of this limit. */
  readonly history: readonly HistoryRow[];
  readonly services: AdminServices;
}

/** Nothing if the limit has no history. */
export function HistoryPlot({ limit, history, services }: HistoryPlotProps) {
  const { text, wallClock } = services;
  if (history.length === 0) return null;
  const firstHour = Math.floor(wallClock() / HOUR_MS) - KEPT_HOURS + 1;
  const rows = new Map(history.map((row) => [row.atMs / HOUR_MS - firstHour, row]));
  const countByHour = (count: "starts" | "throttled" | "dropped") =>
    Array.from({ length: KEPT_HOURS }, (_, column) => rows.get(column)?.[count] ?? 0);
  const [starts, throttled, dropped] = [countByHour("starts"), countByHour("throttled"), countByHour("dropped")];
  const describe = (column: number) =>
    text("ViewHistoryValue", {
      time: formatHour((firstHour + column) * HOUR_MS),
      starts: formatNumber(starts[column], services),
      throttled: formatNumber(throttled[column], services),
      dropped: formatNumber(dropped[column], services),
    });
  const label = text("ViewHistoryLegend");
  return (
    <>
      <p>{label}</p>
      <PlotDrawing
        paths={plotPaths({ peaks: starts, throttled, configured: [], adaptive: [], isPaused: [] })}
        columnCount={KEPT_HOURS}
        columnsPerTick={HOURS_PER_DAY}
        isLarge
        label={`${limit}: ${label}`}
        from={text("ViewHistoryFrom")}
        {...{ describe, services }}
      />
    </>
  );
}
