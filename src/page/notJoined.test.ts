import { createStore } from "redux";

import { selectThrottle } from "../state/selectors";
import { NAMESPACE, reduceThrottle, ThrottleAction, ThrottleState } from "../state/slice";
import { forgetGoneChats } from "./notJoined";

test("chats that were not joined are forgotten with their tasks, and only they", () => {
  const store = createStore((state: Record<string, ThrottleState> = {}, action) => ({
    [NAMESPACE]: reduceThrottle(state[NAMESPACE], action as ThrottleAction),
  }));
  const tell = (action: ThrottleAction) => void store.dispatch(action);
  let chats = ["CH1", "CH2", "CH3"];
  const end = forgetGoneChats({ store, tell, chats: () => chats });
  const notJoined = () => selectThrottle(store.getState()).notJoined;
  chats.forEach((chat) => tell({ type: "flex-throttle/JOIN_FAILED", chat }));
  expect(notJoined()).toEqual(["CH1", "CH2", "CH3"]);
  chats = ["CH2"];
  store.dispatch({ type: "FLEX_HAS_COMPLETED_TASKS" });
  expect(notJoined()).toEqual(["CH2"]);
  end();
  chats = [];
  store.dispatch({ type: "FLEX_HAS_COMPLETED_TASKS" });
  expect(notJoined()).toEqual(["CH2"]);
});
