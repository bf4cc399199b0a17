import fc from "fast-check";

import { Call, Permit } from "../flexThrottle";
import { RateLimitId } from "../limits/limits";
import { readSettings } from "../settings/readSettings";
import { newScene, Scene, SceneOptions, STEADY } from "../../testing/scene";
import { eventsOf, tryPermit } from "../../testing/throttles";
import { ThrottleError } from "./errors";
import { Priority } from "./queue";

const FAST = "POST /channels"; // 10 a second
const SLOW = "GET /WebChannels"; // 1 a second
const MEMBER = "POST /WebChannels/Users"; // 10 a second

let scene: Scene;
const begin = (options: SceneOptions = {}) => (scene = newScene({ way: STEADY, ...options }));

/** What became of a promise, without waiting for it. */
function watch(promise: Promise<unknown>): { outcome: unknown; atMs: number } {
  const seen = { outcome: "pending" as unknown, atMs: NaN };
  const set = (outcome: unknown) => Object.assign(seen, { outcome, atMs: scene.clock.now() });
  promise.then(
    () => set("done"),
    (error) => set(error),
  );
  return seen;
}

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const use = (limit: RateLimitId, count: number) => times(count, () => scene.send({ limits: [limit] }));
const startsOn = (limit: RateLimitId) => scene.account.sentAtMs.get(limit) ?? [];

/** Sends calls of these names, told apart by their order of starting. */
function startOrder(
  calls: (Partial<Call> & { name: string; afterMs?: number })[],
  limit: RateLimitId = SLOW,
): { order: string[]; all: Promise<unknown> } {
  const order: string[] = [];
  const all = calls.map(async ({ afterMs = 0, ...call }) => {
    await scene.clock.sleep(afterMs);
    await scene.throttle.run(
      { limits: [limit], ...call },
      async () => {
        order.push(call.name);
        await scene.clock.sleep(50);
      },
      () => undefined,
    );
  });
  return { order, all: Promise.all(all) };
}

describe("whose turn it is", () => {
  test("first come, first served", async () => {
    begin();
    const { order, all } = startOrder(times(6, (index) => ({ name: String(index), afterMs: index })));
    await scene.clock.until(all);
    expect(order).toEqual(["0", "1", "2", "3", "4", "5"]);
  });

  test("a customer who waits goes before an agent's click, and that before what goes in bulk", async () => {
    begin();
    const calls: [string, Priority][] = [
      ["first", "low"],
      ["low", "low"],
      ["normal", "normal"],
      ["high", "high"],
      ["high too", "high"],
    ];
    const { order, all } = startOrder(calls.map(([name, priority], afterMs) => ({ name, priority, afterMs })));
    await scene.clock.until(all);
    expect(order).toEqual(["first", "high", "high too", "normal", "low"]);
  });

  test("what is in bulk is not overtaken for ever: after half a minute it goes before a newcomer of any kind", async () => {
    begin();
    const stream = times(60, (index) => ({ name: `high ${index}`, priority: "high" as const, afterMs: index * 1000 }));
    const { order, all } = startOrder([
      { name: "now", afterMs: 0 },
      { name: "bulk", priority: "low", afterMs: 1 },
      ...stream.slice(1),
    ]);
    await scene.clock.until(all);
    const overtakenBy = order.indexOf("bulk") - 1;
    expect(overtakenBy).toBeGreaterThan(20);
    expect(overtakenBy).toBeLessThanOrEqual(31);
  });

  test("of those whose reservations run out, the one that runs out first goes first", async () => {
    begin();
    const deadlines: [string, number][] = [
      ["now", Infinity],
      ["late", 30_000],
      ["soon", 12_000],
      ["never", Infinity],
      ["sooner", 11_000],
    ];
    const { order, all } = startOrder(
      deadlines.map(([name, deadlineMs], afterMs) => ({ name, deadlineMs, afterMs, priority: "high" })),
    );
    await scene.clock.until(all);
    expect(order).toEqual(["now", "sooner", "soon", "late", "never"]);
  });

  test("a call whose deadline has come is given up, not sent", async () => {
    begin();
    void use(SLOW, 1);
    const seen = watch(scene.send({ limits: [SLOW], deadlineMs: 400 }));
    await scene.clock.run(3000);
    expect(seen).toEqual({ outcome: expect.objectContaining({ name: "ThrottleTimeoutError" }), atMs: 400 });
    expect(startsOn(SLOW)).toHaveLength(1);
  });

  test("nobody who waits is overtaken by a call that could go at once", async () => {
    begin();
    void use(FAST, 11);
    await scene.clock.run(1);
    expect(tryPermit(scene.throttle, { limits: [FAST], name: "test" })).toBeUndefined();
    expect(tryPermit(scene.throttle, { limits: [MEMBER], name: "test" })).toBeDefined();
  });

  test("one limit that is used up holds nobody up on another", async () => {
    begin();
    void use(SLOW, 5);
    const seen = watch(scene.send({ limits: [FAST] }));
    await scene.clock.run(200);
    expect(seen).toEqual({ outcome: "done", atMs: 180 });
  });
});

describe("a call on several limits", () => {
  test("takes all or nothing: while it waits for one it takes nothing of the other", async () => {
    begin();
    void use(SLOW, 1);
    const both = watch(scene.send({ limits: [SLOW, FAST] }));
    const after = times(10, () => watch(scene.send({ limits: [MEMBER] })));
    await scene.clock.run(500);
    expect(both.outcome).toBe("pending");
    expect(startsOn(FAST)).toHaveLength(0);
    expect(after.every(({ outcome }) => outcome === "done")).toBe(true);
    await scene.clock.run(5000);
    expect(both.outcome).toBe("done");
  });

  test("is not starved by those that need only one of them", async () => {
    begin();
    const both: string[] = [];
    const stream = async () => {
      for (let index = 0; index < 200; index += 1) {
        void scene.send({ limits: [FAST] });
        await scene.clock.sleep(50);
      }
    };
    const pair = async () => {
      await scene.clock.sleep(300);
      await scene.send({ limits: [FAST, SLOW] });
      both.push(`done at ${Math.round(scene.clock.now() / 1000)} s`);
    };
    void use(SLOW, 1);
    await scene.clock.until(Promise.all([stream(), pair()]));
    expect(both).toEqual(["done at 1 s"]);
  });

  test("spends a limit that is named twice once, and gives it back whole", async () => {
    begin();
    const twice = times(12, () =>
      watch(
        scene.throttle.run(
          { limits: [FAST, FAST], name: "test" },
          () => scene.account.request([FAST]),
          () => undefined,
        ),
      ),
    );
    await scene.clock.run(200);
    expect(twice.filter(({ outcome }) => outcome === "done")).toHaveLength(10);
    await scene.clock.run(1500);
    expect(twice.filter(({ outcome }) => outcome === "done")).toHaveLength(12);
  });
});

describe("what is not sent says so", () => {
  test("a queue that is full: which limit, the place in line, and the wait", async () => {
    begin({ settings: { queue: { maxLength: 3 } } });
    const calls = [...use(SLOW, 4), scene.send({ limits: [SLOW] })].map(watch);
    await scene.clock.run(0);
    const error = calls[4].outcome as ThrottleError;
    expect(error).toBeInstanceOf(ThrottleError);
    expect(error).toMatchObject({ name: "ThrottleQueueFullError", limit: SLOW, ahead: 3 });
    expect(error.waitMs).toBeGreaterThanOrEqual(4000);
    expect(error.waitMs).toBeLessThan(5000);
    expect(error.message).toMatch(/queue is full \(3 calls\).*"GET \/WebChannels".*about 4 s/);
  });

  test("a call that is exempt from the queue limit is queued even when the queue is full", async () => {
    begin({ settings: { queue: { maxLength: 2 } } });
    void use(SLOW, 3);
    const join = watch(scene.send({ limits: [SLOW], isExemptFromQueueLimit: true, priority: "high" }));
    await scene.clock.run(3000);
    expect(join.outcome).toBe("done");
  });

  test("a wait that was too long", async () => {
    begin({ settings: { queue: { maxWaitSeconds: 2 } } });
    const calls = use(SLOW, 5).map(watch);
    await scene.clock.run(10_000);
    expect(calls.map(({ outcome }) => (outcome instanceof ThrottleError ? outcome.name : outcome))).toEqual([
      "done",
      "done",
      "ThrottleTimeoutError",
      "ThrottleTimeoutError",
      "ThrottleTimeoutError",
    ]);
    expect(calls[2]).toMatchObject({
      atMs: 2000,
      outcome: { limit: SLOW, message: expect.stringContaining("timed out after 2 s") },
    });
  });

  test("a wait that was too long behind others who have more patience", async () => {
    begin();
    void use(SLOW, 3);
    const seen = watch(scene.send({ limits: [SLOW], maxWaitMs: 100 }));
    await scene.clock.run(500);
    expect(seen).toMatchObject({ atMs: 100, outcome: { name: "ThrottleTimeoutError", ahead: 2 } });
  });

  test("those whose time is up together: each its place in line, those before it included", async () => {
    begin();
    const calls = times(25, (index) =>
      watch(scene.send({ limits: index % 5 === 4 ? [FAST, SLOW] : [FAST], maxWaitMs: 500 })),
    );
    times(2, () => watch(scene.send({ limits: [FAST], priority: "high" })));
    await scene.clock.run(501);
    const errors = calls
      .map(({ outcome }) => outcome)
      .filter((outcome): outcome is ThrottleError => outcome instanceof ThrottleError);
    // The tenth waits for its second limit, and all others behind it. One that is in a hurry and has more time stands before them.
    expect(errors.map(({ limit, ahead }) => [limit, ahead])).toEqual(
      times(16, (index) => (index > 0 && index % 5 === 0 ? [SLOW, index / 5] : [FAST, index + 1])),
    );
  });

  test("a call that would rather fail than wait: at once, and only where it would have to", async () => {
    begin();
    const calls = times(3, () => watch(scene.send({ limits: [SLOW], onBurst: "reject" })));
    await scene.clock.run(0);
    expect(calls.map(({ outcome }) => outcome)).toEqual([
      "pending",
      ...times(2, () => expect.objectContaining({ name: "ThrottleRejectedError", limit: SLOW, ahead: 0 })),
    ]);
    await scene.clock.run(1000);
    expect(calls[0].outcome).toBe("done");
  });

  test("the limit that is named is the one that holds it up", async () => {
    begin();
    void use(SLOW, 3);
    const seen = watch(scene.send({ limits: [FAST, SLOW], onBurst: "reject" }));
    await scene.clock.run(0);
    expect(seen.outcome).toMatchObject({ limit: SLOW, ahead: 2 });
  });

  test("each is told to who listens, but not what is optional", async () => {
    begin({ settings: { queue: { maxLength: 1 } } });
    const events = eventsOf(scene.throttle);
    void use(SLOW, 2);
    [{ name: "told" }, { name: "not told", proceedsWithoutPermit: true }].forEach((call) =>
      watch(scene.send({ limits: [SLOW], ...call })),
    );
    await scene.clock.run(0);
    expect(events.map((event) => [event.type, event.call.name])).toEqual([["dropped", "told"]]);
  });
});

describe("cancelling by an AbortSignal", () => {
  test("takes a call out of the queue, with the signal's reason, and lets the next go", async () => {
    begin();
    const controller = new AbortController();
    const reason = new Error("not any more");
    void use(SLOW, 1);
    const canceled = watch(scene.send({ limits: [SLOW], signal: controller.signal }));
    const next = watch(scene.send({ limits: [SLOW] }));
    await scene.clock.run(500);
    Object.defineProperty(controller.signal, "reason", { value: reason });
    controller.abort();
    await scene.clock.run(1500);
    expect(canceled).toEqual({ outcome: reason, atMs: 500 });
    expect(next.outcome).toBe("done");
    expect(scene.throttle.status().waiting).toEqual([]);
  });

  test("before it began sends nothing", async () => {
    begin();
    const controller = new AbortController();
    controller.abort();
    const seen = watch(scene.send({ limits: [SLOW], signal: controller.signal }));
    await scene.clock.run(1000);
    expect(seen.outcome).toMatchObject({ name: "AbortError" });
    expect(tryPermit(scene.throttle, { limits: [SLOW], name: "test", signal: controller.signal })).toBeUndefined();
    expect(startsOn(SLOW)).toHaveLength(0);
  });

  test("of a call that was refused ends its retries, and is no call given up", async () => {
    begin({ random: () => 0.5 });
    scene.account.closed = { scope: "limit" };
    const events = eventsOf(scene.throttle);
    const controller = new AbortController();
    const seen = watch(scene.send({ limits: [SLOW], signal: controller.signal }));
    await scene.clock.run(300);
    expect(scene.throttle.status().retrying).toBe(1);
    controller.abort();
    await scene.clock.run(5000);
    expect(seen).toMatchObject({ outcome: { name: "AbortError" }, atMs: 300 });
    expect(scene.throttle.status().retrying).toBe(0);
    expect(events.map(({ type }) => type)).toEqual(["throttled", "aborted"]);
  });

  test("of a call that is under way when it is refused is no call given up", async () => {
    begin();
    scene.account.closed = { scope: "limit" };
    const events = eventsOf(scene.throttle);
    const controller = new AbortController();
    watch(scene.send({ limits: [SLOW], signal: controller.signal }));
    await scene.clock.run(100);
    controller.abort();
    await scene.clock.run(5000);
    expect(events).toMatchObject([{ type: "throttled", isRetried: false }]);
  });

  test("leaves no listener on the signal once the call has gone", async () => {
    begin();
    const controller = new AbortController();
    const add = jest.spyOn(controller.signal, "addEventListener");
    const remove = jest.spyOn(controller.signal, "removeEventListener");
    await scene.clock.until(Promise.all(times(3, () => scene.send({ limits: [SLOW], signal: controller.signal }))));
    expect(add).toHaveBeenCalledTimes(2);
    expect(remove.mock.calls.map(([, listener]) => listener)).toEqual(add.mock.calls.map(([, listener]) => listener));
  });
});

describe("giving up a call that waits", () => {
  test("tells its caller, lets the next go, and is told as a call that was given up", async () => {
    begin();
    const events = eventsOf(scene.throttle);
    void use(SLOW, 1);
    const givenUp = watch(scene.send({ limits: [SLOW], name: "not any more" }));
    const next = watch(scene.send({ limits: [SLOW], name: "next" }));
    await scene.clock.run(500);
    expect(scene.throttle.cancel(scene.throttle.status().waiting[0].id)).toBe(true);
    await scene.clock.run(1500);
    expect(givenUp).toMatchObject({ outcome: { name: "ThrottleCanceledError" }, atMs: 500 });
    expect(next.outcome).toBe("done");
    expect(events).toMatchObject([
      { type: "dropped", call: { name: "not any more" }, error: { name: "ThrottleCanceledError" } },
    ]);
  });

  test("ends the retries of one that was refused, under the name it has had all along", async () => {
    begin({ random: () => 0.5 });
    scene.account.closed = { scope: "limit" };
    void use(SLOW, 1);
    const givenUp = watch(scene.send({ limits: [SLOW] }));
    await scene.clock.run(100);
    const [{ id }] = scene.throttle.status().waiting;
    await scene.clock.run(2000);
    const again = scene.throttle.status().waiting.find((call) => call.id === id);
    expect(again).toMatchObject({ id });
    expect(scene.throttle.cancel(id)).toBe(true);
    await scene.clock.run(2100);
    expect(givenUp.outcome).toMatchObject({ name: "ThrottleCanceledError" });
    expect(scene.throttle.status().waiting.map((call) => call.id)).not.toContain(id);
  });

  test("does nothing for one that does not wait any more", async () => {
    begin();
    void use(SLOW, 2);
    await scene.clock.run(100);
    const [{ id }] = scene.throttle.status().waiting;
    await scene.clock.run(2000);
    expect(scene.throttle.cancel(id)).toBe(false);
  });
});

describe("after a refusal", () => {
  const HALF = () => 0.5;
  /** With half of the chance. */
  const FIRST_PAUSE_MS = 750;
  const LATER_PAUSE_MS = 2200;

  test("everyone pauses, once for a whole round trip", async () => {
    begin({ random: HALF });
    scene.account.closed = { scope: "limit" };
    void use(FAST, 10);
    await scene.clock.run(179);
    scene.account.closed = undefined;
    await scene.clock.run(181);
    expect(scene.throttle.status().coolDownUntilMs).toEqual({ [FAST]: 180 + FIRST_PAUSE_MS });
    await scene.clock.run(180 + FIRST_PAUSE_MS - 1);
    expect(startsOn(FAST)).toHaveLength(10);
  });

  test("one call at a time finds out, until one succeeds; then the others follow", async () => {
    begin({ random: HALF });
    scene.account.closed = { scope: "limit" };
    void use(FAST, 30);
    await scene.clock.run(7000);
    // The first ten hold the limit for a second from their answers; each refusal comes a round trip later.
    expect(startsOn(FAST).slice(10)).toEqual([1183, 1363 + LATER_PAUSE_MS, 3743 + LATER_PAUSE_MS]);
    scene.account.closed = undefined;
    await scene.clock.run(60_000);
    expect(scene.account.done).toBe(30);
  });

  test("calls thin out while every one is refused", async () => {
    begin({ seed: 5 });
    scene.account.closed = { scope: "limit" };
    void scene.send({ limits: [FAST], isExemptFromRetryBudget: true, maxWaitMs: Infinity });
    await scene.clock.run(600_000);
    const starts = startsOn(FAST);
    expect(starts.filter((atMs) => atMs < 30_000).length).toBeLessThan(25);
    expect(starts.filter((atMs) => atMs >= 300_000).length).toBeLessThan(40);
    scene.account.closed = undefined;
    await scene.clock.run(660_000);
    expect(scene.account.done).toBe(1);
  });

  test("a refused call keeps its place before those that came after it", async () => {
    begin({ random: HALF });
    const order: string[] = [];
    const send = (name: string) =>
      scene.throttle.run(
        { limits: [SLOW], name },
        async () => {
          order.push(name);
          await scene.clock.sleep(50);
          return order.length;
        },
        (outcome) => ("value" in outcome && outcome.value <= 3 ? { scope: "limit" } : undefined),
      );
    await scene.clock.until(Promise.all(["a", "b", "c"].map(send)));
    expect(order).toEqual(["a", "a", "a", "a", "b", "c"]);
  });

  test.each([
    ["the queue is full", { queue: { maxLength: 2 } }, {}],
    ["it would rather be rejected than wait", {}, { onBurst: "reject" as const }],
  ])("a refused call is retried though %s", async (_, settings, call) => {
    begin({ random: HALF, settings });
    scene.account.closed = { scope: "limit" };
    const refused = watch(scene.send({ limits: [SLOW], ...call }));
    const others = times(2, () => watch(scene.send({ limits: [SLOW] })));
    await scene.clock.run(300);
    scene.account.closed = undefined;
    await scene.clock.run(10_000);
    expect([refused, ...others].map(({ outcome }) => outcome)).toEqual(["done", "done", "done"]);
    expect(refused.atMs).toBeLessThan(others[0].atMs);
    expect(scene.account.done).toBe(3);
  });

  test("of refusals of one round trip the longest Retry-After counts, and the rate falls once", async () => {
    begin({ random: () => 0 });
    const permits = times(10, () => tryPermit(scene.throttle, { limits: [FAST], name: "test" }) as Permit);
    permits.forEach((permit) => permit.markSent());
    await scene.clock.run(100);
    permits.forEach((permit, index) =>
      permit.markThrottled({ scope: "limit", retryAfterMs: [0, 9000, 3000][index % 3] }),
    );
    const status = scene.throttle.limitStatuses().find(({ id }) => id === FAST);
    expect(status?.coolDownUntilMs).toBe(100 + 9000);
    expect(status?.adaptivePerSecond).toBeCloseTo(7);
  });

  test("the longer of backoff and Retry-After counts", async () => {
    begin({ random: HALF });
    scene.account.closed = { scope: "limit", retryAfterMs: 7000 };
    void use(FAST, 1);
    await scene.clock.run(180);
    scene.account.closed = { scope: "limit", retryAfterMs: 10 };
    void use(MEMBER, 1);
    await scene.clock.run(360);
    expect(scene.throttle.status().coolDownUntilMs).toEqual({ [FAST]: 180 + 7000, [MEMBER]: 360 + FIRST_PAUSE_MS });
  });

  test("one of the whole account pauses every limit", async () => {
    begin({ random: HALF });
    scene.account.closed = { scope: "account", retryAfterMs: 2000 };
    void use(FAST, 1);
    await scene.clock.run(181);
    scene.account.closed = undefined;
    void use(SLOW, 1);
    await scene.clock.run(2179);
    expect(startsOn(SLOW)).toHaveLength(0);
    expect(Object.keys(scene.throttle.status().coolDownUntilMs)).toHaveLength(16);
    await scene.clock.run(2500);
    expect(startsOn(SLOW)).toEqual([2180]);
    expect(scene.account.done).toBe(2);
  });

  test("who wants to know now need not wait for the pause to end", async () => {
    begin({ random: HALF });
    scene.account.closed = { scope: "limit", retryAfterMs: 60_000 };
    void use(SLOW, 1);
    await scene.clock.run(5000);
    scene.account.closed = undefined;
    scene.throttle.retryNow();
    await scene.clock.run(5200);
    expect(scene.account.done).toBe(1);
  });

  test("a call that finds out and is never answered does not hold the others up for ever", async () => {
    begin({ random: HALF });
    scene.account.closed = { scope: "limit" };
    void use(FAST, 1);
    await scene.clock.run(200);
    scene.account.closed = undefined;
    let isFirst = true;
    const request = () =>
      isFirst ? ((isFirst = false), new Promise<never>(() => undefined)) : scene.account.request([FAST]);
    const seen = times(3, () =>
      watch(scene.throttle.run({ limits: [FAST], name: "test", priority: "high" }, request, () => undefined)),
    );
    await scene.clock.run(20_000);
    expect(seen.map(({ outcome }) => outcome)).toEqual(["pending", "done", "done"]);
    expect(scene.account.done).toBe(3);
  });

  test("a late answer of an older call does not let two find out at once", async () => {
    begin({ random: HALF });
    const finish: (() => void)[] = [];
    const send = (refused: boolean) =>
      scene.throttle.run(
        { limits: [FAST], name: "test" },
        () => new Promise<boolean>((resolve) => finish.push(() => resolve(refused))),
        (outcome) => ("value" in outcome && outcome.value && finish.length < 6 ? { scope: "limit" } : undefined),
      );
    times(5, (index) => void send(index === 0));
    await scene.clock.run(100);
    finish[0]();
    await scene.clock.run(950);
    void send(false);
    await scene.clock.run(1050);
    expect(finish).toHaveLength(6);
    finish[1]();
    await scene.clock.run(1150);
    expect(finish).toHaveLength(6);
    finish[5]();
    await scene.clock.run(2000);
    expect(finish).toHaveLength(7);
  });

  test("a refusal that nobody has time for any more is the caller's, and is told", async () => {
    begin({ random: HALF, settings: { queue: { maxWaitSeconds: 5 } } });
    scene.account.closed = { scope: "limit", retryAfterMs: 10_000 };
    const events = eventsOf(scene.throttle);
    const answer = await scene.clock.until(scene.send({ limits: [SLOW] }));
    expect(answer.status).toBe(429);
    expect(events).toMatchObject([{ type: "throttled", isRetried: false }, { type: "dropped" }]);
  });

  test("stops retrying when nothing succeeds any more, except calls that are exempt from the retry budget", async () => {
    begin({ seed: 3 });
    scene.account.closed = { scope: "limit" };
    const calls = times(200, () => watch(scene.send({ limits: [SLOW] })));
    await scene.clock.run(3_600_000);
    expect(calls.filter(({ outcome }) => outcome === "done").length).toBeGreaterThan(100);
    const join = watch(
      scene.send({ limits: [SLOW], isExemptFromRetryBudget: true, priority: "high", maxWaitMs: Infinity }),
    );
    await scene.clock.run(4_200_000);
    expect(join.outcome).toBe("pending");
  });

  test("a look at an answer that fails is no refusal: the caller gets the answer, and the failure is reported", async () => {
    begin();
    const failure = new Error("cannot look");
    const run = scene.throttle.run(
      { limits: [SLOW], name: "test" },
      async () => "answer",
      () => {
        throw failure;
      },
    );
    await expect(scene.clock.until(run)).resolves.toBe("answer");
    expect(scene.reported).toEqual([failure]);
  });

  test("any other failure is the caller's, and is not repeated", async () => {
    begin();
    const failure = new Error("offline");
    let tries = 0;
    const run = scene.throttle.run(
      { limits: [SLOW], name: "test" },
      () => Promise.reject(((tries += 1), failure)),
      () => undefined,
    );
    await expect(scene.clock.until(run)).rejects.toBe(failure);
    expect(tries).toBe(1);
  });
});

describe("the learned rate", () => {
  test("is lower after a refusal, rises again in use, and never over the configured one", async () => {
    begin({ random: () => 0 });
    await scene.clock.until(Promise.all(use(FAST, 10)));
    scene.account.closed = { scope: "limit" };
    const all = use(FAST, 600);
    await scene.clock.run(scene.clock.now() + 1200);
    scene.account.closed = undefined;
    const fromMs = scene.clock.now();
    await scene.clock.until(Promise.all(all));
    const inSecond = (second: number) =>
      startsOn(FAST).filter((atMs) => Math.floor((atMs - fromMs) / 1000) === second).length;
    expect(inSecond(2)).toBeLessThan(9);
    expect(inSecond(45)).toBeGreaterThanOrEqual(9);
    expect(scene.account.mostInAnySecond(FAST)).toBeLessThanOrEqual(10);
  });
});

describe("a call that another layer sees again", () => {
  const inner = (key?: string) => tryPermit(scene.throttle, { limits: [SLOW], name: "inner", key });

  test("spends one token, whether the first layer holds its permit still or has sent it", async () => {
    for (const wasSent of [false, true]) {
      begin();
      const permit = await scene.throttle.acquire({ limits: [SLOW], name: "outer", isEntryPoint: true });
      if (wasSent) permit.markSent();
      const done = scene.throttle.handOff({ limits: [SLOW], key: "CH1", permit, details: {} });
      expect(inner("CH2")).toBeUndefined();
      const taken = inner("CH1");
      expect(taken?.holds(SLOW)).toBe(true);
      expect(permit.holds(SLOW)).toBe(false);
      expect(inner("CH1")).toBeUndefined();
      taken?.markSent();
      taken?.markAnswered();
      done();
      expect(inner("CH1")).toBeUndefined();
    }
  });

  test("takes over what the first layer knows better", async () => {
    begin();
    void use(SLOW, 1);
    scene.throttle.handOff({
      limits: [SLOW],
      key: "CH1",
      details: { name: "join", kind: "join", priority: "high" },
    });
    watch(scene.send({ limits: [SLOW], name: "POST", key: "CH1" }));
    await scene.clock.run(1);
    expect(scene.throttle.status().waiting).toMatchObject([{ name: "join", kind: "join" }]);
  });

  test("is that call once: the next about the same chat is another, and nobody's join", async () => {
    begin();
    scene.throttle.handOff({
      limits: [SLOW],
      key: "CH1",
      details: { name: "join", kind: "join", priority: "high" },
    });
    times(3, () => watch(scene.send({ limits: [SLOW], name: "POST", key: "CH1" })));
    await scene.clock.run(1);
    expect(scene.throttle.status().waiting.map(({ name }) => name)).toEqual(["POST", "POST"]);
  });

  test("gives its permit back when it does not come", async () => {
    begin();
    const permit = tryPermit(scene.throttle, { limits: [SLOW], name: "outer" });
    const done = scene.throttle.handOff({ limits: [SLOW], key: "CH1", permit, details: {} });
    const next = watch(scene.send({ limits: [SLOW] }));
    await scene.clock.run(3000);
    expect(next.outcome).toBe("pending");
    done();
    await scene.clock.run(3200);
    expect(next.outcome).toBe("done");
  });

  test("does not come to anything when its permit is forgotten: it holds others up no longer than three seconds", async () => {
    begin();
    tryPermit(scene.throttle, { limits: [SLOW], name: "forgotten" });
    const next = watch(scene.send({ limits: [SLOW] }));
    await scene.clock.run(2900);
    expect(next.outcome).toBe("pending");
    await scene.clock.run(3500);
    expect(next.outcome).toBe("done");
  });

  test("that is sent after its permit was given up for lost counts all the same", async () => {
    begin();
    const late = tryPermit(scene.throttle, { limits: [SLOW], name: "late" });
    await scene.clock.run(61_000);
    const free = tryPermit(scene.throttle, { limits: [SLOW], name: "next" });
    expect(free).toBeDefined();
    free?.release();
    late?.markSent();
    expect(tryPermit(scene.throttle, { limits: [SLOW], name: "next" })).toBeUndefined();
    await scene.clock.run(63_000);
    expect(tryPermit(scene.throttle, { limits: [SLOW], name: "next" })).toBeDefined();
  });

  test("an Action's permit serves one of its calls; the second acquires its own", async () => {
    begin();
    const permit = tryPermit(scene.throttle, { limits: [SLOW], name: "Action", isEntryPoint: true });
    scene.throttle.handOff({ limits: [SLOW], permit, details: {} });
    expect(inner()).toBeDefined();
    expect(inner()).toBeUndefined();
  });

  test("acquires what the first layer did not", async () => {
    begin();
    const permit = tryPermit(scene.throttle, { limits: [SLOW], name: "Action", isEntryPoint: true });
    scene.throttle.handOff({ limits: [SLOW], permit, details: {} });
    const taken = tryPermit(scene.throttle, { limits: [SLOW, FAST], name: "inner" });
    expect([taken?.holds(SLOW), taken?.holds(FAST)]).toEqual([true, true]);
    expect(times(10, () => tryPermit(scene.throttle, { limits: [FAST], name: "test" })).filter(Boolean)).toHaveLength(
      9,
    );
  });
});

test("an answer that was long in coming holds nobody up: its request has arrived a second after its sending at the latest", async () => {
  begin();
  void times(10, () =>
    scene.throttle.run(
      { limits: [FAST], name: "slow" },
      () => scene.clock.sleep(1900),
      () => undefined,
    ),
  );
  void use(FAST, 1);
  await scene.clock.run(2010);
  expect(startsOn(FAST)).toEqual([2003]);
});

test("what another layer had acquired is given back when the call is not sent after all", async () => {
  begin();
  void use(FAST, 10);
  const permit = tryPermit(scene.throttle, { limits: [SLOW], name: "Action", isEntryPoint: true });
  scene.throttle.handOff({ limits: [SLOW], permit, details: {} });
  const refused = watch(scene.throttle.acquire({ limits: [SLOW, FAST], name: "inner", onBurst: "reject" }));
  await scene.clock.run(1);
  expect(refused.outcome).toBeInstanceOf(ThrottleError);
  expect(tryPermit(scene.throttle, { limits: [SLOW], name: "next" })).toBeDefined();
});

describe("an accept that has its permit ahead of its turn", () => {
  const LEAD_MS = 250;
  const accept = (key: string) =>
    scene.throttle.acquire({ limits: [MEMBER], name: "accept", key, isEntryPoint: true, leadMs: LEAD_MS });

  /** Accepts, and sends the join after the time that this takes. */
  async function acceptAndJoin(key: string, joinAfterMs: number): Promise<void> {
    const permit = await accept(key);
    scene.throttle.handOff({ limits: [MEMBER], key, permit, details: {} });
    await scene.clock.sleep(joinAfterMs);
    await scene.send({ limits: [MEMBER], key });
  }

  test.each([0, 100, 250, 600])(
    "sends its join no sooner than the limit allows, also %s ms after it",
    async (joinAfterMs) => {
      begin();
      const all = Promise.all(times(35, (index) => acceptAndJoin(String(index), joinAfterMs)));
      await scene.clock.until(all);
      expect(startsOn(MEMBER)).toHaveLength(35);
      expect(scene.account.mostInAnySecond(MEMBER)).toBe(10);
      expect(scene.account.refused).toBe(0);
    },
  );

  test("loses no time where the join takes as long as the lead", async () => {
    begin();
    await scene.clock.until(Promise.all(times(20, (index) => acceptAndJoin(String(index), LEAD_MS))));
    const [first, last] = [startsOn(MEMBER)[0], startsOn(MEMBER)[19]];
    // A window after the answers of the first ten, which take 180 ms; without the lead it would be 250 ms more.
    expect(last - first).toBeLessThan(1000 + 180 + 20);
  });

  test("keeps the limit in every history of accepts, joins sooner or later or never, and other calls", async () => {
    const step = fc.record({ afterMs: fc.nat(400), joinAfterMs: fc.option(fc.nat(800)), isAccept: fc.boolean() });
    const property = fc.asyncProperty(
      fc.integer(),
      fc.array(step, { minLength: 15, maxLength: 60 }),
      async (seed, steps) => {
        begin({ seed, way: { fromMs: 30, toMs: 150 } });
        const all = steps.map(async ({ afterMs, joinAfterMs, isAccept }, index) => {
          await scene.clock.sleep(afterMs);
          if (!isAccept) await scene.send({ limits: [MEMBER] });
          else if (joinAfterMs === null) (await accept(String(index))).release();
          else await acceptAndJoin(String(index), joinAfterMs);
        });
        await scene.clock.until(Promise.all(all));
        expect(scene.account.mostInAnySecond(MEMBER)).toBeLessThanOrEqual(10);
        expect(scene.account.refused).toBe(0);
      },
    );
    await fc.assert(property, { numRuns: 300 });
  });

  test("is not sent into a cool-down that began while it was held, and is let go when nobody wants it any more", async () => {
    begin();
    const permit = await scene.clock.until(accept("A"));
    scene.throttle.handOff({ limits: [MEMBER], key: "A", permit, details: {} });
    const unwanted = await scene.clock.until(accept("B"));
    scene.throttle.handOff({ limits: [MEMBER], key: "B", permit: unwanted, details: {} });
    const refused = tryPermit(scene.throttle, { limits: [MEMBER], name: "refused", isEntryPoint: true });
    refused?.markSent();
    refused?.markThrottled({ scope: "limit", retryAfterMs: 5000 });
    const controller = new AbortController();
    const joined = watch(scene.send({ limits: [MEMBER], key: "A" }));
    const left = watch(scene.send({ limits: [MEMBER], key: "B", signal: controller.signal }));
    await scene.clock.run(1000);
    controller.abort();
    await scene.clock.run(4900);
    expect(startsOn(MEMBER)).toEqual([]);
    expect(left.outcome).toMatchObject({ name: "AbortError" });
    await scene.clock.run(6000);
    expect(startsOn(MEMBER)).toEqual([expect.any(Number)]);
    expect(joined.outcome).toBe("done");
  });

  test("that was held until it was given up for lost is acquired anew", async () => {
    begin();
    const permit = await scene.clock.until(
      scene.throttle.acquire({ limits: [SLOW], name: "outer", isEntryPoint: true }),
    );
    scene.throttle.handOff({ limits: [SLOW], key: "A", permit, details: {} });
    await scene.clock.run(60_001);
    await scene.clock.until(scene.send({ limits: [SLOW] }));
    const late = watch(scene.send({ limits: [SLOW], key: "A" }));
    await scene.clock.run(60_400);
    expect(late.outcome).toBe("pending");
    await scene.clock.until(scene.send({ limits: [SLOW] }));
    expect(scene.account.mostInAnySecond(SLOW)).toBe(1);
  });

  test("leaves the window as it was when it is not used", async () => {
    begin();
    await scene.clock.until(Promise.all(use(MEMBER, 10)));
    const ahead = await scene.clock.until(accept("unused"));
    ahead.release();
    await scene.clock.until(Promise.all(use(MEMBER, 10)));
    expect(scene.account.mostInAnySecond(MEMBER)).toBe(10);
  });
});

describe("the mode", () => {
  const configure = (mode: string) => scene.throttle.configure(readSettings({ mode }).settings);

  test.each(["off", "observe"])("%s lets everyone who waits go at once, and retries nothing", async (mode) => {
    begin();
    const calls = use(SLOW, 20).map(watch);
    await scene.clock.run(500);
    configure(mode);
    await scene.clock.run(700);
    expect(calls.every(({ outcome }) => outcome === "done")).toBe(true);
    expect(startsOn(SLOW)).toHaveLength(20);
    expect(scene.account.refused).toBe(19);
  });

  test("enforce after observe counts what was observed", async () => {
    begin({ settings: { mode: "observe" } });
    void use(FAST, 30);
    await scene.clock.run(100);
    configure("enforce");
    const next = watch(scene.send({ limits: [FAST] }));
    await scene.clock.run(999);
    expect(next.outcome).toBe("pending");
    expect(startsOn(FAST)).toHaveLength(30);
  });

  test("new limits hold for those who wait already", async () => {
    begin();
    const calls = times(6, () => watch(scene.throttle.acquire({ limits: [SLOW], name: "test" })));
    await scene.clock.run(10);
    scene.throttle.configure(readSettings({ limits: { [SLOW]: { perSecond: 50 } } }).settings);
    await scene.clock.run(1500);
    expect(calls.every(({ outcome }) => outcome === "done")).toBe(true);
  });
});

describe("who listens", () => {
  test("cannot stop those who wait by throwing, and is reported", async () => {
    begin({ settings: { queue: { maxLength: 2 } } });
    const failure = new Error("in a listener");
    const fail = () => {
      throw failure;
    };
    scene.throttle.onChange(fail);
    scene.throttle.onEvent(fail);
    const calls = use(SLOW, 4).map(watch);
    await scene.clock.run(5000);
    expect(calls.filter(({ outcome }) => outcome === "done")).toHaveLength(3);
    expect(new Set(scene.reported)).toEqual(new Set([failure]));
  });

  test("learns of each start which limits it spends, how long it has waited, and the how manieth try it is", async () => {
    begin({ random: () => 0 });
    const sent: unknown[] = [];
    scene.throttle.onEvent((event) => {
      if (event.type === "sent") sent.push([event.call.name, event.limits, event.waitedMs > 0, event.attempt]);
    });
    scene.account.closed = { scope: "limit" };
    const all = [scene.send({ limits: [SLOW, FAST], name: "refused" }), scene.send({ limits: [FAST], name: "other" })];
    await scene.clock.run(100);
    scene.account.closed = undefined;
    await scene.clock.until(Promise.all(all));
    expect(sent[0]).toEqual(["refused", [SLOW, FAST], false, 1]);
    expect(sent).toContainEqual(["refused", [SLOW, FAST], true, 2]);
    expect(sent.filter((one) => (one as string[])[0] === "other").length).toBeGreaterThan(0);
  });

  test("learns how long a call waited in whichever layer, and not how long that layer took with it otherwise", async () => {
    begin();
    const waits: number[] = [];
    scene.throttle.onEvent((event) => {
      if (event.type === "sent" && event.call.name === "inner") waits.push(event.waitedMs);
    });
    void use(SLOW, 1);
    const acquired = scene.throttle.acquire({ limits: [SLOW], name: "outer", isEntryPoint: true });
    const permit = await scene.clock.until(acquired);
    const waitedMs = scene.clock.now();
    scene.throttle.handOff({ limits: [SLOW], key: "CH1", permit, details: {} });
    await scene.clock.run(waitedMs + 700);
    tryPermit(scene.throttle, { limits: [SLOW], name: "inner", key: "CH1" })?.markSent();
    expect(waitedMs).toBeGreaterThanOrEqual(1000);
    expect(waits).toEqual([waitedMs]);
  });

  test("learns of one start once, however many layers see the call", async () => {
    begin();
    let sent = 0;
    scene.throttle.onEvent((event) => (sent += event.type === "sent" ? 1 : 0));
    const permit = await scene.throttle.acquire({ limits: [SLOW], name: "outer", key: "CH1" });
    permit.markSent();
    scene.throttle.handOff({ limits: [SLOW], key: "CH1", permit, details: {} });
    await scene.clock.until(scene.send({ limits: [SLOW], name: "inner", key: "CH1" }));
    expect(sent).toBe(1);
  });

  test("learns of one refusal once, however many layers see it", async () => {
    begin({ settings: { mode: "observe" } });
    const events = eventsOf(scene.throttle);
    scene.account.closed = { scope: "limit" };
    const permit = await scene.throttle.acquire({ limits: [SLOW], name: "outer", key: "CH1" });
    permit.markSent();
    scene.throttle.handOff({ limits: [SLOW], key: "CH1", permit, details: {} });
    const { refusal } = await scene.clock.until(scene.send({ limits: [SLOW], name: "inner", key: "CH1" }));
    permit.markThrottled(refusal!);
    expect(events).toMatchObject([{ type: "throttled", call: { name: "inner" }, limits: [SLOW], isRetried: false }]);
  });

  test("can look at each limit: what is configured and learned, who waits, and until when it pauses", async () => {
    begin({ random: () => 0.5, settings: { limits: { [SLOW]: { perSecond: 2 } } } });
    scene.account.closed = { scope: "limit" };
    void use(SLOW, 4);
    await scene.clock.run(200);
    const statuses = scene.throttle.limitStatuses();
    const of = (id: RateLimitId) => statuses.find((status) => status.id === id)!;
    expect(of(SLOW)).toMatchObject({ configuredPerSecond: 2, waiting: 4 });
    expect(of(SLOW).longestWaitMs).toBeGreaterThanOrEqual(200);
    expect(of(SLOW).adaptivePerSecond).toBeLessThan(2);
    expect(of(SLOW).coolDownUntilMs).toBeGreaterThan(200);
    expect(of(FAST)).toEqual({
      id: FAST,
      configuredPerSecond: 10,
      adaptivePerSecond: 10,
      coolDownUntilMs: -Infinity,
      waiting: 0,
      longestWaitMs: 0,
    });
  });

  test("hears nothing after the end of the subscription", async () => {
    begin();
    let heard = 0;
    const ends = [scene.throttle.onChange(() => (heard += 1)), scene.throttle.onEvent(() => (heard += 1))];
    ends.forEach((end) => end());
    await scene.clock.until(Promise.all(use(SLOW, 3)));
    expect(heard).toBe(0);
  });

  test("learns who waits in the order of their turns, and when", async () => {
    begin();
    void use(SLOW, 1);
    watch(scene.send({ limits: [SLOW], name: "second" }));
    watch(scene.send({ limits: [SLOW], name: "first", priority: "high", kind: "join" }));
    await scene.clock.run(200);
    const status = scene.throttle.status();
    expect(status.waiting.map(({ name, kind }) => [name, kind])).toEqual([
      ["first", "join"],
      ["second", undefined],
    ]);
    const starts = status.waiting.map(({ startMs }) => startMs);
    expect(starts[0]).toBeGreaterThan(1000);
    expect(starts[0]).toBeLessThan(1300);
    expect(starts[starts.length - 1] - starts[0]).toBeGreaterThanOrEqual(1000);
  });
});

test("after many calls nothing of them is left", async () => {
  begin();
  const round = async (count: number) => {
    const limits: RateLimitId[][] = [[FAST], [SLOW], [MEMBER], [FAST, MEMBER], [MEMBER, SLOW], [FAST, SLOW, MEMBER]];
    await scene.clock.until(
      Promise.all(times(count, (index) => scene.send({ limits: limits[index % limits.length], key: String(index) }))),
    );
    await scene.clock.run(scene.clock.now() + 600_000);
  };
  await round(60);
  const before = objectsIn(scene.throttle);
  await round(1200);
  expect(objectsIn(scene.throttle)).toBe(before);
  expect(scene.clock.pending).toBe(0);
});

/** How many objects can be reached from this one. */
function objectsIn(root: object): number {
  const seen = new Set<object>([scene.clock]);
  const look = (value: unknown) => {
    if (typeof value !== "object" || value === null || seen.has(value)) return;
    seen.add(value);
    if (value instanceof Map || value instanceof Set)
      value.forEach((inner: unknown, key: unknown) => [key, inner].forEach(look));
    Object.values(value).forEach(look);
  };
  look(root);
  return seen.size;
}

test("one that is given back when its turn has come again is not being retried any more", async () => {
  scene = newScene({ way: STEADY });
  const { throttle, clock } = scene;
  const permit = await throttle.acquire({ limits: ["POST /channels"], name: "test" });
  permit.markSent();
  expect(permit.markThrottled({ scope: "limit" })).toBe(true);
  const again = permit.requeue();
  expect(throttle.status().retrying).toBe(1);
  await clock.until(again);
  permit.release();
  expect(throttle.status()).toMatchObject({ retrying: 0, waiting: [] });
});

test("many who come to wait do not put off the turn of the first", async () => {
  scene = newScene({ way: STEADY });
  const { clock, account } = scene;
  for (let n = 0; n < 11; n += 1) void scene.send({ limits: ["POST /channels"] });
  for (let n = 1; n <= 400; n += 1) {
    await clock.run(n * 1.9);
    void scene.send({ limits: ["POST /channels"] });
  }
  await clock.run(1300);
  expect((account.sentAtMs.get("POST /channels") as number[])[10]).toBeLessThan(1200);
});
