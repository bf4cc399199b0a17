import * as Flex from "@twilio/flex-ui";
import { createStore, StoreEnhancer } from "redux";

import { Throttle } from "../flexThrottle";
import { newThrottle, useUp } from "../../testing/throttles";
import { breathe, elapse, useVirtualTime } from "../../testing/virtualTime";
import { FlexFlowCount } from "../limits/flexFlowCount";
import { rejectedError } from "../throttle/errors";
import { publishThrottle, ThrottleStore } from "./publisher";
import { Repeats } from "./repeats";
import { selectThrottle } from "./selectors";
import { NAMESPACE, reduceThrottle, ThrottleAction } from "./slice";

const LIMIT = "POST /channels";

useVirtualTime();

/** Publishes into a store made as Flex makes its own. @param updateMs how long it takes to render a change. */
function publish(throttle: Throttle, flexFlows = new FlexFlowCount(2500), updateMs = 0) {
  const store = createStore((state: object = {}) => state, Flex.flexStoreEnhancer as StoreEnhancer<object>);
  (store as unknown as { addReducer(namespace: string, reducer: unknown): void }).addReducer(NAMESPACE, reduceThrottle);
  const dispatched: ThrottleAction[] = [];
  const recordingStore: ThrottleStore = {
    getState: () => store.getState(),
    dispatch: (action) => {
      dispatched.push(action);
      jest.advanceTimersByTime(updateMs);
      return store.dispatch(action);
    },
  };
  const repeats = new Repeats();
  const end = publishThrottle(throttle, flexFlows, recordingStore, repeats);
  return { dispatched, end, repeats, state: () => selectThrottle(store.getState()) };
}

const acquire = (throttle: Throttle, call: object = {}) =>
  throttle.acquire({ limits: [LIMIT], name: "POST /channels", ...call }).catch((error) => error);

test("publishes the queue, 50 calls in one update, until it is empty", async () => {
  const throttle = newThrottle();
  const { dispatched, state } = publish(throttle);
  useUp(throttle, LIMIT);
  const all = Array.from({ length: 50 }, () => acquire(throttle));
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
      granted.markEnded("answered");
    });
  }
  await elapse(8000);
  expect(state().status.waiting).toEqual([]);
});

test.each([
  [2, 100],
  [10, 500],
  [200, 1000],
])("after an update that took %d ms, the next one follows %d ms after a change", async (updateMs, pauseMs) => {
  const throttle = newThrottle();
  const { dispatched } = publish(throttle, undefined, updateMs);
  useUp(throttle, LIMIT);
  void acquire(throttle);
  await elapse(100);
  expect(dispatched).toHaveLength(1);
  void acquire(throttle);
  await elapse(pauseMs - 1);
  expect(dispatched).toHaveLength(1);
  await elapse(1);
  expect(dispatched).toHaveLength(2);
});

test("publishes a throttled call until its retry succeeds", async () => {
  const throttle = newThrottle();
  const { state } = publish(throttle);
  const permit = await throttle.acquire({ limits: [LIMIT], name: "join", kind: "join" });
  permit.markSent();
  permit.markEnded({ scope: "limit" });
  const retry = permit.requeue();
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
  await retry;
  permit.markSent();
  permit.markEnded("answered");
  await elapse(150);
  expect(state().status).toMatchObject({ retrying: 0, retryingJoins: 0, retryingLimits: [], waiting: [] });
});

test("publishes no cool-down in observe mode", async () => {
  const throttle = newThrottle({ mode: "observe" });
  const { state } = publish(throttle);
  const permit = await throttle.acquire({ limits: [LIMIT], name: "POST /channels" });
  permit.markSent();
  expect(permit.markEnded({ scope: "account", retryAfterMs: 5000 })).toBe(false);
  await elapse(100);
  expect(state().status.coolDownUntilMs).toEqual({});
});

test("publishes each dropped call with the reason", () => {
  const throttle = newThrottle();
  const { state } = publish(throttle);
  useUp(throttle, LIMIT);
  void acquire(throttle, { onBurst: "reject" });
  expect(state()).toMatchObject({
    droppedCount: 1,
    dropped: { name: "POST /channels", isJoin: false, reason: "ThrottleRejectedError", limit: LIMIT },
  });
  throttle.reportDropped(
    { limits: [LIMIT], name: "join", kind: "join" },
    rejectedError({ limit: LIMIT, waitMs: 1200 }),
  );
  expect(state()).toMatchObject({ droppedCount: 2, dropped: { name: "join", isJoin: true, waitMs: 1200 } });
});

test("publishes a 429 that was passed to the caller as throttled", async () => {
  const throttle = newThrottle({ queue: { maxWaitSeconds: 1 } });
  const { state } = publish(throttle);
  const permit = await throttle.acquire({ limits: [LIMIT], name: "POST /channels" });
  permit.markSent();
  expect(permit.markEnded({ scope: "limit", retryAfterMs: 5000 })).toBe(false);
  expect(state().dropped).toEqual({
    name: "POST /channels",
    isJoin: false,
    isAction: false,
    reason: "throttled",
    limit: LIMIT,
    waitMs: 5000,
    maxWaitMs: 1000,
    atMs: Date.now(),
  });
});

test("publishes how a dropped call can be made again, without its payload", () => {
  const throttle = newThrottle();
  const { state, repeats } = publish(throttle);
  useUp(throttle, LIMIT);
  const sendAgain = jest.fn();
  void acquire(throttle, { onBurst: "reject" });
  void acquire(throttle, { onBurst: "reject", sendAgain });
  const [first, second] = state().unread;
  expect(first.repeatId).toBeUndefined();
  repeats.run(second.repeatId as number);
  repeats.run(second.repeatId as number);
  expect(sendAgain).toHaveBeenCalledTimes(1);
});

test("publishes an expired Action as an Action", async () => {
  const throttle = newThrottle({ queue: { maxWaitSeconds: 1 } });
  const { state } = publish(throttle);
  useUp(throttle, LIMIT);
  const names = Array.from({ length: 20 }, () => acquire(throttle, { name: "SendSms", isEntryPoint: true }));
  await elapse(1200);
  await names[19];
  expect(state().dropped).toMatchObject({ name: "SendSms", isAction: true, reason: "ThrottleTimeoutError" });
});

test("publishes the number of Flex Flows while nothing is queued", async () => {
  const flexFlows = new FlexFlowCount(2);
  const { state } = publish(newThrottle(), flexFlows);
  flexFlows.recordList(["FO1", "FO2"], { page: 0, isLast: true }, performance.now());
  await elapse(100);
  expect(state().status.capacity).toEqual({ count: 2, max: 2, isNearlyFull: true });
});

test("publishes nothing while calls pass without waiting", async () => {
  const throttle = newThrottle();
  const { dispatched } = publish(throttle);
  for (let n = 0; n < 5; n += 1) {
    const permit = await throttle.acquire({ limits: [LIMIT], name: "POST /channels" });
    permit.markSent();
    permit.markEnded("answered");
    await elapse(300);
  }
  // The first update publishes the maximum of Flex Flows.
  expect(dispatched.length).toBeLessThanOrEqual(1);
});

test("publishes no payload, and a key only as the chat of a join", async () => {
  const throttle = newThrottle({ queue: { maxLength: 1 } });
  const { state } = publish(throttle);
  useUp(throttle, LIMIT);
  void acquire(throttle, { key: "CH-secret" });
  void acquire(throttle, { key: "CH-secret" });
  await elapse(100);
  expect(state().status.waiting).toHaveLength(1);
  expect(state().droppedCount).toBe(1);
  expect(JSON.stringify(state())).not.toContain("secret");
  void acquire(throttle, { key: "CH1", kind: "join", isExemptFromQueueLimit: true });
  await elapse(100);
  expect(state().status.waiting.map(({ chat }) => chat)).toContain("CH1");
});

test("publishes nothing after it was stopped", async () => {
  const throttle = newThrottle();
  const { dispatched, end } = publish(throttle);
  useUp(throttle, LIMIT);
  void acquire(throttle);
  await breathe();
  end();
  void acquire(throttle, { onBurst: "reject" });
  await elapse(300);
  expect(dispatched).toEqual([]);
});
