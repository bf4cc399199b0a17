import { Permit } from "../flexThrottle";
import { newThrottle, useUp } from "../../testing/throttles";
import { elapse, useVirtualTime } from "../../testing/virtualTime";
import { FlexFlowCount } from "../limits/flexFlowCount";
import { toPublishedStatus } from "./publishedStatus";
import { countWaits, selectQueuedCalls, selectThrottle, selectThrottled, ThrottledCalls } from "./selectors";

const JOIN = "POST /WebChannels/Users";
const LIMIT = "POST /channels";

useVirtualTime();

/** Has Twilio answer one call with 429, and retries it. */
async function throttleOneCall(limit: typeof LIMIT | "GET /FlexFlows", retryAfterMs: number) {
  const throttle = newThrottle();
  const permit = await throttle.acquire({ limits: [limit], name: limit });
  permit.markSent();
  permit.markEnded({ scope: "limit", retryAfterMs });
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
  expect(selectThrottled(status)).toMatchObject({ queued: [{ throttledCount: 1 }], nextAtMs: status.retryAtMs });
  expect(countWaits(status)).toEqual({ chats: 8, requests: 1, total: 9 });
  expect(selectQueuedCalls(status)).toHaveLength(8);
  selectQueuedCalls(status).forEach(({ startMs }) => expect(startMs).toBeLessThan(throttledAtMs + 2000));
});

test("calls queued behind a throttled call count as throttled", async () => {
  const { throttle, queue } = await throttleOneCall(LIMIT, 5000);
  queue({ kind: "join" });
  queue({ limits: ["GET /channels", LIMIT] });
  await elapse(100);
  const status = toPublishedStatus(throttle.status(), new FlexFlowCount(2500));
  expect(selectThrottled(status)?.queued).toHaveLength(3);
  expect(countWaits(status)).toEqual({ chats: 1, requests: 2, total: 3 });
  expect(selectQueuedCalls(status)).toEqual([]);
});

test("calls queued behind a cool-down count as throttled after the throttled call was canceled", async () => {
  const { throttle, throttledAtMs, queue } = await throttleOneCall(LIMIT, 40_000);
  await elapse(100);
  throttle.cancel(throttle.status().waiting[0].id);
  queue({ proceedsWithoutPermit: true });
  queue({ kind: "join" });
  await elapse(100);
  const status = toPublishedStatus(throttle.status(), new FlexFlowCount(2500));
  expect(countWaits(status)).toEqual({ chats: 1, requests: 1, total: 2 });
  const { nextAtMs, attempt } = selectThrottled(status) as NonNullable<ReturnType<typeof selectThrottled>>;
  expect(attempt).toBe(2);
  expect(nextAtMs - throttledAtMs).toBeGreaterThanOrEqual(40_000);
  expect(nextAtMs - throttledAtMs).toBeLessThan(41_500);
  expect(selectQueuedCalls(status)).toEqual([]);
});

test("a retry in progress counts as waiting; the next attempt is of the call that was throttled most often", () => {
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
  expect(countWaits(status).total).toBe(4);
  expect(selectThrottled({ ...status, retryAtMs: 5, retryingLimits: [LIMIT] })).toMatchObject({
    attempt: 3,
    nextAtMs: 0,
  });
  expect(selectThrottled({ ...status, retrying: 0 })).toBeUndefined();
});

describe("twenty joins, all answered with 429", () => {
  let throttle: ReturnType<typeof newThrottle>;
  let answered: number;

  beforeEach(() => {
    throttle = newThrottle();
    answered = 0;
    const waits = {
      priority: "join",
      isExemptFromQueueLimit: true,
      isExemptFromRetryBudget: true,
      maxWaitMs: Infinity,
    } as const;
    const send = async (permit: Permit) => {
      permit.markSent();
      await new Promise((resolve) => setTimeout(resolve, 20));
      answered += 1;
    };
    for (let n = 0; n < 20; n += 1) {
      const call = { limits: [JOIN] as const, name: "join", kind: "join", key: `CH${n}`, ...waits };
      throttle.run(call, send, () => ({ scope: "limit" })).catch(() => undefined);
    }
  });

  const select = () => selectThrottled(toPublishedStatus(throttle.status(), new FlexFlowCount(2500))) as ThrottledCalls;

  test("the countdown never rises except after a further attempt, which has a number", async () => {
    let shown = { answered: 0, endsAtMs: 0, attempt: 0 };
    for (let passedMs = 0; passedMs < 60_000; passedMs += 250) {
      await elapse(250);
      const { nextAtMs: endsAtMs, attempt } = select();
      if (answered === shown.answered) expect(endsAtMs).toBeLessThanOrEqual(shown.endsAtMs + 1);
      else expect(attempt).toBeGreaterThan(shown.attempt);
      shown = { answered, endsAtMs, attempt };
    }
    expect(shown.attempt).toBeGreaterThan(5);
  });

  test("the number of the attempt is of the limit: each attempt may be another call's", async () => {
    await elapse(100);
    for (let attempt = 2; attempt < 8; attempt += 1) {
      expect(select().attempt).toBe(attempt);
      const before = answered;
      while (answered === before) await elapse(100);
      const { waiting } = throttle.status();
      waiting.filter(({ throttledCount }) => throttledCount > 0).forEach(({ id }) => throttle.cancel(id));
    }
  });
});
