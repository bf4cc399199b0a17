/** Shows in the tab's title how many calls wait, as the badge does: another tab may be in front. */

import type { Uninstall } from "../patch";
import { countWaits, selectThrottle } from "../state/selectors";

interface Store {
  getState(): unknown;
  subscribe(listener: () => void): () => void;
}

/** @returns removes the count. */
export function showWaitsInTitle(store: Store): Uninstall {
  let prefix = "";
  const setPrefix = (next: string) => {
    if (next === prefix) return;
    const { title } = document;
    // Flex or another plugin may have set a title of its own.
    document.title = next + (title.startsWith(prefix) ? title.slice(prefix.length) : title);
    prefix = next;
  };
  const unsubscribe = store.subscribe(() => {
    const { status, unread } = selectThrottle(store.getState());
    const { total } = countWaits(status);
    if (total > 0) setPrefix(`(${total}) `);
    else setPrefix(unread.length > 0 ? "(!) " : "");
  });
  return () => {
    unsubscribe();
    setPrefix("");
  };
}
