/** What the parts of the form share: the draft, its problems and how to change it. */

import { getEntry, canSetEntry } from "../../settings/entries";
import { findPattern, hasDescription, SettingPattern } from "../../settings/descriptions";
import { formatPath, Path } from "../../settings/path";
import { Settings } from "../../settings/readSettings";
import { TextOf } from "../../texts/texts";
import { LocatedProblem } from "./problems";

export interface FormContext {
  readonly text: TextOf;
  /** The draft, valid or not. */
  readonly input: unknown;
  /** The settings that the draft results in. */
  readonly settings: Settings;
  readonly problems: readonly LocatedProblem[];
  /** @param value undefined removes the entry. @param focusId id of the element to focus afterwards. */
  readonly setEntry: (path: Path, value: unknown, focusId?: string) => void;
  readonly renameEntry: (path: Path, name: string) => void;
  /** Adds an Action or route. @param focusId id of the element to focus afterwards. */
  readonly addEntry: (path: Path, focusId: string) => void;
  /** Call it when the focus leaves an Action or route. */
  readonly finishEntry: () => void;
}

/** One setting in the form. */
export interface Field {
  readonly form: FormContext;
  readonly path: Path;
  readonly id: string;
  /** Its formatted path, as in its problems. */
  readonly name: string;
  readonly title: string;
  readonly description?: string;
  readonly value: unknown;
  readonly problems: readonly LocatedProblem[];
  /** An invalid value around it would be overwritten. */
  readonly isDisabled: boolean;
}

export function getField(form: FormContext, path: Path): Field {
  const { text, input, problems } = form;
  const pattern = findPattern(path) as SettingPattern;
  const name = formatPath(path);
  return {
    form,
    path,
    id: toElementId(path),
    name,
    title: text(`Setting.${pattern}.title`),
    description: hasDescription(pattern) ? text(`Setting.${pattern}.description`) : undefined,
    value: getEntry(input, path),
    problems: problems.filter(({ fieldPath }) => fieldPath && formatPath(fieldPath) === name),
    isDisabled: !canSetEntry(input, path),
  };
}

/** @returns an id without spaces, as attributes such as `aria-describedby` require. */
export function toElementId(path: Path): string {
  return formatPath(path).replace(/\W/g, (character) => `-${character.charCodeAt(0)}-`);
}
