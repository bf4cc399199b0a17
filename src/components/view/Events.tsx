/** The latest decisions, newest first. */

import React from "react";

import { LogEntry, LogOutcome } from "../../record/eventLog";
import { TextKey } from "../../texts/texts";
import { describeCall } from "../describeCall";
import { AdminServices } from "../services";
import { Choices } from "./Choices";
import { Table } from "./Table";
import { formatTime, formatWait } from "./format";

/** Keeps the table short; the downloads contain all entries. */
const MAX_ROWS = 200;

const OUTCOMES: Readonly<Record<LogOutcome, TextKey>> = {
  sent: "OutcomeSent",
  retried: "OutcomeRetried",
  throttled: "OutcomeThrottled",
  dropped: "OutcomeDropped",
  aborted: "OutcomeAborted",
  deferred: "OutcomeDeferred",
  "deferred-done": "OutcomeDeferredDone",
  "deferred-failed": "OutcomeDeferredFailed",
  "deferred-lost": "OutcomeDeferredLost",
  settings: "OutcomeSettings",
};

const PROBLEMS: readonly LogOutcome[] = ["retried", "throttled", "dropped", "deferred-failed", "deferred-lost"];

/** Other reasons are shown as they are: what a 429 says, or the mode. */
const REASONS: Readonly<Partial<Record<string, TextKey>>> = {
  ThrottleRejectedError: "ReasonRejected",
  ThrottleQueueFullError: "ReasonQueueFull",
  ThrottleTimeoutError: "ReasonTimeout",
  ThrottleCapacityError: "ReasonCapacity",
  ThrottleCanceledError: "ReasonCanceled",
};

const FILTERS: readonly TextKey[] = ["ViewEventsAll", "ViewEventsProblems"];

const COLUMNS: readonly TextKey[] = [
  "ViewTime",
  "ViewNumber",
  "ViewRequest",
  "Setting.actions.*.limits.title",
  "ViewOutcome",
  "ViewWaited",
  "ViewAttempt",
  "ViewReason",
];

interface EventsProps {
  /** Oldest first. */
  readonly events: readonly LogEntry[];
  /** Number of the latest entry, counted from 1. */
  readonly lastEvent: number;
  readonly services: AdminServices;
}

interface EventsState {
  readonly showsProblemsOnly: boolean;
  /** Shows the decisions of this call only. */
  readonly callNumber?: number;
}

interface NumberedEntry {
  readonly number: number;
  readonly entry: LogEntry;
}

export class Events extends React.PureComponent<EventsProps, EventsState> {
  state: EventsState = { showsProblemsOnly: false };

  private readonly selectFilter = (index: number) =>
    this.setState({ showsProblemsOnly: index === 1, callNumber: undefined });

  private readonly selectCall = (callNumber: number) =>
    this.setState((state) => ({ callNumber: state.callNumber === callNumber ? undefined : callNumber }));

  render() {
    const { text } = this.props.services;
    const entries = this.getNumberedEntries();
    return (
      <>
        <Choices
          name="events"
          label={text("ViewEvents")}
          options={FILTERS}
          selected={this.state.showsProblemsOnly ? 1 : 0}
          onSelect={this.selectFilter}
          text={text}
        />
        {entries.length === 0 ? <p>{text("ViewEventsNone")}</p> : this.renderTable(entries.slice(0, MAX_ROWS))}
        {entries.length > MAX_ROWS && <p>{text("ViewEventsShown", { shown: MAX_ROWS, count: entries.length })}</p>}
      </>
    );
  }

  /** Newest first. The number is the row's React key, so that existing rows are moved, not redrawn. */
  private getNumberedEntries(): readonly NumberedEntry[] {
    const { events, lastEvent } = this.props;
    const { showsProblemsOnly, callNumber } = this.state;
    const firstNumber = lastEvent - events.length + 1;
    const all = events.map((entry, index) => ({ number: firstNumber + index, entry })).reverse();
    if (callNumber !== undefined) return all.filter(({ entry }) => entry.callNumber === callNumber);
    return showsProblemsOnly ? all.filter(({ entry }) => PROBLEMS.includes(entry.outcome)) : all;
  }

  private renderTable(entries: readonly NumberedEntry[]) {
    const { services } = this.props;
    const { text } = services;
    const { callNumber } = this.state;
    return (
      <Table label="ViewEvents" columns={COLUMNS} wordColumns={COLUMNS.length} isLong text={text}>
        {entries.map(({ number, entry }) => (
          <EventRow
            key={number}
            entry={entry}
            call={describeCall({ name: entry.call }, services)}
            isCallSelected={callNumber !== undefined}
            onSelectCall={this.selectCall}
            services={services}
          />
        ))}
      </Table>
    );
  }
}

interface EventRowProps {
  readonly entry: LogEntry;
  readonly call: string;
  readonly isCallSelected: boolean;
  readonly onSelectCall: (callNumber: number) => void;
  readonly services: AdminServices;
}

class EventRow extends React.PureComponent<EventRowProps> {
  render() {
    const { entry, call, services } = this.props;
    const { text } = services;
    const { atMs, limits, outcome, waitMs, attempt, reason = "" } = entry;
    const reasonKey = REASONS[reason];
    return (
      <tr>
        <td>{formatTime(atMs)}</td>
        <td>{this.renderNumber()}</td>
        <td title={entry.call}>{outcome === "settings" ? "" : call}</td>
        <td>{limits.join(" + ")}</td>
        <td className={PROBLEMS.includes(outcome) ? "alert" : undefined}>{text(OUTCOMES[outcome])}</td>
        <td>{waitMs === undefined ? "" : formatWait(waitMs, services)}</td>
        <td>{attempt}</td>
        <td>{reasonKey ? text(reasonKey) : reason}</td>
      </tr>
    );
  }

  /** A button, because the attempts of one call are rows apart from each other. */
  private renderNumber() {
    const { entry, isCallSelected, onSelectCall, services } = this.props;
    const { callNumber } = entry;
    if (callNumber === undefined) return null;
    return (
      <button
        type="button"
        className="link"
        aria-pressed={isCallSelected}
        title={services.text("ViewOneCall", { number: callNumber })}
        onClick={() => onSelectCall(callNumber)}
      >
        {callNumber}
      </button>
    );
  }
}
