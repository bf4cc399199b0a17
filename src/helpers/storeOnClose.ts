import { listen } from "./listen";
import { tryTo } from "./tryTo";

/** @returns the JSON that an earlier page has stored, which only this page gets; `"null"` if there is none. */
export function takeStored(key: string): string {
  const json = sessionStorage.getItem(key);
  sessionStorage.removeItem(key);
  return json ?? "null";
}

/**
 * Stores a value in `sessionStorage` when the page closes. Not earlier: a duplicated tab would otherwise have it, too.
 *
 * @param read returns `undefined` if there is nothing to store.
 * @returns ends it.
 */
export function storeOnClose(key: string, read: () => unknown, report: (error: unknown) => void): () => void {
  const write = () => {
    const value = read();
    if (value !== undefined) sessionStorage.setItem(key, JSON.stringify(value));
  };
  // A page that comes back from the browser's cache still has its value.
  const clear = () => sessionStorage.removeItem(key);
  return listen(window, ["pagehide", "pageshow"], ({ type }) => tryTo(type === "pagehide" ? write : clear, report));
}
