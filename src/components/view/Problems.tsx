/** Lists the invalid settings. */

import React from "react";

import { createProblemDescriber, SettingsProblem } from "../../settings/readSettings";
import { messageFormatter, TextOf } from "../../texts/texts";

interface ProblemsProps {
  readonly problems: readonly SettingsProblem[];
  readonly text: TextOf;
  readonly onShowForm: () => void;
}

export function Problems({ problems, text, onShowForm }: ProblemsProps) {
  const describe = createProblemDescriber(messageFormatter(text));
  if (problems.length === 0) return <p>{text("ViewNoProblems")}</p>;
  return (
    <>
      <p className="alert">{text("SettingsProblems", { count: problems.length })}</p>
      <ul>
        {problems.map((problem) => (
          <li key={problem.path}>{describe(problem)}</li>
        ))}
      </ul>
      <button type="button" onClick={onShowForm}>
        {text("FormShow")}
      </button>
    </>
  );
}
