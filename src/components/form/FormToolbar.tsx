/** The head of the form: which way it is written, and how it stands. */

import React from "react";

import { Position } from "../../settings/settingsText";
import { TextOf } from "../../texts/texts";
import { StartOver } from "../StartOver";
import { describeSyntaxError } from "./JsonEditor";
import { CHANGES_ID, focusElement, PROBLEMS_ID } from "./focusTargets";

interface FormToolbarProps {
  readonly text: TextOf;
  readonly problemCount: number;
  readonly changeCount: number;
  readonly isJsonMode: boolean;
  readonly syntaxError: Position | undefined;
  readonly hasConflict: boolean;
  readonly onJsonMode: (isJsonMode: boolean) => void;
  readonly onDiscard: () => void;
  readonly onKeep: () => void;
}

export function FormToolbar({
  text,
  problemCount,
  changeCount,
  syntaxError,
  isJsonMode,
  hasConflict,
  onJsonMode,
  onDiscard,
  onKeep,
}: FormToolbarProps) {
  const isRight = problemCount === 0 && !syntaxError;
  const startAgain = (
    <StartOver
      text={text}
      label="FlexThrottleFormStartAgain"
      question="FlexThrottleFormStartAgainAsk"
      onStartOver={onDiscard}
    />
  );
  return (
    <div className={hasConflict ? "bar overtaken" : "bar"}>
      <div role="group" aria-label={text("FlexThrottleFormTitle")} className="ways">
        {/* What is no JSON cannot be shown in fields. */}
        <button
          type="button"
          aria-pressed={!isJsonMode}
          disabled={syntaxError !== undefined}
          onClick={() => onJsonMode(false)}
        >
          {text("FlexThrottleFormAsForm")}
        </button>
        <button type="button" aria-pressed={isJsonMode} onClick={() => onJsonMode(true)}>
          {text("FlexThrottleFormAsJson")}
        </button>
      </div>
      <span role="status" className={isRight ? undefined : "wrong"}>
        {syntaxError ? (
          describeSyntaxError(syntaxError, text)
        ) : problemCount === 0 ? (
          text("FlexThrottleFormNoProblems")
        ) : (
          <button type="button" className="link" onClick={() => focusElement(PROBLEMS_ID)}>
            {text("FlexThrottleFormProblems", { count: problemCount })}
          </button>
        )}
      </span>
      {!syntaxError && (
        <button type="button" className="link" onClick={() => focusElement(CHANGES_ID)}>
          {changeCount === 0
            ? text("FlexThrottleFormNoChanges")
            : text("FlexThrottleFormChanges", { count: changeCount })}
        </button>
      )}
      {changeCount > 0 && !hasConflict && startAgain}
      {hasConflict && (
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
