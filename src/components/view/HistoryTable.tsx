/** What each limit did in the last 14 days, by day or by hour, newest first. */

import React from "react";

import { HistoryRow } from "../../record/historyCells";
import { TextKey } from "../../texts/texts";
import { AdminServices } from "../services";
import { Choices } from "./Choices";
import { formatDay, formatHour, formatNumber, formatWait } from "./format";
import { NumberCell, Table } from "./Table";
import { sumByPeriod } from "./sumByPeriod";

/** Keeps the table short; the downloads contain all rows. */
const MAX_ROWS = 200;

const PERIODS: readonly TextKey[] = ["ViewByDay", "ViewByHour"];

const COLUMNS: readonly TextKey[] = [
  "ViewTime",
  "Setting.limits.*.title",
  "ViewBudgetStarts",
  "ViewWaits",
  "ViewWaitTotal",
  "ViewThrottledAll",
  "ViewDropped",
];

interface HistoryTableProps {
  /** Oldest first. */
  readonly history: readonly HistoryRow[];
  readonly services: AdminServices;
}

export class HistoryTable extends React.PureComponent<HistoryTableProps, { readonly period: number }> {
  state = { period: 0 };

  private readonly selectPeriod = (period: number) => this.setState({ period });

  render() {
    const { history, services } = this.props;
    const { text } = services;
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
    const { services } = this.props;
    const formatCount = (count: number) => formatNumber(count, services);
    return (
      <Table
        label="ViewHistory"
        caption={services.text("ViewHistoryLegend")}
        columns={COLUMNS}
        wordColumns={2}
        isLong
        text={services.text}
      >
        {rows.map(({ period, limit, starts, waits, waitMs, throttled, dropped }) => (
          <tr key={period + limit}>
            <th scope="row">{period}</th>
            <th scope="row">{limit}</th>
            <NumberCell>{formatCount(starts)}</NumberCell>
            <NumberCell>{formatCount(waits)}</NumberCell>
            <NumberCell>{formatWait(waitMs, services)}</NumberCell>
            <NumberCell isAlert={throttled > 0}>{formatCount(throttled)}</NumberCell>
            <NumberCell isAlert={dropped > 0}>{formatCount(dropped)}</NumberCell>
          </tr>
        ))}
      </Table>
    );
  }
}
