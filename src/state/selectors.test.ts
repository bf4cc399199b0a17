import { newThrottle, useUp } from "../../testing/throttles";
import { elapse, useVirtualTime } from "../../testing/virtualTime";
import { FlexFlowCount } from "../limits/flexFlowCount";
import { toPublishedStatus } from "./publishedStatus";
import {
  countThrottledCalls,
  countWaitingCalls,
  selectNextThrottled,
  selectQueuedCalls,
  selectThrottle,
} from "./selectors";

const LIMIT = "POST /channels";

useVirtualTime();

/** Has Twilio answer one call with 429, and retries it. */
async function throttleOneCall(limit: typeof LIMIT | "GET /FlexFlows", retryAfterMs: number) {
  const throttle = newThrottle();
  const permit = await throttle.acquire({ limits: [limit], name: limit });
  permit.markSent();
  permit.markThrottled({ scope: "limit", retryAfterMs });
  const throttledAtMs = performance.now();
  permit.requeue().catch(() => undefined);
  const queue = (call: object = {}) =>
    void throttle.acquire({ limits: [LIMIT], name: LIMIT, ...call }).catch(() => undefined);
  return { throttle, throttledAtMs, queue };
}

test("a 429 on one limit does not count calls on another limit as throttled", async () => {
  const { throttle, throttledAtMs, queue } = await throttleOneCall("GET /FlexFlows", 40_000);
  useUp(throttle, LIMIT);
  for (let n = 0; n < 8; n += 1) queue({ kind: "join" });
  await elapse(100);
  const status = toPublishedStatus(throttle.status(), new FlexFlowCount(2500));
  expect(status.retryAtMs).toBe(throttledAtMs + 40_000);
  expect(countThrottledCalls(status)).toEqual({ calls: 1, joins: 0, nextAtMs: status.retryAtMs });
  expect(selectQueuedCalls(status)).toHaveLength(8);
  selectQueuedCalls(status).forEach(({ startMs }) => expect(startMs).toBeLessThan(throttledAtMs + 2000));
});

test("calls queued behind a throttled call count as throttled", async () => {
  const { throttle, queue } = await throttleOneCall(LIMIT, 5000);
  queue({ kind: "join" });
  queue({ limits: ["GET /channels", LIMIT] });
  await elapse(100);
  expect(countThrottledCalls(toPublishedStatus(throttle.status(), new FlexFlowCount(2500)))).toMatchObject({
    calls: 3,
    joins: 1,
  });
  expect(selectQueuedCalls(toPublishedStatus(throttle.status(), new FlexFlowCount(2500)))).toEqual([]);
});

test("calls queued behind a cool-down count as throttled after the throttled call was canceled", async () => {
  const { throttle, throttledAtMs, queue } = await throttleOneCall(LIMIT, 40_000);
  await elapse(100);
  throttle.cancel(throttle.status().waiting[0].id);
  queue({ proceedsWithoutPermit: true });
  queue({ kind: "join" });
  await elapse(100);
  const status = toPublishedStatus(throttle.status(), new FlexFlowCount(2500));
  expect(countThrottledCalls(status)).toEqual({ calls: 2, joins: 1, nextAtMs: expect.any(Number) });
  expect(countThrottledCalls(status).nextAtMs - throttledAtMs).toBeGreaterThanOrEqual(40_000);
  expect(countThrottledCalls(status).nextAtMs - throttledAtMs).toBeLessThan(41_500);
  expect(selectQueuedCalls(status)).toEqual([]);
  expect(selectNextThrottled(status)).toMatchObject({ purpose: "join" });
});

test("a retry in progress counts as waiting; the next throttled call is the earliest that is queued", () => {
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
  expect(countWaitingCalls(status)).toBe(4);
  expect(selectNextThrottled(status)?.id).toBe(3);
  expect(selectNextThrottled({ ...status, waiting: [call] })).toBeUndefined();
});
