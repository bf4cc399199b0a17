import { eventsOf, tryPermit } from "../../testing/throttles";
import { begin, FAST, scene, SLOW, use, watch } from "../../testing/throttleScene";

describe("a listener", () => {
  test("that throws is reported and does not block the queue", async () => {
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

  test("gets the limits, the wait and the attempt number of each sent call", async () => {
    begin({ random: () => 0 });
    const sent: unknown[] = [];
    scene.throttle.onEvent((event) => {
      if (event.type === "sent") sent.push([event.call.name, event.limits, event.waitedMs > 0, event.attempt]);
    });
    scene.account.closed = { scope: "limit" };
    const all = [
      scene.send({ limits: [SLOW, FAST], name: "throttled" }),
      scene.send({ limits: [FAST], name: "other" }),
    ];
    await scene.clock.run(100);
    scene.account.closed = undefined;
    await scene.clock.until(Promise.all(all));
    expect(sent[0]).toEqual(["throttled", [SLOW, FAST], false, 1]);
    expect(sent).toContainEqual(["throttled", [SLOW, FAST], true, 2]);
    expect(sent.filter((one) => (one as string[])[0] === "other").length).toBeGreaterThan(0);
  });

  test("gets the time in the queue, in whichever layer, without the time between the layers", async () => {
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

  test("gets one event per sent call, however many layers see it", async () => {
    begin();
    let sent = 0;
    scene.throttle.onEvent((event) => (sent += event.type === "sent" ? 1 : 0));
    const permit = await scene.throttle.acquire({ limits: [SLOW], name: "outer", key: "CH1" });
    permit.markSent();
    scene.throttle.handOff({ limits: [SLOW], key: "CH1", permit, details: {} });
    await scene.clock.until(scene.send({ limits: [SLOW], name: "inner", key: "CH1" }));
    expect(sent).toBe(1);
  });

  test("gets one event per 429, however many layers see it", async () => {
    begin({ settings: { mode: "observe" } });
    const events = eventsOf(scene.throttle);
    scene.account.closed = { scope: "limit" };
    const permit = await scene.throttle.acquire({ limits: [SLOW], name: "outer", key: "CH1" });
    permit.markSent();
    scene.throttle.handOff({ limits: [SLOW], key: "CH1", permit, details: {} });
    const { tooMany } = await scene.clock.until(scene.send({ limits: [SLOW], name: "inner", key: "CH1" }));
    permit.markEnded(tooMany!);
    expect(events).toMatchObject([{ type: "throttled", call: { name: "inner" }, limits: [SLOW], isRetried: false }]);
  });

  test("gets nothing after it has unsubscribed", async () => {
    begin();
    let heard = 0;
    const ends = [scene.throttle.onChange(() => (heard += 1)), scene.throttle.onEvent(() => (heard += 1))];
    ends.forEach((end) => end());
    await scene.clock.until(Promise.all(use(SLOW, 3)));
    expect(heard).toBe(0);
  });
});
