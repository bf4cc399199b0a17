import { eventsOf } from "../../testing/throttles";
import { begin, FAST, scene, SLOW, times, use, watch } from "../../testing/throttleScene";
import { ThrottleError } from "./errors";

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
