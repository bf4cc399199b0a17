/** All invalid settings: each links to its field or, if no field shows it, can be removed. */

import React from "react";

import { Path } from "../../settings/path";
import { createProblemDescriber } from "../../settings/readSettings";
import { messageFormatter, TextOf } from "../../texts/texts";
import { focusElement, PROBLEMS_ID } from "./focusTargets";
import { LocatedProblem } from "./problems";
import { toElementId } from "./formContext";

interface ProblemListProps {
  readonly text: TextOf;
  readonly problems: readonly LocatedProblem[];
  /** Whether the form shows fields to link to. */
  readonly hasFields: boolean;
  readonly onRemove: (path: Path) => void;
}

export function ProblemList({ text, problems, hasFields, onRemove }: ProblemListProps) {
  if (problems.length === 0) return null;
  return (
    <section>
      <h2 id={PROBLEMS_ID} tabIndex={-1}>
        {text("FlexThrottleFormInvalid")}
      </h2>
      <ul>
        {problems.map((problem) => (
          <li key={problem.path}>
            {hasFields ? (
              <ProblemWithAction {...{ text, problem, onRemove }} />
            ) : (
              <ProblemText {...{ text, problem }} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function ProblemWithAction({
  text,
  problem,
  onRemove,
}: {
  text: TextOf;
  problem: LocatedProblem;
  onRemove: ProblemListProps["onRemove"];
}) {
  const { path, fieldPath, removablePath } = problem;
  if (fieldPath) {
    return (
      <button type="button" className="link" onClick={() => focusElement(toElementId(fieldPath))}>
        <code>{path}</code>
      </button>
    );
  }
  return (
    <>
      <ProblemText text={text} problem={problem} />{" "}
      {removablePath && (
        <button
          type="button"
          aria-label={text("FlexThrottleFormRemoveNamed", { name: path })}
          onClick={() => onRemove(removablePath)}
        >
          {text("FlexThrottleFormRemove")}
        </button>
      )}
    </>
  );
}

/** The same sentence as in the banner. */
function ProblemText({ text, problem }: { text: TextOf; problem: LocatedProblem }) {
  return <p>{createProblemDescriber(messageFormatter(text))(problem)}</p>;
}
