import type { DesktopStore } from "../desktop";
import { tryTo } from "../helpers/tryTo";

/** A listener that throws would make the dispatch of Flex or of another plugin fail. It is reported instead. */
export function guardListeners(store: DesktopStore, report: (error: unknown) => void): DesktopStore {
  return {
    dispatch: (action) => store.dispatch(action),
    getState: () => store.getState(),
    addReducer: (namespace, reducer) => store.addReducer(namespace, reducer),
    subscribe: (listener) => store.subscribe(() => tryTo(listener, report)),
  };
}
