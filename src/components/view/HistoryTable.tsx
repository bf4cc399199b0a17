/** What each limit did in the last 14 days, by day or by hour, newest first. */

import React from "react";

import { HistoryRow } from "../../record/historyCells";
import { TextKey, TextOf } from "../../texts/texts";
import { Choices } from "./Choices";
import { formatDay, formatHour, formatNumber, formatSeconds } from "./format";
import { ScrollBox } from "./ScrollBox";
import { sumByPeriod } from "./sumByPeriod";

/** Keeps the table short; the downloads contain all rows. */
const MAX_ROWS = 200;

const PERIODS: readonly TextKey[] = ["ViewByDay", "ViewByHour"];

const COUNT_COLUMNS: readonly TextKey[] = [
  "ViewBudgetStarts",
  "ViewWaits",
  "ViewWaitTotal",
  "ViewThrottledAll",
  "ViewDropped",
];

interface HistoryTableProps {
  /** Oldest first. */
  readonly history: readonly HistoryRow[];
  readonly language: string;
  readonly text: TextOf;
}

export class HistoryTable extends React.PureComponent<HistoryTableProps, { readonly period: number }> {
  state = { period: 0 };

  private readonly selectPeriod = (period: number) => this.setState({ period });

  render() {
    const { history, text } = this.props;
    const { period } = this.state;
    if (history.length === 0) return <p>{text("ViewHistoryEmpty")}</p>;
    const rows = sumByPeriod(history, period === 0 ? formatDay : formatHour);
    return (
      <>
        <Choices
          name="history"
          label={text("ViewHistory")}
          options={PERIODS}
          selected={period}
          onSelect={this.selectPeriod}
          text={text}
        />
        {this.renderTable(rows.slice(0, MAX_ROWS))}
        {rows.length > MAX_ROWS && <p>{text("ViewEventsShown", { shown: MAX_ROWS, count: rows.length })}</p>}
      </>
    );
  }

  private renderTable(rows: ReturnType<typeof sumByPeriod>) {
    const { language, text } = this.props;
    const formatCount = (count: number) => formatNumber(count, language);
    return (
      <ScrollBox label={text("ViewHistory")} className="long">
        <table>
          <caption>{text("ViewHistoryLegend")}</caption>
          <thead>
            <tr>
              <th scope="col">{text("ViewTime")}</th>
              <th scope="col">{text("ViewLimit")}</th>
              {COUNT_COLUMNS.map((column) => (
                <th key={column} scope="col" className="number">
                  {text(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ period, limit, starts, waits, waitMs, throttled, dropped }) => (
              <tr key={period + limit}>
                <th scope="row">{period}</th>
                <th scope="row">{limit}</th>
                <td className="number">{formatCount(starts)}</td>
                <td className="number">{formatCount(waits)}</td>
                <td className="number">{text("ViewSeconds", { seconds: formatSeconds(waitMs, language) })}</td>
                <td className={throttled > 0 ? "number alert" : "number"}>{formatCount(throttled)}</td>
                <td className={dropped > 0 ? "number alert" : "number"}>{formatCount(dropped)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollBox>
    );
  }
}
