/** Chats whose join has failed, and whose tasks are gone: there is nothing to join any more. */

import type { Uninstall } from "../patch";
import { selectThrottle } from "../state/selectors";
import { ThrottleAction } from "../state/slice";

export interface NotJoinedOptions {
  readonly store: { getState(): unknown; subscribe(listener: () => void): () => void };
  readonly tell: (action: ThrottleAction) => void;
  /** Those of the agent's tasks of the moment, by the sids of their channels. */
  readonly chats: () => readonly string[];
}

export function forgetGoneChats({ store, tell, chats }: NotJoinedOptions): Uninstall {
  return store.subscribe(() => {
    const { notJoined } = selectThrottle(store.getState());
    if (notJoined.length === 0) return;
    const open = chats();
    const gone = notJoined.find((chat) => !open.includes(chat));
    // One at a time: the store comes back to here.
    if (gone !== undefined) tell({ type: "flex-throttle/FAILED_JOIN_CLEARED", chat: gone });
  });
}
