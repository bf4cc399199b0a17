import { createStore } from "redux";

import { selectThrottle } from "../state/selectors";
import { NAMESPACE, reduceThrottle, ThrottleAction, ThrottleState } from "../state/slice";
import { clearEndedJoins } from "./endedJoins";

test("clears failed joins whose tasks are gone, and no others", () => {
  const store = createStore((state: Record<string, ThrottleState> = {}, action) => ({
    [NAMESPACE]: reduceThrottle(state[NAMESPACE], action as ThrottleAction),
  }));
  const dispatch = (action: ThrottleAction) => void store.dispatch(action);
  let chats = ["CH1", "CH2", "CH3"];
  const end = clearEndedJoins({ store, dispatch, chats: () => chats });
  const notJoined = () => selectThrottle(store.getState()).notJoined;
  chats.forEach((chat) => dispatch({ type: "flex-throttle/JOIN_FAILED", chat }));
  expect(notJoined()).toEqual(["CH1", "CH2", "CH3"]);
  chats = ["CH2"];
  store.dispatch({ type: "FLEX_HAS_COMPLETED_TASKS" });
  expect(notJoined()).toEqual(["CH2"]);
  end();
  chats = [];
  store.dispatch({ type: "FLEX_HAS_COMPLETED_TASKS" });
  expect(notJoined()).toEqual(["CH2"]);
});
