import { combineReducers, createStore } from "redux";

import { clearEndedJoins } from "../page/endedJoins";
import { batchJoins } from "./joinBatch";
import { selectThrottle } from "./selectors";
import { INITIAL_STATE, NAMESPACE, reduceThrottle, ThrottleAction, ThrottleState } from "./slice";

const started = (chat: string): ThrottleAction => ({ type: "flex-throttle/JOIN_STARTED", chat });
const succeeded = (chat: string): ThrottleAction => ({ type: "flex-throttle/JOIN_SUCCEEDED", chat });
const failed = (chat: string): ThrottleAction => ({ type: "flex-throttle/JOIN_FAILED", chat });
const dropped = (chat: string): ThrottleAction => ({
  type: "flex-throttle/CALL_DROPPED",
  dropped: { name: "join", isJoin: true, isAction: false, reason: "ThrottleTimeoutError", chat },
});

/** A store that counts its updates. */
function newStore() {
  const states: ThrottleState[] = [];
  const last = () => states[states.length - 1] ?? INITIAL_STATE;
  return { states, last, dispatch: batchJoins((action) => states.push(reduceThrottle(last(), action))) };
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test("the first change of a join is seen at once, and those that follow at the end of the pause in one update", () => {
  const { states, last, dispatch } = newStore();
  dispatch(started("CH1"));
  expect(last().joining).toEqual(["CH1"]);
  dispatch(started("CH2"));
  dispatch(succeeded("CH1"));
  dispatch(started("CH3"));
  expect(states).toHaveLength(1);
  jest.advanceTimersByTime(250);
  expect(states).toHaveLength(2);
  expect(last()).toMatchObject({ joining: ["CH2", "CH3"], joinedCount: 1 });
});

test("each update begins a pause, and a join after a quiet time is seen at once", () => {
  const { states, dispatch } = newStore();
  dispatch(started("CH1"));
  jest.advanceTimersByTime(200);
  dispatch(started("CH2"));
  jest.advanceTimersByTime(50);
  expect(states).toHaveLength(2);
  dispatch(succeeded("CH1"));
  expect(states).toHaveLength(2);
  jest.advanceTimersByTime(250);
  expect(states).toHaveLength(3);
  jest.advanceTimersByTime(250);
  dispatch(succeeded("CH2"));
  expect(states).toHaveLength(4);
});

test("another action goes at once, after the changes that came before it", () => {
  const { states, last, dispatch } = newStore();
  dispatch(started("CH1"));
  dispatch(started("CH2"));
  dispatch(dropped("CH2"));
  expect(states).toHaveLength(2);
  dispatch(failed("CH2"));
  expect(states).toHaveLength(3);
  // In another order, the start would remove the entry, and the failure would list the chat for another reason.
  expect(last()).toMatchObject({
    joining: ["CH1"],
    notJoined: ["CH2"],
    unread: [{ chat: "CH2", reason: "ThrottleTimeoutError" }],
  });
});

test("all failed joins whose tasks have ended are cleared in the same moment", () => {
  const store = createStore(combineReducers({ [NAMESPACE]: reduceThrottle }));
  const dispatch = batchJoins((action) => store.dispatch(action));
  let chats: readonly string[] = ["CH1", "CH2", "CH3", "CH4"];
  clearEndedJoins({ store, dispatch, chats: () => chats });
  chats.forEach((chat) => dispatch(failed(chat)));
  expect(selectThrottle(store.getState()).notJoined).toEqual(chats);
  chats = ["CH4"];
  store.dispatch({ type: "TASKS_ENDED" } as never);
  expect(selectThrottle(store.getState()).notJoined).toEqual(["CH4"]);
});

test("actions that a listener dispatches during an update are not lost", () => {
  const states: ThrottleState[] = [];
  const last = () => states[states.length - 1] ?? INITIAL_STATE;
  let isFirst = true;
  const dispatch = batchJoins((action) => {
    states.push(reduceThrottle(last(), action));
    if (isFirst) {
      isFirst = false;
      dispatch(succeeded("CH1"));
      dispatch(dropped("CH2"));
    }
  });
  dispatch(started("CH1"));
  expect(last()).toMatchObject({ joining: [], joinedCount: 1, unread: [{ chat: "CH2" }] });
});
