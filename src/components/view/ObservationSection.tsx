/** The measurements of mode `observe` and the recommended settings. */

import React from "react";

import { RATE_LIMIT_IDS } from "../../limits/limits";
import { LimitObservation, Observation, waitPercentile } from "../../record/observation";
import { applySuggestions, suggestSettings } from "../../record/suggestions";
import { Settings } from "../../settings/readSettings";
import { TextKey } from "../../texts/texts";
import { describeSuggestion } from "../describeSuggestion";
import { isEqual } from "../form/draft";
import { editDraft } from "../form/SettingsForm";
import { AdminServices } from "../services";
import { StartOver } from "../StartOver";
import { NumberCell, Table } from "./Table";
import { formatNumber, formatTime, formatWait } from "./format";

interface ObservationSectionProps {
  readonly observation: Observation;
  readonly settings: Settings;
  readonly services: AdminServices;
  readonly onShowForm: () => void;
}

const MINUTE_MS = 60_000;

const COLUMNS: readonly TextKey[] = [
  "Setting.limits.*.title",
  "ViewRequests",
  "ViewPeak",
  "ViewWouldWait",
  "ViewWait95",
  "ViewLongestWait",
  "ViewLongestQueue",
  "ViewThrottledAll",
  "ViewThrottledWithin",
];

export class ObservationSection extends React.PureComponent<ObservationSectionProps> {
  render() {
    const {
      observation,
      services: { text, recorder },
    } = this.props;
    const minutes = observation.measuredMs / MINUTE_MS;
    const hasCalls = Object.keys(observation.limits).length > 0;
    return (
      <>
        <p>
          {text("ViewObservedSince", {
            time: formatTime(observation.sinceMs),
            hours: Math.floor(minutes / 60),
            minutes: minutes % 60,
          })}
        </p>
        {hasCalls ? this.renderTable() : <p>{text("ViewObservedNothing")}</p>}
        {hasCalls && this.renderSuggestions()}
        <p>
          <StartOver
            text={text}
            label="ViewStartOver"
            question="ViewStartOverAsk"
            onStartOver={() => recorder.resetObservation()}
          />
        </p>
      </>
    );
  }

  private renderTable() {
    const { observation, services } = this.props;
    const { text } = services;
    return (
      <Table label="ViewObserved" columns={COLUMNS} wordColumns={1} text={text}>
        {RATE_LIMIT_IDS.map((id) => {
          const limit = observation.limits[id];
          return (
            limit && (
              <tr key={id}>
                <th scope="row">{id}</th>
                {createCells(limit, services).map((cell, index) => (
                  <NumberCell key={index}>{cell}</NumberCell>
                ))}
              </tr>
            )
          );
        })}
      </Table>
    );
  }

  private renderSuggestions() {
    const { observation, settings, services, onShowForm } = this.props;
    const { text, written } = services;
    const suggestions = suggestSettings(observation, settings);
    if (suggestions.length === 0) return null;
    const apply = (input: unknown) => applySuggestions(input, suggestions);
    return (
      <>
        <h3>{text("ViewSuggested")}</h3>
        <ul>
          {suggestions.map((suggestion) => (
            <li key={"limit" in suggestion ? suggestion.kind + suggestion.limit : suggestion.kind}>
              {describeSuggestion(suggestion, text)}
            </li>
          ))}
        </ul>
        {!isEqual(apply(written()), written()) && (
          <p>
            <button
              type="button"
              onClick={() => {
                editDraft(services, apply);
                onShowForm();
              }}
            >
              {text("FormShow")}
            </button>
          </p>
        )}
      </>
    );
  }
}

/** The numbers in the order of `COLUMNS`. */
function createCells(limit: LimitObservation, services: AdminServices): readonly string[] {
  const formatCount = (value: number) => formatNumber(value, services);
  const formatIfAny = (ms: number) => (limit.wouldWait > 0 ? formatWait(ms, services) : "–");
  return [
    formatCount(limit.calls),
    formatCount(limit.peakPerSecond),
    formatCount(limit.wouldWait),
    formatIfAny(waitPercentile(limit, 0.95)),
    formatIfAny(limit.longestWaitMs),
    formatCount(limit.longestQueue),
    formatCount(limit.throttled),
    formatCount(limit.throttledWithinLimit),
  ];
}
