/** The drawing of a plot. Pointing at it selects a column; the large one also does so by keyboard. */

import React from "react";

import { AdminServices } from "../services";
import { formatNumber } from "./format";
import { PLOT_HEIGHT, PlotPaths } from "./plotPaths";

interface PlotDrawingProps {
  readonly paths: PlotPaths;
  readonly columnCount: number;
  /** How many columns lie between two ticks, and how far Page Up and Page Down go. */
  readonly columnsPerTick: number;
  readonly isLarge: boolean;
  /** Text alternative. */
  readonly label: string;
  /** What the left end is. */
  readonly from: string;
  /** The time and the numbers of a column. */
  readonly describe: (column: number) => string;
  readonly services: AdminServices;
}

export class PlotDrawing extends React.Component<PlotDrawingProps, { readonly selected?: number }> {
  state: { readonly selected?: number } = {};

  private get last(): number {
    return this.props.columnCount - 1;
  }

  private select(index: number): void {
    this.setState({ selected: Math.max(0, Math.min(this.last, index)) });
  }

  private readonly selectByPointer = ({ clientX, currentTarget }: React.PointerEvent) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    this.select(Math.floor(((clientX - left) / width) * (this.last + 1)));
  };

  private readonly deselect = () => this.setState({ selected: undefined });

  private readonly selectByKey = (event: React.KeyboardEvent) => {
    const { selected = this.last } = this.state;
    const { columnsPerTick } = this.props;
    const index = {
      ArrowLeft: selected - 1,
      ArrowRight: selected + 1,
      PageDown: selected - columnsPerTick,
      PageUp: selected + columnsPerTick,
      Home: 0,
      End: this.last,
    }[event.key];
    if (index === undefined) return;
    event.preventDefault();
    this.select(index);
  };

  render() {
    const { paths, isLarge, from, services } = this.props;
    return (
      <div className={isLarge ? "plot large" : "plot"}>
        <div className="scale" aria-hidden>
          <span>{formatNumber(paths.top, services)}</span>
          <span>{formatNumber(0, services)}</span>
        </div>
        <div>
          {this.renderDrawing(paths)}
          {isLarge && (
            <div className="axis">
              <span>{from}</span>
              <span>{this.describeSelected()}</span>
              <span>{services.text("ViewPlotTo")}</span>
            </div>
          )}
        </div>
      </div>
    );
  }

  private renderDrawing(paths: PlotPaths) {
    const { label, isLarge, columnCount, columnsPerTick } = this.props;
    const { selected } = this.state;
    const slider = {
      role: "slider",
      tabIndex: 0,
      "aria-valuemin": 0,
      "aria-valuemax": this.last,
      "aria-valuenow": selected ?? this.last,
      "aria-valuetext": this.describeSelected(),
      onKeyDown: this.selectByKey,
    };
    return (
      <svg
        {...(isLarge ? slider : { role: "img" })}
        aria-label={label}
        viewBox={`0 0 ${columnCount} ${PLOT_HEIGHT}`}
        preserveAspectRatio="none"
        onPointerMove={this.selectByPointer}
        onPointerLeave={this.deselect}
      >
        {!isLarge && <title>{selected === undefined ? label : this.describeSelected()}</title>}
        <path className="pauses" d={paths.pauses} />
        <path className="columns" d={paths.columns} />
        <path className="line configured" d={paths.configured} />
        <path className="line adaptive" d={paths.adaptive} />
        <path className="line marks" d={paths.marks} />
        <path className="line" d={plotTicks(columnCount, columnsPerTick)} />
        {selected !== undefined && <path className="line selected" d={`M${selected + 0.5},0V${PLOT_HEIGHT}`} />}
      </svg>
    );
  }

  /** Of the last column if none is selected. */
  private describeSelected(): string {
    return this.props.describe(this.state.selected ?? this.last);
  }
}

/** Ticks at the bottom, but none at the ends. */
function plotTicks(columnCount: number, columnsPerTick: number): string {
  const ticks = Array.from({ length: columnCount / columnsPerTick - 1 }, (_, index) => (index + 1) * columnsPerTick);
  return ticks.map((column) => `M${column},${PLOT_HEIGHT}v-2`).join("");
}
