import { eventsOf } from "../../testing/throttles";
import { begin, FAST, scene, SLOW, times, use, watch } from "../../testing/throttleScene";
import { ThrottleError } from "./errors";

describe("a call that is not sent", () => {
  test("fails with the limit, the calls ahead and the wait when the queue is full", async () => {
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

  test("is queued even in a full queue when it is exempt from the queue limit", async () => {
    begin({ settings: { queue: { maxLength: 2 } } });
    void use(SLOW, 3);
    const join = watch(scene.send({ limits: [SLOW], isExemptFromQueueLimit: true, priority: "high" }));
    await scene.clock.run(3000);
    expect(join.outcome).toBe("done");
  });

  test("times out after the configured wait", async () => {
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

  test("times out after its own maximum wait while calls ahead of it still wait", async () => {
    begin();
    void use(SLOW, 3);
    const seen = watch(scene.send({ limits: [SLOW], maxWaitMs: 100 }));
    await scene.clock.run(500);
    expect(seen).toMatchObject({ atMs: 100, outcome: { name: "ThrottleTimeoutError", ahead: 2 } });
  });

  test("counts the calls ahead of it that time out together with it", async () => {
    begin();
    const calls = times(25, (index) =>
      watch(scene.send({ limits: index % 5 === 4 ? [FAST, SLOW] : [FAST], maxWaitMs: 500 })),
    );
    times(2, () => watch(scene.send({ limits: [FAST], priority: "high" })));
    await scene.clock.run(501);
    const errors = calls
      .map(({ outcome }) => outcome)
      .filter((outcome): outcome is ThrottleError => outcome instanceof ThrottleError);
    // Call 9 waits for SLOW, and all later calls wait behind it. One high-priority call is ahead of them all.
    expect(errors.map(({ limit, ahead }) => [limit, ahead])).toEqual(
      times(16, (index) => (index > 0 && index % 5 === 0 ? [SLOW, index / 5] : [FAST, index + 1])),
    );
  });

  test("is rejected at once with the policy reject, but only if it would have to wait", async () => {
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

  test("names the limit that it would have to wait for", async () => {
    begin();
    void use(SLOW, 3);
    const seen = watch(scene.send({ limits: [FAST, SLOW], onBurst: "reject" }));
    await scene.clock.run(0);
    expect(seen.outcome).toMatchObject({ limit: SLOW, ahead: 2 });
  });

  test("is reported as dropped unless it proceeds without a permit", async () => {
    begin({ settings: { queue: { maxLength: 1 } } });
    const events = eventsOf(scene.throttle);
    void use(SLOW, 2);
    [{ name: "required" }, { name: "optional", proceedsWithoutPermit: true }].forEach((call) =>
      watch(scene.send({ limits: [SLOW], ...call })),
    );
    await scene.clock.run(0);
    expect(events.map((event) => [event.type, event.call.name])).toEqual([["dropped", "required"]]);
  });
});

test.each([
  ["the policy reject", { onBurst: "reject" as const }],
  ["a full queue", {}],
  ["no time to wait", { maxWaitMs: 0, isExemptFromQueueLimit: true }],
])("rejects in a later task under %s, so that an immediate retry cannot block the page", async (_, details) => {
  begin({ settings: { queue: { maxLength: 1 } } });
  void use(SLOW, 2);
  let tries = 0;
  const retry = (): void => {
    tries += 1;
    // Without the limit, a failing test would never end.
    if (tries < 100) void scene.send({ limits: [SLOW], ...details }).catch(retry);
  };
  retry();
  await scene.clock.run(-1);
  expect(tries).toBe(1);
});
