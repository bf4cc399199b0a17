/** The head of the form: which way it is written, and how it stands. */

import React from "react";

import { Position } from "../../settings/settingsText";
import { TextOf } from "../../texts/texts";
import { StartOver } from "../StartOver";
import { describeMistake } from "./JsonText";
import { DIFFERENCE, goTo, PROBLEMS } from "./places";

interface SummaryProps {
  readonly text: TextOf;
  readonly problemCount: number;
  readonly changeCount: number;
  readonly isText: boolean;
  readonly mistake: Position | undefined;
  readonly isOvertaken: boolean;
  readonly onText: (isText: boolean) => void;
  readonly onStartAgain: () => void;
  readonly onKeep: () => void;
}

export function Summary({
  text,
  problemCount,
  changeCount,
  mistake,
  isText,
  isOvertaken,
  onText,
  onStartAgain,
  onKeep,
}: SummaryProps) {
  const isRight = problemCount === 0 && !mistake;
  const startAgain = (
    <StartOver
      text={text}
      label="FlexThrottleFormStartAgain"
      question="FlexThrottleFormStartAgainAsk"
      onStartOver={onStartAgain}
    />
  );
  return (
    <div className={isOvertaken ? "bar overtaken" : "bar"}>
      <div role="group" aria-label={text("FlexThrottleFormTitle")} className="ways">
        {/* What is no JSON cannot be shown in fields. */}
        <button type="button" aria-pressed={!isText} disabled={mistake !== undefined} onClick={() => onText(false)}>
          {text("FlexThrottleFormAsForm")}
        </button>
        <button type="button" aria-pressed={isText} onClick={() => onText(true)}>
          {text("FlexThrottleFormAsJson")}
        </button>
      </div>
      <span role="status" className={isRight ? undefined : "wrong"}>
        {mistake ? (
          describeMistake(mistake, text)
        ) : problemCount === 0 ? (
          text("FlexThrottleFormNoProblems")
        ) : (
          <button type="button" className="link" onClick={() => goTo(PROBLEMS)}>
            {text("FlexThrottleFormProblems", { count: problemCount })}
          </button>
        )}
      </span>
      {!mistake && (
        <button type="button" className="link" onClick={() => goTo(DIFFERENCE)}>
          {changeCount === 0
            ? text("FlexThrottleFormNoChanges")
            : text("FlexThrottleFormChanges", { count: changeCount })}
        </button>
      )}
      {changeCount > 0 && !isOvertaken && startAgain}
      {isOvertaken && (
        <div className="notice" role="alert">
          <p>{text("FlexThrottleFormOvertaken")}</p>
          <div className="row">
            <button type="button" onClick={onKeep}>
              {text("FlexThrottleFormKeep")}
            </button>
            {startAgain}
          </div>
        </div>
      )}
    </div>
  );
}
