/** The form's toolbar: fields or JSON, the number of problems and changes, and conflicts with new live settings. */

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

export function FormToolbar(props: FormToolbarProps) {
  const { text, changeCount, syntaxError, hasConflict, onDiscard, onKeep } = props;
  const discardButton = (
    <StartOver
      text={text}
      label="FlexThrottleFormStartAgain"
      question="FlexThrottleFormStartAgainAsk"
      onStartOver={onDiscard}
    />
  );
  return (
    <div className={hasConflict ? "toolbar has-conflict" : "toolbar"}>
      <ModeSwitch {...props} />
      <ProblemStatus {...props} />
      {!syntaxError && (
        <button type="button" className="link" onClick={() => focusElement(CHANGES_ID)}>
          {changeCount === 0
            ? text("FlexThrottleFormNoChanges")
            : text("FlexThrottleFormChanges", { count: changeCount })}
        </button>
      )}
      {changeCount > 0 && !hasConflict && discardButton}
      {hasConflict && (
        <div className="notice" role="alert">
          <p>{text("FlexThrottleFormLiveChanged")}</p>
          <div className="row">
            <button type="button" onClick={onKeep}>
              {text("FlexThrottleFormKeep")}
            </button>
            {discardButton}
          </div>
        </div>
      )}
    </div>
  );
}

/** Fields cannot show a text with a syntax error. */
function ModeSwitch({ text, isJsonMode, syntaxError, onJsonMode }: FormToolbarProps) {
  return (
    <div role="group" aria-label={text("FlexThrottleFormTitle")} className="modes">
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
  );
}

function ProblemStatus({ text, problemCount, syntaxError }: FormToolbarProps) {
  const isValid = problemCount === 0 && !syntaxError;
  return (
    <span role="status" className={isValid ? undefined : "invalid"}>
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
  );
}
