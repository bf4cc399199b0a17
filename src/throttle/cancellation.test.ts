import { eventsOf, tryPermit } from "../../testing/throttles";
import { begin, scene, SLOW, startsOn, times, use, watch } from "../../testing/throttleScene";

describe("aborting a call through its signal", () => {
  test("removes the call from the queue with the signal's reason, and sends the next call", async () => {
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

  test("before it is queued sends nothing", async () => {
    begin();
    const controller = new AbortController();
    controller.abort();
    const seen = watch(scene.send({ limits: [SLOW], signal: controller.signal }));
    await scene.clock.run(1000);
    expect(seen.outcome).toMatchObject({ name: "AbortError" });
    expect(tryPermit(scene.throttle, { limits: [SLOW], name: "test", signal: controller.signal })).toBeUndefined();
    expect(startsOn(SLOW)).toHaveLength(0);
  });

  test("ends its retries after a 429, and reports it as aborted instead of dropped", async () => {
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

  test("before its 429 arrives reports it as throttled and not retried, and not as dropped", async () => {
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

  test("leaves no listener on the signal once the call was sent", async () => {
    begin();
    const controller = new AbortController();
    const add = jest.spyOn(controller.signal, "addEventListener");
    const remove = jest.spyOn(controller.signal, "removeEventListener");
    await scene.clock.until(Promise.all(times(3, () => scene.send({ limits: [SLOW], signal: controller.signal }))));
    expect(add).toHaveBeenCalledTimes(2);
    expect(remove.mock.calls.map(([, listener]) => listener)).toEqual(add.mock.calls.map(([, listener]) => listener));
  });
});

describe("canceling a queued call", () => {
  test("fails it, sends the next call, and reports it as dropped", async () => {
    begin();
    const events = eventsOf(scene.throttle);
    void use(SLOW, 1);
    const canceled = watch(scene.send({ limits: [SLOW], name: "not any more" }));
    const next = watch(scene.send({ limits: [SLOW], name: "next" }));
    await scene.clock.run(500);
    expect(scene.throttle.cancel(scene.throttle.status().waiting[0].id)).toBe(true);
    await scene.clock.run(1500);
    expect(canceled).toMatchObject({ outcome: { name: "ThrottleCanceledError" }, atMs: 500 });
    expect(next.outcome).toBe("done");
    expect(events).toMatchObject([
      { type: "dropped", call: { name: "not any more" }, error: { name: "ThrottleCanceledError" } },
    ]);
  });

  test("ends its retries under the id that it had before the 429", async () => {
    begin({ random: () => 0.5 });
    scene.account.closed = { scope: "limit" };
    void use(SLOW, 1);
    const canceled = watch(scene.send({ limits: [SLOW] }));
    await scene.clock.run(100);
    const [{ id }] = scene.throttle.status().waiting;
    await scene.clock.run(2000);
    const again = scene.throttle.status().waiting.find((call) => call.id === id);
    expect(again).toMatchObject({ id });
    expect(scene.throttle.cancel(id)).toBe(true);
    await scene.clock.run(2100);
    expect(canceled.outcome).toMatchObject({ name: "ThrottleCanceledError" });
    expect(scene.throttle.status().waiting.map((call) => call.id)).not.toContain(id);
  });

  test("does nothing once the call was sent", async () => {
    begin();
    void use(SLOW, 2);
    await scene.clock.run(100);
    const [{ id }] = scene.throttle.status().waiting;
    await scene.clock.run(2000);
    expect(scene.throttle.cancel(id)).toBe(false);
  });
});
