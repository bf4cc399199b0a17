import { eventsOf, tryPermit } from "../../testing/throttles";
import { begin, FAST, MEMBER, scene, SLOW, startsOn, times, use, watch } from "../../testing/throttleScene";
import { Permit } from "../flexThrottle";

describe("after a 429", () => {
  const HALF = () => 0.5;
  /** The pauses when the random number is 0.5. */
  const FIRST_PAUSE_MS = 750;
  const LATER_PAUSE_MS = 2200;

  test("pauses the limit once for all 429s of one round trip", async () => {
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

  test("sends one probe at a time until one succeeds, then the other calls", async () => {
    begin({ random: HALF });
    scene.account.closed = { scope: "limit" };
    void use(FAST, 30);
    await scene.clock.run(7000);
    // The slots of the first ten expire a second after their answers. Each later 429 arrives one round trip after its call.
    expect(startsOn(FAST).slice(10)).toEqual([1183, 1363 + LATER_PAUSE_MS, 3743 + LATER_PAUSE_MS]);
    scene.account.closed = undefined;
    await scene.clock.run(60_000);
    expect(scene.account.successCount).toBe(30);
  });

  test("retries less and less often while every call gets a 429", async () => {
    begin({ seed: 5 });
    scene.account.closed = { scope: "limit" };
    void scene.send({ limits: [FAST], isExemptFromRetryBudget: true, maxWaitMs: Infinity });
    await scene.clock.run(600_000);
    const starts = startsOn(FAST);
    expect(starts.filter((atMs) => atMs < 30_000).length).toBeLessThan(25);
    expect(starts.filter((atMs) => atMs >= 300_000).length).toBeLessThan(40);
    scene.account.closed = undefined;
    await scene.clock.run(660_000);
    expect(scene.account.successCount).toBe(1);
  });

  test("keeps the queue position of a throttled call", async () => {
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
    ["its policy is reject", {}, { onBurst: "reject" as const }],
  ])("retries a throttled call even if %s", async (_, settings, call) => {
    begin({ random: HALF, settings });
    scene.account.closed = { scope: "limit" };
    const throttled = watch(scene.send({ limits: [SLOW], ...call }));
    const others = times(2, () => watch(scene.send({ limits: [SLOW] })));
    await scene.clock.run(300);
    scene.account.closed = undefined;
    await scene.clock.run(10_000);
    expect([throttled, ...others].map(({ outcome }) => outcome)).toEqual(["done", "done", "done"]);
    expect(throttled.atMs).toBeLessThan(others[0].atMs);
    expect(scene.account.successCount).toBe(3);
  });

  test("applies the longest Retry-After of one round trip and lowers the rate once", async () => {
    begin({ random: () => 0 });
    const permits = times(10, () => tryPermit(scene.throttle, { limits: [FAST], name: "test" }) as Permit);
    permits.forEach((permit) => permit.markSent());
    await scene.clock.run(100);
    permits.forEach((permit, index) => permit.markEnded({ scope: "limit", retryAfterMs: [0, 9000, 3000][index % 3] }));
    const status = scene.throttle.limitStatuses().find(({ id }) => id === FAST);
    expect(status?.coolDownUntilMs).toBe(100 + 9000);
    expect(status?.adaptivePerSecond).toBeCloseTo(7);
  });

  test("pauses for the longer of backoff and Retry-After", async () => {
    begin({ random: HALF });
    scene.account.closed = { scope: "limit", retryAfterMs: 7000 };
    void use(FAST, 1);
    await scene.clock.run(180);
    scene.account.closed = { scope: "limit", retryAfterMs: 10 };
    void use(MEMBER, 1);
    await scene.clock.run(360);
    expect(scene.throttle.status().coolDownUntilMs).toEqual({ [FAST]: 180 + 7000, [MEMBER]: 360 + FIRST_PAUSE_MS });
  });

  test("pauses every limit if the 429 is for the whole account", async () => {
    begin({ random: HALF });
    scene.account.closed = { scope: "account", retryAfterMs: 2000 };
    void use(FAST, 1);
    await scene.clock.run(181);
    scene.account.closed = undefined;
    void use(SLOW, 1);
    await scene.clock.run(2179);
    expect(startsOn(SLOW)).toHaveLength(0);
    expect(Object.keys(scene.throttle.status().coolDownUntilMs)).toHaveLength(16);
    await scene.clock.run(2700);
    // Retry-After applies to the throttled limit only.
    expect(startsOn(SLOW)).toEqual([180 + LATER_PAUSE_MS]);
    expect(scene.account.successCount).toBe(2);
  });

  test("ends the cool-down at once on retryNow", async () => {
    begin({ random: HALF });
    scene.account.closed = { scope: "limit", retryAfterMs: 60_000 };
    void use(SLOW, 1);
    await scene.clock.run(5000);
    scene.account.closed = undefined;
    scene.throttle.retryNow();
    await scene.clock.run(5200);
    expect(scene.account.successCount).toBe(1);
  });

  test("sends other calls after a while if the probe gets no answer", async () => {
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
    expect(scene.account.successCount).toBe(3);
  });

  test("sends no second probe when an older call is answered late", async () => {
    begin({ random: HALF });
    const finish: (() => void)[] = [];
    const send = (throttled: boolean) =>
      scene.throttle.run(
        { limits: [FAST], name: "test" },
        () => new Promise<boolean>((resolve) => finish.push(() => resolve(throttled))),
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

  test("passes the 429 to the caller and reports it if the retry would come too late", async () => {
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

  test("returns the answer and reports the error if the answer cannot be classified", async () => {
    begin();
    const failure = new Error("cannot classify");
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

  test("passes any other failure to the caller without a retry", async () => {
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

describe("the adaptive rate", () => {
  test("falls after a 429, recovers with use and never exceeds the configured rate", async () => {
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

test("does not count a released permit as retrying", async () => {
  begin();
  const { throttle, clock } = scene;
  const permit = await throttle.acquire({ limits: ["POST /channels"], name: "test" });
  permit.markSent();
  expect(permit.markEnded({ scope: "limit" })).toBe(true);
  const again = permit.requeue();
  expect(throttle.status().retrying).toBe(1);
  await clock.until(again);
  permit.release();
  expect(throttle.status()).toMatchObject({ retrying: 0, waiting: [] });
});
