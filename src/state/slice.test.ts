import * as Flex from "@twilio/flex-ui";
import { createStore, StoreEnhancer } from "redux";

import { selectThrottle } from "./selectors";
import { DeferredAction, NAMESPACE, reduceThrottle, ThrottleAction } from "./slice";

const initial = selectThrottle({});

test("registers in Flex's store under its public name, with an idle state", () => {
  const store = createStore((state: object = {}) => state, Flex.flexStoreEnhancer as StoreEnhancer<object>);
  (store as unknown as { addReducer(namespace: string, reducer: unknown): void }).addReducer(NAMESPACE, reduceThrottle);
  const { "flex-throttle": state } = store.getState() as Record<"flex-throttle", typeof initial>;
  expect(state).toMatchObject({ droppedCount: 0, problems: [], status: { waiting: [], retrying: 0 } });
  expect(selectThrottle({})).toBe(state);
});

test("ignores other plugins' actions", () => {
  expect(reduceThrottle(initial, { type: "SOMETHING_ELSE" } as unknown as ThrottleAction)).toBe(initial);
});

test("counts a deferred Action that failed or was lost as dropped; keeps those that ran until they were read", () => {
  const reduce = (state: typeof initial, deferred: DeferredAction) =>
    reduceThrottle(state, { type: "flex-throttle/ACTION_DEFERRED", deferred });
  const [sms, call] = ["SendSms", "Call"].map((action) => ({ action, state: "done" as const }));
  let state = reduce(initial, { action: "SendSms", state: "deferred", waitMs: 3000 });
  expect(state).toMatchObject({ done: [], droppedCount: 0 });
  state = reduce(reduce(state, sms), call);
  expect(state).toMatchObject({ done: [sms, call], droppedCount: 0 });
  state = reduceThrottle(state, { type: "flex-throttle/OUTCOMES_READ", outcomes: [sms] });
  expect(state.done).toEqual([call]);
  state = reduce(state, { action: "SendSms", state: "failed" });
  expect(state).toMatchObject({
    dropped: { name: "SendSms", isAction: true, reason: "deferred-failed" },
    droppedCount: 1,
  });
  state = reduce(state, { action: "SendSms", state: "lost" });
  expect(state).toMatchObject({
    dropped: { name: "SendSms", isAction: true, reason: "deferred-lost" },
    droppedCount: 2,
  });
});

test("lists each chat with a failed join once, until it is cleared", () => {
  const reduce = (...actions: ThrottleAction[]) => actions.reduce(reduceThrottle, initial).notJoined;
  const fail = (chat: string): ThrottleAction => ({ type: "flex-throttle/JOIN_FAILED", chat });
  const clear = (chat: string): ThrottleAction => ({ type: "flex-throttle/FAILED_JOIN_CLEARED", chat });
  expect(reduce(fail("CH1"), fail("CH2"), fail("CH1"))).toEqual(["CH2", "CH1"]);
  expect(reduce(fail("CH1"), fail("CH2"), clear("CH1"), clear("CH3"))).toEqual(["CH2"]);
  expect(reduceThrottle(initial, clear("CH1"))).toBe(initial);
});
