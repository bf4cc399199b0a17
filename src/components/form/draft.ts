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
  readonly isText: boolean;
  /** As it was typed, as long as no field has changed it since. */
  readonly text: string | undefined;
  /** What is live changed while something else was being written. */
  readonly isOvertaken: boolean;
}

/** @param written what is live, whatever it is. */
export function startFrom(written: unknown, isText = false): Draft {
  const live = copyJson(written);
  return { live, input: live, isText, text: undefined, isOvertaken: false };
}

/** What is live may have changed: whoever has written nothing sees that, and nothing that was written is lost. */
export function follow(draft: Draft, written: unknown): Draft {
  const live = copyJson(written);
  if (isSame(live, draft.live)) return draft;
  const isUntouched = draft.text === undefined && isSame(draft.input, draft.live);
  if (isUntouched) return startFrom(live, draft.isText);
  return { ...draft, live, isOvertaken: !isSame(live, draft.input) };
}

export function setInput(draft: Draft, input: unknown): Draft {
  return { ...draft, input, text: undefined };
}

export function setText(draft: Draft, text: string): Draft {
  const read = parseSettingsText(text);
  return { ...draft, text, input: "settings" in read ? unwrapSettings(read.settings) : draft.input };
}

export function textOf({ text, input }: Draft): string {
  return text ?? jsonOf(input);
}

/** What keeps the text from being JSON. */
export function textMistake({ text }: Draft): Position | undefined {
  const read = text === undefined ? undefined : parseSettingsText(text);
  return read && "mistake" in read ? read.mistake : undefined;
}

/** As it goes into a file; no settings are empty ones. */
export function jsonOf(input: unknown): string {
  return JSON.stringify(input ?? {}, null, 2);
}

export function isSame(one: unknown, other: unknown): boolean {
  return diffSettings(one, other).length === 0;
}
