/** The form's state: the admin's draft beside the live settings, and its transitions. */

import { diffSettings } from "../../settings/diffSettings";
import { copyJson } from "../../settings/entries";
import { Path } from "../../settings/path";
import { parseSettingsText, SyntaxMistake, unwrapSettings } from "../../settings/settingsText";

export interface Draft {
  /** The live settings, as last read. */
  readonly live: unknown;
  /** The edited settings; the last valid JSON in JSON mode. */
  readonly input: unknown;
  /** Edited as JSON instead of in fields. */
  readonly isJsonMode: boolean;
  /** The JSON as typed; undefined after a change in a field. */
  readonly text: string | undefined;
  /** The live settings changed while the draft had changes. */
  readonly hasConflict: boolean;
  /** Read from storage after a reload; until the admin has seen the notice. */
  readonly isRestored?: boolean;
  /** An Action or route that was just added: what it lacks is not an error before the focus leaves it. */
  readonly newEntry?: Path;
}

/** @param written the live settings, valid or not. */
export function createDraft(written: unknown, isJsonMode = false): Draft {
  const live = copyJson(written);
  return { live, input: live, isJsonMode, text: undefined, hasConflict: false };
}

/** Follows the live settings. A draft with changes is kept and marked as conflicting. */
export function updateLive(draft: Draft, written: unknown): Draft {
  const live = copyJson(written);
  if (isEqual(live, draft.live)) return draft;
  const isUntouched = draft.text === undefined && isEqual(draft.input, draft.live);
  if (isUntouched) return createDraft(live, draft.isJsonMode);
  return { ...draft, live, hasConflict: !isEqual(live, draft.input) };
}

export function setInput(draft: Draft, input: unknown): Draft {
  return { ...draft, input, text: undefined };
}

export function setText(draft: Draft, text: string): Draft {
  const read = parseSettingsText(text);
  return { ...draft, text, input: "settings" in read ? unwrapSettings(read.settings) : draft.input };
}

export function getText({ text, input }: Draft): string {
  return text ?? toJson(input);
}

/** Whether there is anything to lose. */
export function hasChanges(draft: Draft): boolean {
  return findSyntaxError(draft) !== undefined || !isEqual(draft.input, draft.live);
}

/** @returns the first JSON syntax error, if any. */
export function findSyntaxError({ text }: Draft): SyntaxMistake | undefined {
  const read = text === undefined ? undefined : parseSettingsText(text);
  return read && "mistake" in read ? read.mistake : undefined;
}

/** @returns the content of a settings file. */
export function toJson(input: unknown): string {
  return JSON.stringify(input ?? {}, null, 2);
}

export function isEqual(one: unknown, other: unknown): boolean {
  return diffSettings(one, other).length === 0;
}
