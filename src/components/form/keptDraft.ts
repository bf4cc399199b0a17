/** Keeps the draft over a reload, in `sessionStorage`, until its changes are live or discarded. */

import { createDraft, Draft, hasChanges, updateLive } from "./draft";

/** @param account sid of the account. Another one may be opened in the same tab. */
const toKey = (account: string) => `flex-throttle-draft-${account}`;

export function keepDraft(account: string, draft: Draft): void {
  try {
    if (hasChanges(draft)) sessionStorage.setItem(toKey(account), JSON.stringify(draft));
    else sessionStorage.removeItem(toKey(account));
  } catch {
    // Storage is full or blocked: the draft lasts until the page is reloaded.
  }
}

/** @param written the live settings. @returns the draft of an earlier page, compared with them, or a new one. */
export function readDraft(account: string, written: unknown): Draft {
  try {
    const kept = JSON.parse(sessionStorage.getItem(toKey(account)) ?? "") as Draft;
    const draft = updateLive({ ...kept, isRestored: true }, written);
    if (hasChanges(draft)) return draft;
  } catch {
    // There is none, or it is damaged.
  }
  return createDraft(written);
}
