/** What an admin is writing, beside what is live: the form's state, and how each thing that happens changes it. */

import { diffSettings } from "../../settings/diffSettings";
import { copyJson } from "../../settings/entries";
import { parseSettingsText, Position, unwrapSettings } from "../../settings/settingsText";

export interface Draft {
  /** What was live when it was last looked at. */
  readonly live: unknown;
  /** What is being written, as far as it is JSON. */
  readonly input: unknown;
  /** It is written as JSON, and not in the fields. */
  readonly isJsonMode: boolean;
  /** As it was typed, as long as no field has changed it since. */
  readonly text: string | undefined;
  /** What is live changed while something else was being written. */
  readonly hasConflict: boolean;
}

/** @param written what is live, whatever it is. */
export function createDraft(written: unknown, isJsonMode = false): Draft {
  const live = copyJson(written);
  return { live, input: live, isJsonMode, text: undefined, hasConflict: false };
}

/** What is live may have changed: whoever has written nothing sees that, and nothing that was written is lost. */
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

/** What keeps the text from being JSON. */
export function findSyntaxError({ text }: Draft): Position | undefined {
  const read = text === undefined ? undefined : parseSettingsText(text);
  return read && "mistake" in read ? read.mistake : undefined;
}

/** As it goes into a file; no settings are empty ones. */
export function toJson(input: unknown): string {
  return JSON.stringify(input ?? {}, null, 2);
}

export function isEqual(one: unknown, other: unknown): boolean {
  return diffSettings(one, other).length === 0;
}
