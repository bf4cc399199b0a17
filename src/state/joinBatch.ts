/** Puts several changes of joins into one update of Flex's store, because Flex renders at each update. */

import { ThrottleAction } from "./slice";

type Dispatch = (action: ThrottleAction) => void;

/** How long a held change waits at most. */
const PAUSE_MS = 250;

/** The changes that come in numbers when many chats are accepted. Failures and ends go at once. */
const HELD: readonly string[] = ["flex-throttle/JOIN_STARTED", "flex-throttle/JOIN_SUCCEEDED"];

/**
 * Dispatches the first start or success of a join at once, and those that follow within the pause together after it.
 * Every other action goes at once, in one update with those that are held, so that the order is kept.
 */
export function batchJoins(dispatch: Dispatch): Dispatch {
  let held: ThrottleAction[] = [];
  let isPaused = false;

  const endPause = () => {
    isPaused = false;
    if (held.length > 0) send();
  };
  const send = () => {
    const actions = held;
    held = [];
    if (!isPaused) setTimeout(endPause, PAUSE_MS);
    isPaused = true;
    dispatch(actions.length > 1 ? { type: "flex-throttle/SEVERAL", actions } : actions[0]);
  };
  return (action) => {
    held.push(action);
    if (!isPaused || !HELD.includes(action.type)) send();
  };
}
