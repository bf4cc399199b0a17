/** The form's toolbar: fields or JSON, the number of problems and changes, and conflicts with new live settings. */

import React from "react";

import { SyntaxMistake } from "../../settings/settingsText";
import { TextKey, TextOf } from "../../texts/texts";
import { StartOver } from "../StartOver";
import { describeSyntaxError } from "./JsonEditor";
import { CHANGES_ID, focusElement, PROBLEMS_ID } from "./focusTargets";

interface FormToolbarProps {
  readonly text: TextOf;
  readonly problemCount: number;
  /** False while a new entry lacks something that is not shown as a problem yet. */
  readonly isComplete: boolean;
  readonly changeCount: number;
  readonly isJsonMode: boolean;
  readonly syntaxError: SyntaxMistake | undefined;
  /** What the admin should know about the draft before going on. */
  readonly notice: TextKey | undefined;
  readonly onJsonMode: (isJsonMode: boolean) => void;
  readonly onDiscard: () => void;
  readonly onKeep: () => void;
}

export function FormToolbar(props: FormToolbarProps) {
  const { text, changeCount, syntaxError, notice, onDiscard, onKeep } = props;
  const discardButton = (
    <StartOver text={text} label="FormStartAgain" question="FormStartAgainAsk" onStartOver={onDiscard} />
  );
  return (
    <div className={notice ? "toolbar has-notice" : "toolbar"}>
      <ModeSwitch {...props} />
      <ProblemStatus {...props} />
      {!syntaxError && (
        <button type="button" className="link" onClick={() => focusElement(CHANGES_ID)}>
          {changeCount === 0 ? text("FormNoChanges") : text("FormChanges", { count: changeCount })}
        </button>
      )}
      {changeCount > 0 && !notice && discardButton}
      {notice && (
        <div className="notice" role="alert">
          <p>{text(notice)}</p>
          <div className="row">
            <button type="button" onClick={onKeep}>
              {text("FormKeep")}
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
    <div role="group" aria-label={text("FormTitle")} className="modes">
      <button
        type="button"
        aria-pressed={!isJsonMode}
        disabled={syntaxError !== undefined}
        onClick={() => onJsonMode(false)}
      >
        {text("FormAsForm")}
      </button>
      <button type="button" aria-pressed={isJsonMode} onClick={() => onJsonMode(true)}>
        {text("FormAsJson")}
      </button>
    </div>
  );
}

function ProblemStatus({ text, problemCount, isComplete, syntaxError }: FormToolbarProps) {
  const isValid = problemCount === 0 && !syntaxError;
  return (
    <span role="status" className={isValid ? undefined : "invalid"}>
      {syntaxError ? (
        describeSyntaxError(syntaxError, text)
      ) : problemCount === 0 ? (
        text(isComplete ? "FormNoProblems" : "FormIncomplete")
      ) : (
        <button type="button" className="link" onClick={() => focusElement(PROBLEMS_ID)}>
          {text("FormProblems", { count: problemCount })}
        </button>
      )}
    </span>
  );
}
