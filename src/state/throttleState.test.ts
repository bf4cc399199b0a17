import * as Flex from "@twilio/flex-ui";
import { createStore, StoreEnhancer } from "redux";

import { newThrottle, useUp } from "../../testing/throttles";
import { breathe, elapse, useVirtualTime } from "../../testing/virtualTime";
import { rejectedError } from "../throttle/errors";
import { Throttle } from "../throttle/throttle";
import {
  DeferredAction,
  countThrottledCalls,
  NAMESPACE,
  selectNextThrottled,
  publishThrottle,
  selectQueuedCalls,
  reduceThrottle,
  selectThrottle,
  ThrottleAction,
  ThrottleStore,
  waitingCount,
} from "./throttleState";

const LIMIT = "POST /channels";

useVirtualTime();

/** Flex's own store, to which plugins add their part. */
function newStore() {
  const store = createStore((state: object = {}) => state, Flex.flexStoreEnhancer as StoreEnhancer<object>);
  (store as unknown as { addReducer(namespace: string, reducer: unknown): void }).addReducer(NAMESPACE, reduceThrottle);
  return store;
}

function publish(throttle: Throttle) {
  const store = newStore();
  const dispatched: ThrottleAction[] = [];
  const watched: ThrottleStore = {
    getState: () => store.getState(),
    dispatch: (action) => {
      dispatched.push(action);
      return store.dispatch(action);
    },
  };
  const end = publishThrottle(throttle, watched);
  return { dispatched, end, state: () => selectThrottle(store.getState()) };
}

const wait = (throttle: Throttle, call: object = {}) =>
  throttle.acquire({ limits: [LIMIT], name: "POST /channels", ...call }).catch((error) => error);

test("stands in Flex's store under its promised name, at rest from the start", () => {
  const { droppedCount, problems, status } = (
    newStore().getState() as Record<"flex-throttle", ReturnType<typeof selectThrottle>>
  )["flex-throttle"];
  expect({ droppedCount, problems, waiting: status.waiting, retrying: status.retrying }).toEqual({
    droppedCount: 0,
    problems: [],
    waiting: [],
    retrying: 0,
  });
  expect(selectThrottle({}).status.waiting).toEqual([]);
});

test("other plugins' actions leave it as it is", () => {
  const state = selectThrottle({});
  expect(reduceThrottle(state, { type: "SOMETHING_ELSE" } as unknown as ThrottleAction)).toBe(state);
});

test("tells who waits, for what and until when, fifty at once in one picture, and that it is over", async () => {
  const throttle = newThrottle();
  const { dispatched, state } = publish(throttle);
  useUp(throttle, LIMIT);
  const all = Array.from({ length: 50 }, () => wait(throttle));
  expect(dispatched).toEqual([]);
  await elapse(100);
  expect(dispatched).toHaveLength(1);
  const { status } = state();
  expect(status.waiting).toHaveLength(50);
  expect(status.waiting[0]).toMatchObject({ name: "POST /channels", purpose: "other", limits: [LIMIT] });
  expect(status.waiting[0].startMs).toBeGreaterThan(performance.now());
  expect(status.waiting[49].startMs - status.waiting[0].startMs).toBeGreaterThanOrEqual(3500);
  for (const permit of all) {
    void permit.then((granted) => {
      granted.markSent();
      granted.markAnswered();
    });
  }
  await elapse(8000);
  expect(state().status.waiting).toEqual([]);
});

test("tells of a refusal that is being retried, until it went through", async () => {
  const throttle = newThrottle();
  const { state } = publish(throttle);
  const permit = await throttle.acquire({ limits: [LIMIT], name: "join", purpose: "join" });
  permit.markSent();
  permit.markThrottled({ scope: "limit" });
  const again = permit.requeue();
  await elapse(150);
  expect(state().status).toMatchObject({
    retrying: 1,
    retryingJoins: 1,
    waiting: [{ purpose: "join" }],
    coolDownUntilMs: { [LIMIT]: expect.any(Number) },
    retryingLimits: [LIMIT],
  });
  expect(state().status.retryAtMs).toBe(state().status.coolDownUntilMs[LIMIT]);
  await elapse(2000);
  await again;
  permit.markSent();
  permit.markAnswered();
  await elapse(150);
  expect(state().status).toMatchObject({ retrying: 0, retryingJoins: 0, retryingLimits: [], waiting: [] });
});

test("a refused call on one limit says nothing of when it goes on for another", async () => {
  const throttle = newThrottle();
  const { state } = publish(throttle);
  const permit = await throttle.acquire({ limits: ["GET /FlexFlows"], name: "GET /FlexFlows" });
  permit.markSent();
  permit.markThrottled({ scope: "limit", retryAfterMs: 40_000 });
  const refusedAtMs = performance.now();
  void permit.requeue();
  useUp(throttle, LIMIT);
  for (let n = 0; n < 8; n += 1) void wait(throttle, { purpose: "join" });
  await elapse(100);
  const { status } = state();
  expect(status.retryAtMs).toBe(refusedAtMs + 40_000);
  expect(countThrottledCalls(status)).toEqual({ calls: 1, joins: 0, nextAtMs: status.retryAtMs });
  expect(selectQueuedCalls(status)).toHaveLength(8);
  selectQueuedCalls(status).forEach(({ startMs }) => expect(startMs).toBeLessThan(refusedAtMs + 2000));
});

test("who waits behind a refused call is limited with it", async () => {
  const throttle = newThrottle();
  const { state } = publish(throttle);
  const permit = await throttle.acquire({ limits: [LIMIT], name: "POST /channels" });
  permit.markSent();
  permit.markThrottled({ scope: "limit", retryAfterMs: 5000 });
  void permit.requeue();
  void wait(throttle, { purpose: "join" });
  void wait(throttle, { limits: ["GET /channels", LIMIT] });
  await elapse(100);
  expect(countThrottledCalls(state().status)).toMatchObject({ calls: 3, joins: 1 });
  expect(selectQueuedCalls(state().status)).toEqual([]);
});

test("who waits for a pause whose refused call was given up is limited all the same, and can be given up too", async () => {
  const throttle = newThrottle();
  const { state } = publish(throttle);
  const permit = await throttle.acquire({ limits: [LIMIT], name: "POST /channels" });
  permit.markSent();
  permit.markThrottled({ scope: "limit", retryAfterMs: 40_000 });
  const refusedAtMs = performance.now();
  permit.requeue().catch(() => undefined);
  await elapse(100);
  throttle.cancel(state().status.waiting[0].id);
  void wait(throttle, { proceedsWithoutPermit: true });
  void wait(throttle, { purpose: "join" });
  await elapse(100);
  const { status } = state();
  expect(countThrottledCalls(status)).toEqual({ calls: 2, joins: 1, nextAtMs: expect.any(Number) });
  expect(countThrottledCalls(status).nextAtMs - refusedAtMs).toBeGreaterThanOrEqual(40_000);
  expect(countThrottledCalls(status).nextAtMs - refusedAtMs).toBeLessThan(41_500);
  expect(selectQueuedCalls(status)).toEqual([]);
  expect(selectNextThrottled(status)).toMatchObject({ purpose: "join" });
});

test("while it only observes nothing pauses, and nothing is said to", async () => {
  const throttle = newThrottle({ mode: "observe" });
  const { state } = publish(throttle);
  const permit = await throttle.acquire({ limits: [LIMIT], name: "POST /channels" });
  permit.markSent();
  expect(permit.markThrottled({ scope: "account", retryAfterMs: 5000 })).toBe(false);
  await elapse(100);
  expect(state().status.coolDownUntilMs).toEqual({});
});

test("tells each call that was given up, and why", async () => {
  const throttle = newThrottle();
  const { state } = publish(throttle);
  useUp(throttle, LIMIT);
  await wait(throttle, { onBurst: "reject" });
  expect(state()).toMatchObject({
    droppedCount: 1,
    dropped: { name: "POST /channels", isJoin: false, reason: "ThrottleRejectedError", limit: LIMIT },
  });
  throttle.reportDropped(
    { limits: [LIMIT], name: "join", purpose: "join" },
    rejectedError({ limit: LIMIT, waitMs: 1200 }),
  );
  expect(state()).toMatchObject({ droppedCount: 2, dropped: { name: "join", isJoin: true, waitMs: 1200 } });
});

test("tells a refusal that went to its caller as such", async () => {
  const throttle = newThrottle({ queue: { maxWaitSeconds: 1 } });
  const { state } = publish(throttle);
  const permit = await throttle.acquire({ limits: [LIMIT], name: "POST /channels" });
  permit.markSent();
  expect(permit.markThrottled({ scope: "limit", retryAfterMs: 5000 })).toBe(false);
  expect(state().dropped).toEqual({
    name: "POST /channels",
    isJoin: false,
    isAction: false,
    reason: "throttled",
    limit: LIMIT,
    waitMs: undefined,
  });
});

test("an Action that was deferred and failed counts as given up; those that ran are kept until they were read", () => {
  const tell = (state: ReturnType<typeof selectThrottle>, deferred: DeferredAction) =>
    reduceThrottle(state, { type: "flex-throttle/ACTION_DEFERRED", deferred });
  const [sms, call] = ["SendSms", "Call"].map((action) => ({ action, state: "done" as const }));
  let state = tell(selectThrottle({}), { action: "SendSms", state: "deferred", waitMs: 3000 });
  expect(state).toMatchObject({ done: [], droppedCount: 0 });
  state = tell(tell(state, sms), call);
  expect(state).toMatchObject({ done: [sms, call], droppedCount: 0 });
  state = reduceThrottle(state, { type: "flex-throttle/OUTCOMES_READ", outcomes: [sms] });
  expect(state.done).toEqual([call]);
  state = tell(state, { action: "SendSms", state: "failed" });
  expect(state).toMatchObject({
    dropped: { name: "SendSms", isAction: true, reason: "deferred-failed" },
    droppedCount: 1,
  });
  state = tell(state, { action: "SendSms", state: "lost" });
  expect(state).toMatchObject({
    dropped: { name: "SendSms", isAction: true, reason: "deferred-lost" },
    droppedCount: 2,
  });
});

test("tells an Action whose turn did not come as an Action", async () => {
  const throttle = newThrottle({ queue: { maxWaitSeconds: 1 } });
  const { state } = publish(throttle);
  useUp(throttle, LIMIT);
  const names = Array.from({ length: 20 }, () => wait(throttle, { name: "SendSms", isEntryPoint: true }));
  await elapse(1200);
  await names[19];
  expect(state().dropped).toMatchObject({ name: "SendSms", isAction: true, reason: "ThrottleTimeoutError" });
});

test("tells how many Flex Flows there are, also while nothing waits", async () => {
  const throttle = newThrottle({ limits: { "Flex Flows": { max: 2 } } });
  const { state } = publish(throttle);
  throttle.flexFlows.listed(["FO1", "FO2"], { page: 0, isLast: true }, throttle.now());
  throttle.notifyCapacityChanged();
  await elapse(100);
  expect(state().status.capacity).toEqual({ count: 2, max: 2, isNearlyFull: true });
});

test("says nothing anew while calls pass without waiting", async () => {
  const throttle = newThrottle();
  const { dispatched } = publish(throttle);
  for (let n = 0; n < 5; n += 1) {
    const permit = await throttle.acquire({ limits: [LIMIT], name: "POST /channels" });
    permit.markSent();
    permit.markAnswered();
    await elapse(300);
  }
  // The first tells the maximum of Flex Flows.
  expect(dispatched.length).toBeLessThanOrEqual(1);
});

test("keeps which chats were not joined, each once, until it is forgotten", () => {
  const after = (...actions: ThrottleAction[]) => actions.reduce(reduceThrottle, selectThrottle({})).notJoined;
  const fail = (chat: string): ThrottleAction => ({ type: "flex-throttle/JOIN_FAILED", chat });
  const forget = (chat: string): ThrottleAction => ({ type: "flex-throttle/FAILED_JOIN_CLEARED", chat });
  expect(after(fail("CH1"), fail("CH2"), fail("CH1"))).toEqual(["CH2", "CH1"]);
  expect(after(fail("CH1"), fail("CH2"), forget("CH1"), forget("CH3"))).toEqual(["CH2"]);
  const state = selectThrottle({});
  expect(reduceThrottle(state, forget("CH1"))).toBe(state);
});

test("a call that is being tried again is counted, though it is not in the queue; the next of those that wait is told", () => {
  const call = {
    id: 1,
    name: LIMIT,
    purpose: "other" as const,
    limits: [LIMIT] as const,
    waitingSinceMs: 0,
    startMs: 0,
    throttledCount: 0,
    expiresAtMs: Infinity,
    proceedsWithoutPermit: false,
  };
  const status = {
    ...selectThrottle({}).status,
    retrying: 3,
    waiting: [
      call,
      { ...call, id: 2, throttledCount: 1, startMs: 9 },
      { ...call, id: 3, throttledCount: 2, startMs: 5 },
    ],
  };
  expect(waitingCount(status)).toBe(4);
  expect(selectNextThrottled(status)?.id).toBe(3);
  expect(selectNextThrottled({ ...status, waiting: [call] })).toBeUndefined();
});

test("holds nothing of what is in a call but which chat a join is about", async () => {
  const throttle = newThrottle({ queue: { maxLength: 1 } });
  const { state } = publish(throttle);
  useUp(throttle, LIMIT);
  void wait(throttle, { key: "CH-secret" });
  void wait(throttle, { key: "CH-secret" });
  await elapse(100);
  expect(state().status.waiting).toHaveLength(1);
  expect(state().droppedCount).toBe(1);
  expect(JSON.stringify(state())).not.toContain("secret");
  void wait(throttle, { key: "CH1", purpose: "join" });
  await elapse(100);
  expect(state().status.waiting.map(({ chat }) => chat)).toContain("CH1");
});

test("ended, it writes nothing more", async () => {
  const throttle = newThrottle();
  const { dispatched, end } = publish(throttle);
  useUp(throttle, LIMIT);
  void wait(throttle);
  await breathe();
  end();
  await wait(throttle, { onBurst: "reject" });
  await elapse(300);
  expect(dispatched).toEqual([]);
});
