/** The latest decisions, newest first. */

import React from "react";

import { LogEntry, LogOutcome } from "../../record/eventLog";
import { TextKey, TextOf } from "../../texts/texts";
import { Choices } from "./Choices";
import { ScrollBox } from "./ScrollBox";
import { formatTime } from "./format";

/** Keeps the table short; the downloads contain all entries. */
const MAX_ROWS = 200;

const OUTCOMES: Readonly<Record<LogOutcome, { readonly text: TextKey; readonly isProblem?: boolean }>> = {
  sent: { text: "FlexThrottleOutcomeSent" },
  retried: { text: "FlexThrottleOutcomeRetried", isProblem: true },
  throttled: { text: "FlexThrottleOutcomeThrottled", isProblem: true },
  dropped: { text: "FlexThrottleOutcomeDropped", isProblem: true },
  aborted: { text: "FlexThrottleOutcomeAborted" },
  deferred: { text: "FlexThrottleOutcomeDeferred" },
  "deferred-done": { text: "FlexThrottleOutcomeDeferredDone" },
  "deferred-failed": { text: "FlexThrottleOutcomeDeferredFailed", isProblem: true },
  "deferred-lost": { text: "FlexThrottleOutcomeDeferredLost", isProblem: true },
  settings: { text: "FlexThrottleOutcomeSettings" },
};

const FILTERS: readonly TextKey[] = ["FlexThrottleViewEventsAll", "FlexThrottleViewEventsProblems"];

const COLUMNS: readonly TextKey[] = [
  "FlexThrottleViewTime",
  "FlexThrottleViewRequest",
  "FlexThrottleViewLimits",
  "FlexThrottleViewOutcome",
  "FlexThrottleViewWaited",
  "FlexThrottleViewAttempt",
  "FlexThrottleViewReason",
];

interface EventsProps {
  /** Oldest first. */
  readonly events: readonly LogEntry[];
  /** Number of the latest entry, counted from 1. */
  readonly lastEvent: number;
  readonly text: TextOf;
}

export class Events extends React.PureComponent<EventsProps, { readonly showsProblemsOnly: boolean }> {
  state = { showsProblemsOnly: false };

  private readonly selectFilter = (index: number) => this.setState({ showsProblemsOnly: index === 1 });

  render() {
    const { text } = this.props;
    const entries = this.getNumberedEntries();
    return (
      <>
        <Choices
          name="events"
          label={text("FlexThrottleViewEvents")}
          options={FILTERS}
          selected={this.state.showsProblemsOnly ? 1 : 0}
          onSelect={this.selectFilter}
          text={text}
        />
        {entries.length === 0 ? (
          <p>{text("FlexThrottleViewEventsNone")}</p>
        ) : (
          this.renderTable(entries.slice(0, MAX_ROWS))
        )}
        {entries.length > MAX_ROWS && (
          <p>{text("FlexThrottleViewEventsShown", { shown: MAX_ROWS, count: entries.length })}</p>
        )}
      </>
    );
  }

  /** Newest first. The number is the row's React key, so that existing rows are moved, not redrawn. */
  private getNumberedEntries(): readonly { readonly number: number; readonly entry: LogEntry }[] {
    const { events, lastEvent } = this.props;
    const firstNumber = lastEvent - events.length + 1;
    const all = events.map((entry, index) => ({ number: firstNumber + index, entry })).reverse();
    return this.state.showsProblemsOnly ? all.filter(({ entry }) => OUTCOMES[entry.outcome].isProblem) : all;
  }

  private renderTable(entries: ReturnType<Events["getNumberedEntries"]>) {
    const { text } = this.props;
    return (
      <ScrollBox label={text("FlexThrottleViewEvents")} className="long">
        <table>
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th key={column} scope="col">
                  {text(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {entries.map(({ number, entry }) => (
              <EventRow key={number} entry={entry} text={text} />
            ))}
          </tbody>
        </table>
      </ScrollBox>
    );
  }
}

class EventRow extends React.PureComponent<{ readonly entry: LogEntry; readonly text: TextOf }> {
  render() {
    const {
      entry: { atMs, call, limits, outcome, waitMs, attempt, reason },
      text,
    } = this.props;
    const { text: outcomeText, isProblem } = OUTCOMES[outcome];
    return (
      <tr>
        <td>{formatTime(atMs)}</td>
        <td>{call}</td>
        <td>{limits.join(" + ")}</td>
        <td className={isProblem ? "alert" : undefined}>{text(outcomeText)}</td>
        <td>
          {waitMs === undefined ? "" : text("FlexThrottleViewSeconds", { seconds: Math.round(waitMs / 100) / 10 })}
        </td>
        <td>{attempt}</td>
        <td>{reason}</td>
      </tr>
    );
  }
}
