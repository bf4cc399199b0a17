/** One row per rate limit, in the order of Twilio's page. */

import React from "react";

import { LIMITS_PAGE } from "../../limits/limits";
import { TextKey, TextOf } from "../../texts/texts";
import { describeCall } from "../describeCall";
import { AdminServices } from "../services";
import { HistoryPlot } from "./HistoryPlot";
import { LimitSnapshot } from "./viewSnapshot";
import { Plot } from "./Plot";
import { NumberCell, Table } from "./Table";
import { formatNumber, formatTime } from "./format";

interface LimitsProps {
  readonly limits: readonly LimitSnapshot[];
  readonly services: AdminServices;
}

const COLUMNS: readonly TextKey[] = [
  "Setting.limits.*.title",
  "ViewUse",
  "ViewConfigured",
  "ViewAdaptiveRate",
  "ViewWaiting",
  "ViewLongestWait",
  "ViewThrottled",
  "ViewCooling",
];

/** Hides unused limits until the user expands the table, unless all are unused. */
export class LimitsTable extends React.PureComponent<LimitsProps, { readonly showsAll: boolean }> {
  state = { showsAll: !this.props.limits.some(({ isUsed }) => isUsed) };

  private readonly toggle = () => this.setState(({ showsAll }) => ({ showsAll: !showsAll }));

  render() {
    const { limits, services } = this.props;
    const { text } = services;
    const used = limits.filter(({ isUsed }) => isUsed);
    const showsAll = this.state.showsAll || used.length === 0;
    return (
      <>
        <Table
          label="Setting.limits.*.perSecond.title"
          caption={
            <>
              {text("ViewLegend")}{" "}
              <a href={LIMITS_PAGE} target="_blank" rel="noopener noreferrer">
                {text("ViewTwilioPage")}
              </a>
            </>
          }
          columns={COLUMNS}
          wordColumns={2}
          text={text}
        >
          {(showsAll ? limits : used).map((limit) => (
            <LimitRow
              key={limit.id}
              limit={limit}
              purpose={describeCall({ name: limit.id }, services)}
              services={services}
            />
          ))}
        </Table>
        {used.length > 0 && used.length < limits.length && (
          <p>
            <button type="button" aria-expanded={showsAll} onClick={this.toggle}>
              {showsAll ? text("ViewShowUsed") : text("ViewShowAll", { count: limits.length })}
            </button>
          </p>
        )}
      </>
    );
  }
}

interface LimitRowProps {
  readonly limit: LimitSnapshot;
  /** What its calls do, in words. */
  readonly purpose: string;
  readonly services: AdminServices;
}

class LimitRow extends React.PureComponent<LimitRowProps, { readonly isOpen: boolean }> {
  state = { isOpen: false };

  private readonly toggle = () => this.setState(({ isOpen }) => ({ isOpen: !isOpen }));

  render() {
    const { limit, services } = this.props;
    return (
      <>
        <tr className={limit.isUsed ? undefined : "unused"}>{this.renderCells()}</tr>
        {this.state.isOpen && (
          <tr>
            <td colSpan={COLUMNS.length}>
              {this.renderPlot(true)}
              <HistoryPlot limit={limit.id} history={limit.history} services={services} />
            </td>
          </tr>
        )}
      </>
    );
  }

  private renderPlot(isLarge: boolean) {
    const { limit, services } = this.props;
    const label = services.text("ViewPlot", { peak: Math.max(...limit.plot.peaks), now: limit.startsInLastSecond });
    return (
      <Plot
        plot={limit.plot}
        endMs={limit.plotEndMs}
        isLarge={isLarge}
        label={isLarge ? `${limit.id}: ${label}` : label}
        services={services}
      />
    );
  }

  private renderSmallPlot() {
    const { limit, services } = this.props;
    const label = services.text("ViewEnlarge");
    return (
      <div className="plotCell">
        {this.renderPlot(false)}
        <button
          type="button"
          aria-expanded={this.state.isOpen}
          aria-label={`${label}: ${limit.id}`}
          onClick={this.toggle}
        >
          {label}
        </button>
      </div>
    );
  }

  private renderCells() {
    const { limit, purpose, services } = this.props;
    const { text } = services;
    const { id, configuredPerSecond, adaptivePerSecond, waiting, throttledInLastHour } = limit;
    return (
      <>
        <th scope="row">
          {id}
          {purpose !== id && <div className="muted">{purpose}</div>}
        </th>
        <td>{limit.isUsed || limit.history.length > 0 ? this.renderSmallPlot() : text("ViewUnused")}</td>
        <NumberCell>{formatNumber(configuredPerSecond, services)}</NumberCell>
        <NumberCell isAlert={adaptivePerSecond < configuredPerSecond}>
          {formatNumber(adaptivePerSecond, services)}
        </NumberCell>
        <td className={waiting > 0 ? "number strong" : "number"}>{formatNumber(waiting, services)}</td>
        <NumberCell>{waiting > 0 ? text("ViewSeconds", { seconds: limit.longestWaitSeconds }) : "–"}</NumberCell>
        <NumberCell isAlert={throttledInLastHour > 0}>{formatNumber(throttledInLastHour, services)}</NumberCell>
        <CoolDownCell coolDown={limit.coolDown} text={text} />
      </>
    );
  }
}

function CoolDownCell({ coolDown, text }: { readonly coolDown: LimitSnapshot["coolDown"]; readonly text: TextOf }) {
  if (!coolDown) return <NumberCell>–</NumberCell>;
  const { untilMs, seconds, cause } = coolDown;
  return (
    <td className="number alert cause">
      {text("ViewCoolingFor", { time: formatTime(untilMs), seconds })}
      <div>{cause}</div>
    </td>
  );
}
