/** What the parts of the form are handed: what is written, what is wrong with it, and how to change it. */

import { getEntry, canSetEntry } from "../../settings/entries";
import { findPattern } from "../../settings/descriptions";
import { formatPath, Path } from "../../settings/path";
import { Settings } from "../../settings/readSettings";
import { TextOf } from "../../texts/texts";
import { LocatedProblem } from "./problems";

export interface FormContext {
  readonly text: TextOf;
  /** What is written, whatever it is. */
  readonly input: unknown;
  /** What holds by it. */
  readonly settings: Settings;
  readonly problems: readonly LocatedProblem[];
  /** Writes an entry, or takes it out where nothing is given. @param focus id of the element that gets the focus then. */
  readonly setEntry: (path: Path, value: unknown, focus?: string) => void;
  readonly renameEntry: (path: Path, name: string) => void;
}

/** One setting in the form. */
export interface Field {
  readonly path: Path;
  readonly id: string;
  /** As its problems name it. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly value: unknown;
  readonly problems: readonly LocatedProblem[];
  /** What is written around it is not understood, and would be written over. */
  readonly isDisabled: boolean;
}

export function getField({ text, input, problems }: FormContext, path: Path): Field {
  const pattern = findPattern(path);
  if (!pattern) throw new Error(`src/settings/descriptions.ts has no description of ${formatPath(path)}`);
  return {
    path,
    id: toElementId(path),
    name: formatPath(path),
    title: text(`FlexThrottleSetting.${pattern}.title`),
    description: text(`FlexThrottleSetting.${pattern}.description`),
    value: getEntry(input, path),
    problems: problems.filter(({ fieldPath }) => fieldPath && formatPath(fieldPath) === formatPath(path)),
    isDisabled: !canSetEntry(input, path),
  };
}

/** An id without spaces, so that others can refer to it. */
export function toElementId(path: Path): string {
  return formatPath(path).replace(/\W/g, (character) => `-${character.charCodeAt(0)}-`);
}
