/** Puts several changes of joins into one update of Flex's store, because Flex renders at each update. */

import { ThrottleAction } from "./slice";

type Dispatch = (action: ThrottleAction) => void;

/** What agents see of a join may be this old. */
const PAUSE_MS = 250;

/**
 * Dispatches a join's change at once, and those that follow within the pause together after it. Every other action goes
 * at once, in one update with those that wait, so that the order is kept.
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
    dispatch({ type: "flex-throttle/SEVERAL", actions });
  };
  return (action) => {
    held.push(action);
    if (!isPaused || !action.type.includes("JOIN")) send();
  };
}
