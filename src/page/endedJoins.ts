/** Clears failed joins and accepts whose tasks the agent no longer has: there is no chat left to join. */

import type { Uninstall } from "../patch";
import { selectThrottle } from "../state/selectors";
import type { ThrottleAction } from "../state/slice";

export interface EndedJoinsOptions {
  readonly store: { getState(): unknown; subscribe(listener: () => void): () => void };
  readonly dispatch: (action: ThrottleAction) => void;
  /** The chats of the agent's tasks, by the sids of their channels. */
  readonly chats: () => readonly string[];
}

export function clearEndedJoins({ store, dispatch, chats }: EndedJoinsOptions): Uninstall {
  return store.subscribe(() => {
    const { notJoined, unread } = selectThrottle(store.getState());
    const failed = [...notJoined, ...unread.map(({ chat }) => chat)].filter((chat) => chat !== undefined);
    if (failed.length === 0) return;
    const open = chats();
    const ended = failed.find((chat) => !open.includes(chat));
    // One at a time: each dispatch calls this subscriber again.
    if (ended !== undefined) dispatch({ type: "flex-throttle/JOIN_ENDED", chat: ended });
  });
}
