import * as Flex from "@twilio/flex-ui";
import { createStore, StoreEnhancer } from "redux";

import { selectThrottle } from "./selectors";
import { DeferredAction, DroppedCall, NAMESPACE, reduceThrottle, ThrottleAction } from "./slice";

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
  expect(state).toMatchObject({ news: [], droppedCount: 0 });
  state = reduce(reduce(state, sms), call);
  const [ranSms, ranCall] = ["SendSms", "Call"].map((action) => ({ type: "ran" as const, action }));
  expect(state).toMatchObject({ news: [ranSms, ranCall], droppedCount: 0 });
  state = reduceThrottle(state, { type: "flex-throttle/NEWS_READ", news: [state.news[0]] });
  expect(state.news).toEqual([ranCall]);
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

const apply = (...actions: ThrottleAction[]) => actions.reduce(reduceThrottle, initial);
const on = (what: "STARTED" | "SUCCEEDED" | "FAILED" | "ENDED", chat: string): ThrottleAction => ({
  type: `flex-throttle/JOIN_${what}`,
  chat,
});
const drop = (own: Partial<DroppedCall> = {}): ThrottleAction => ({
  type: "flex-throttle/CALL_DROPPED",
  dropped: { name: "SendSms", isJoin: false, isAction: true, reason: "ThrottleTimeoutError", ...own },
});

test("lists each chat with a failed join once, until it is joined or its task is gone", () => {
  const failed = (...actions: ThrottleAction[]) => apply(...actions).notJoined;
  expect(failed(on("FAILED", "CH1"), on("FAILED", "CH2"), on("FAILED", "CH1"))).toEqual(["CH2", "CH1"]);
  expect(failed(on("FAILED", "CH1"), on("FAILED", "CH2"), on("STARTED", "CH1"))).toEqual(["CH2"]);
  expect(failed(on("FAILED", "CH1"), on("ENDED", "CH1"))).toEqual([]);
  expect(reduceThrottle(initial, on("ENDED", "CH1"))).toBe(initial);
});

test("lists joins in progress, and counts those that succeed", () => {
  const state = apply(...["CH1", "CH2", "CH3", "CH4"].map((chat) => on("STARTED", chat)));
  expect(state.joining).toEqual(["CH1", "CH2", "CH3", "CH4"]);
  const next = [on("SUCCEEDED", "CH1"), on("FAILED", "CH2"), on("ENDED", "CH3")].reduce(reduceThrottle, state);
  expect(next).toMatchObject({ joining: ["CH4"], joinedCount: 1, notJoined: ["CH2"] });
});

test("keeps dropped calls until they are dismissed, each chat once", () => {
  const state = apply(drop(), drop({ chat: "CH1", isJoin: true }), on("FAILED", "CH1"), on("FAILED", "CH2"), drop());
  expect(state.unread.map(({ id, chat, reason }) => [id, chat, reason])).toEqual([
    [1, undefined, "ThrottleTimeoutError"],
    [2, "CH1", "ThrottleTimeoutError"],
    [3, "CH2", "join-failed"],
    [4, undefined, "ThrottleTimeoutError"],
  ]);
  expect(state.droppedCount).toBe(3);
  const next = [
    { type: "flex-throttle/DROPS_DISMISSED", id: 1 } as const,
    on("STARTED", "CH1"),
    on("ENDED", "CH2"),
  ].reduce(reduceThrottle, state);
  expect(next.unread.map(({ id }) => id)).toEqual([4]);
  const none = reduceThrottle(next, { type: "flex-throttle/DROPS_DISMISSED" });
  expect(none.unread).toEqual([]);
  expect(reduceThrottle(none, drop()).unread).toMatchObject([{ id: 5 }]);
});

test("keeps the latest 200 dropped calls", () => {
  const { unread } = apply(...Array.from({ length: 250 }, () => drop()));
  expect(unread).toHaveLength(200);
  expect(unread[199].id).toBe(250);
});
