/** The head of the form: how it stands, what stands in no field, and which way it is written. */

import React from "react";

import { Path } from "../../settings/path";
import { TextMistake } from "../../settings/settingsText";
import { sayer, TextOf } from "../../texts/texts";
import { describeMistake } from "./JsonText";
import { PlacedProblem } from "./problems";
import { DIFFERENCE } from "./review";
import { idOf } from "./sheet";

interface SummaryProps {
  readonly text: TextOf;
  readonly problems: readonly PlacedProblem[];
  readonly changeCount: number;
  readonly isText: boolean;
  readonly mistake: TextMistake | undefined;
  readonly isOvertaken: boolean;
  readonly onText: (isText: boolean) => void;
  readonly onRemove: (path: Path) => void;
  readonly onStartAgain: () => void;
  readonly onKeep: () => void;
}

export function Summary(props: SummaryProps) {
  const { text, problems, changeCount, mistake, isText, isOvertaken, onText, onStartAgain, onKeep } = props;
  const isRight = problems.length === 0 && !mistake;
  return (
    <>
      <div className="bar">
        <div role="group" aria-label={text("FlexThrottleFormTitle")} className="ways">
          {/* What is no JSON cannot be shown in fields. */}
          <button type="button" aria-pressed={!isText} disabled={mistake !== undefined} onClick={() => onText(false)}>
            {text("FlexThrottleFormAsForm")}
          </button>
          <button type="button" aria-pressed={isText} onClick={() => onText(true)}>
            {text("FlexThrottleFormAsJson")}
          </button>
        </div>
        <span role="status" className={isRight ? "right" : "wrong"}>
          {mistake
            ? describeMistake(mistake, text)
            : problems.length === 0
              ? text("FlexThrottleFormNoProblems")
              : text("FlexThrottleFormProblems", { count: problems.length })}
        </span>
        <button type="button" className="link" onClick={() => goTo(DIFFERENCE)}>
          {changeCount === 0 ? text("FlexThrottleFormNoChanges") : text("FlexThrottleFormChanges", { count: changeCount })}
        </button>
        {changeCount > 0 && !isOvertaken && (
          <button type="button" onClick={onStartAgain}>
            {text("FlexThrottleFormStartAgain")}
          </button>
        )}
      </div>
      {isOvertaken && (
        <div className="notice" role="alert">
          <p>{text("FlexThrottleFormOvertaken")}</p>
          <div className="row">
            <button type="button" onClick={onKeep}>
              {text("FlexThrottleFormKeep")}
            </button>
            <button type="button" onClick={onStartAgain}>
              {text("FlexThrottleFormStartAgain")}
            </button>
          </div>
        </div>
      )}
      {problems.length > 0 && <ProblemList {...props} />}
    </>
  );
}

function ProblemList({ text, problems, isText, onRemove }: SummaryProps) {
  const say = sayer(text);
  return (
    <ul className="notice">
      {problems.map(({ path, found, expected, field, stray }) => (
        <li key={path}>
          {field && !isText ? (
            <button type="button" className="link" onClick={() => goTo(idOf(field))}>
              <code>{path}</code>
            </button>
          ) : (
            <code>{path}</code>
          )}{" "}
          {(!field || isText) && text("FlexThrottleFormRight", { found: say(found), expected: say(expected) })}{" "}
          {stray && !isText && (
            <button type="button" aria-label={text("FlexThrottleFormRemoveNamed", { name: path })} onClick={() => onRemove(stray)}>
              {text("FlexThrottleFormRemove")}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

function goTo(id: string): void {
  const element = document.getElementById(id);
  element?.focus();
  element?.scrollIntoView({ block: "center" });
}
