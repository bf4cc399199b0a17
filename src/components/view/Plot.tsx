/**
 * A plot of a limit's starts in the last five minutes, with its rates, 429s and cool-downs. Pointing at it shows the
 * time and the numbers of a column. The large one also selects columns by arrow keys.
 */

import React from "react";

import { TextOf } from "../../texts/texts";
import { formatNumber, formatTime } from "./format";
import { COLUMN_MS, PlotColumns } from "./plotColumns";
import { PLOT_HEIGHT, PLOT_TICKS, PlotPaths, plotPaths } from "./plotPaths";

interface PlotProps {
  readonly plot: PlotColumns;
  /** The wall-clock time at the right end. Absent if nothing happened. */
  readonly endMs?: number;
  readonly isLarge: boolean;
  /** Text alternative. */
  readonly label: string;
  readonly language: string;
  readonly text: TextOf;
}

export class Plot extends React.PureComponent<PlotProps, { readonly selected?: number }> {
  state: { readonly selected?: number } = {};

  private get last(): number {
    return this.props.plot.peaks.length - 1;
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
    const index = { ArrowLeft: selected - 1, ArrowRight: selected + 1, Home: 0, End: this.last }[event.key];
    if (index === undefined) return;
    event.preventDefault();
    this.select(index);
  };

  render() {
    const { plot, isLarge, language, text } = this.props;
    const paths = plotPaths(plot);
    return (
      <div className={isLarge ? "plot large" : "plot"}>
        <div className="scale" aria-hidden>
          <span>{formatNumber(paths.top, language)}</span>
          <span>{formatNumber(0, language)}</span>
        </div>
        <div>
          {this.renderDrawing(paths)}
          {isLarge && (
            <div className="axis">
              <span>{text("FlexThrottleViewPlotFrom")}</span>
              <span>{this.describeSelected()}</span>
              <span>{text("FlexThrottleViewPlotTo")}</span>
            </div>
          )}
        </div>
      </div>
    );
  }

  private renderDrawing(paths: PlotPaths) {
    const { label, isLarge } = this.props;
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
        viewBox={`0 0 ${this.last + 1} ${PLOT_HEIGHT}`}
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
        <path className="line" d={PLOT_TICKS} />
        {selected !== undefined && <path className="line selected" d={`M${selected + 0.5},0V${PLOT_HEIGHT}`} />}
      </svg>
    );
  }

  /** Of the last column if none is selected. */
  private describeSelected(): string {
    const { plot, endMs = Date.now(), language, text } = this.props;
    const { selected = this.last } = this.state;
    const formatValue = (values: readonly number[]) => formatNumber(values[selected], language);
    const value = text("FlexThrottleViewPlotValue", {
      time: formatTime(endMs - (this.last + 1 - selected) * COLUMN_MS),
      peak: formatValue(plot.peaks),
      rate: formatValue(plot.adaptive),
      throttled: formatValue(plot.throttled),
    });
    return plot.isPaused[selected] ? `${value}; ${text("FlexThrottleViewPlotPaused")}` : value;
  }
}
