/** One row for each limit that counts requests, in the order of Twilio's page. */

import React from "react";

import { TextKey, TextOf } from "../../texts/texts";
import { LimitPicture } from "./picture";
import { Plot } from "./Plot";
import { ScrollBox } from "./ScrollBox";
import { inNumbers, timeOfDay } from "./words";

interface LimitsProps {
  readonly limits: readonly LimitPicture[];
  readonly language: string;
  readonly text: TextOf;
}

const COLUMNS: readonly TextKey[] = [
  "FlexThrottleViewLimit",
  "FlexThrottleViewUse",
  "FlexThrottleViewConfigured",
  "FlexThrottleViewLearned",
  "FlexThrottleViewWaiting",
  "FlexThrottleViewLongestWait",
  "FlexThrottleViewRefused",
  "FlexThrottleViewCooling",
];

/** Those that were never used are put away, unless all are such or somebody wants to see them. */
export class LimitsTable extends React.PureComponent<LimitsProps, { readonly isWhole: boolean }> {
  state = { isWhole: !this.props.limits.some(({ isUsed }) => isUsed) };

  private readonly toggle = () => this.setState(({ isWhole }) => ({ isWhole: !isWhole }));

  render() {
    const { limits, language, text } = this.props;
    const used = limits.filter(({ isUsed }) => isUsed);
    const isWhole = this.state.isWhole || used.length === 0;
    return (
      <>
        <ScrollBox label={text("FlexThrottleViewRates")}>
          <table>
            <caption>{text("FlexThrottleViewLegend")}</caption>
            <thead>
              <tr>
                {COLUMNS.map((column, index) => (
                  <th key={column} scope="col" className={index > 1 ? "number" : undefined}>
                    {text(column)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {(isWhole ? limits : used).map((limit) => (
                <LimitRow key={limit.id} limit={limit} language={language} text={text} />
              ))}
            </tbody>
          </table>
        </ScrollBox>
        {used.length > 0 && used.length < limits.length && (
          <p>
            <button type="button" aria-expanded={isWhole} onClick={this.toggle}>
              {isWhole ? text("FlexThrottleViewShowUsed") : text("FlexThrottleViewShowAll", { count: limits.length })}
            </button>
          </p>
        )}
      </>
    );
  }
}

class LimitRow extends React.PureComponent<{
  readonly limit: LimitPicture;
  readonly language: string;
  readonly text: TextOf;
}> {
  render() {
    const { limit, language, text } = this.props;
    const { id, configured, learned, peaks, now, waiting, longestWaitSeconds, refused, cooling, isUsed } = limit;
    return (
      <tr className={isUsed ? undefined : "unused"}>
        <th scope="row">{id}</th>
        <td>
          {isUsed ? (
            <Plot
              peaks={peaks}
              configured={configured}
              learned={learned}
              label={text("FlexThrottleViewPlot", { peak: Math.max(...peaks), now })}
            />
          ) : (
            text("FlexThrottleViewUnused")
          )}
        </td>
        <td className="number">{inNumbers(configured, language)}</td>
        <td className={learned < configured ? "number alert" : "number"}>{inNumbers(learned, language)}</td>
        <td className={waiting > 0 ? "number strong" : "number"}>{inNumbers(waiting, language)}</td>
        <td className="number">
          {waiting > 0 ? text("FlexThrottleViewSeconds", { seconds: longestWaitSeconds }) : "–"}
        </td>
        <td className={refused > 0 ? "number alert" : "number"}>{inNumbers(refused, language)}</td>
        <td className={cooling ? "number alert" : "number"}>
          {cooling
            ? text("FlexThrottleViewCoolingFor", { time: timeOfDay(cooling.untilMs), seconds: cooling.seconds })
            : "–"}
        </td>
      </tr>
    );
  }
}
