/** Everything that is not understood, in one place: fields are led to, and what stands in no field can be taken out. */

import React from "react";

import { Path } from "../../settings/path";
import { createProblemDescriber } from "../../settings/readSettings";
import { messageFormatter, TextOf } from "../../texts/texts";
import { goTo, PROBLEMS } from "./places";
import { PlacedProblem } from "./problems";
import { idOf } from "./sheet";

interface ProblemListProps {
  readonly text: TextOf;
  readonly problems: readonly PlacedProblem[];
  /** Whether there are fields to be led to. */
  readonly hasFields: boolean;
  readonly onRemove: (path: Path) => void;
}

export function ProblemList({ text, problems, hasFields, onRemove }: ProblemListProps) {
  if (problems.length === 0) return null;
  return (
    <section>
      <h2 id={PROBLEMS} tabIndex={-1}>
        {text("FlexThrottleFormNotUnderstood")}
      </h2>
      <ul>
        {problems.map((problem) => (
          <li key={problem.path}>
            {hasFields ? <InForm {...{ text, problem, onRemove }} /> : <Sentence {...{ text, problem }} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function InForm({
  text,
  problem,
  onRemove,
}: {
  text: TextOf;
  problem: PlacedProblem;
  onRemove: ProblemListProps["onRemove"];
}) {
  const { path, field, stray } = problem;
  if (field) {
    return (
      <button type="button" className="link" onClick={() => goTo(idOf(field))}>
        <code>{path}</code>
      </button>
    );
  }
  return (
    <>
      <Sentence text={text} problem={problem} />{" "}
      {stray && (
        <button
          type="button"
          aria-label={text("FlexThrottleFormRemoveNamed", { name: path })}
          onClick={() => onRemove(stray)}
        >
          {text("FlexThrottleFormRemove")}
        </button>
      )}
    </>
  );
}

/** As the banner says it. */
function Sentence({ text, problem }: { text: TextOf; problem: PlacedProblem }) {
  return <p>{createProblemDescriber(messageFormatter(text))(problem)}</p>;
}
