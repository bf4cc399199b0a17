/** All invalid settings: each links to its field or, if no field shows it, can be removed. */

import React from "react";

import { Path } from "../../settings/path";
import { createProblemDescriber } from "../../settings/readSettings";
import { messageFormatter, TextOf } from "../../texts/texts";
import { PROBLEMS_ID } from "./focusTargets";
import { LocatedProblem } from "./problems";
import { toElementId } from "./formContext";

interface ProblemListProps {
  readonly text: TextOf;
  readonly problems: readonly LocatedProblem[];
  /** Whether the form shows fields, which describe their problems, instead of JSON. */
  readonly hasFields: boolean;
  /** Shows the fields and moves the focus to one of them. */
  readonly onShowField: (id: string) => void;
  readonly onRemove: (path: Path) => void;
}

export function ProblemList({ problems, ...props }: ProblemListProps) {
  const { text } = props;
  if (problems.length === 0) return null;
  return (
    <section>
      <h2 id={PROBLEMS_ID} tabIndex={-1}>
        {text("FormInvalid")}
      </h2>
      <ul>
        {problems.map((problem) => (
          <li key={problem.path}>
            <ProblemWithAction problem={problem} {...props} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface ProblemProps extends Omit<ProblemListProps, "problems"> {
  readonly problem: LocatedProblem;
}

function ProblemWithAction({ text, problem, hasFields, onShowField, onRemove }: ProblemProps) {
  const { path, fieldPath, removablePath } = problem;
  const showField = fieldPath && (
    <button type="button" className="link" onClick={() => onShowField(toElementId(fieldPath))}>
      {hasFields ? <code>{path}</code> : text("FormShow")}
    </button>
  );
  if (hasFields && fieldPath) return <>{showField}</>;
  return (
    <>
      {/* The same sentence as in the banner. */}
      <p>{createProblemDescriber(messageFormatter(text))(problem)}</p>
      {showField}
      {hasFields && removablePath && (
        <button
          type="button"
          aria-label={text("FormRemoveNamed", { name: path })}
          onClick={() => onRemove(removablePath)}
        >
          {text("FormRemove")}
        </button>
      )}
    </>
  );
}
