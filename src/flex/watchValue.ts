import type { Uninstall } from "../patch";

/** Calls back after each change of a value that Flex does not keep in its store. Flex dispatches right after it. */
export function watchValue<T>(
  store: { subscribe(listener: () => void): () => void },
  read: () => T,
  onChange: (value: T) => void,
): Uninstall {
  let known = read();
  return store.subscribe(() => {
    const current = read();
    if (current === known) return;
    known = current;
    onChange(current);
  });
}
