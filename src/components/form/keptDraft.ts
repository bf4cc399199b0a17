/** Keeps the draft over a reload, in `sessionStorage`, until its changes are live or discarded. */

import { tryTo } from "../../helpers/tryTo";
import { createDraft, Draft, hasChanges, updateLive } from "./draft";

/** @param account sid of the account. Another one may be opened in the same tab. */
const toKey = (account: string) => `flex-throttle-draft-${account}`;

export function keepDraft(account: string, draft: Draft): void {
  // If storage is full or blocked, the draft lasts until the page is reloaded.
  tryTo(() => {
    if (hasChanges(draft)) sessionStorage.setItem(toKey(account), JSON.stringify(draft));
    else sessionStorage.removeItem(toKey(account));
  });
}

/** @param written the live settings. @returns the draft of an earlier page, compared with them, or a new one. */
export function readDraft(account: string, written: unknown): Draft {
  // Throws if there is none, or if it is damaged.
  const restored = tryTo(() => {
    const kept = JSON.parse(sessionStorage.getItem(toKey(account)) ?? "") as Draft;
    const draft = updateLive({ ...kept, isRestored: true }, written);
    return hasChanges(draft) ? draft : undefined;
  });
  return restored ?? createDraft(written);
}
