import { tryPermit } from "../../testing/throttles";
import { begin, FAST, scene, SLOW, times, use, watch } from "../../testing/throttleScene";
import { ThrottleError } from "./errors";

describe("a call that a second layer sees", () => {
  const inner = (key?: string) => tryPermit(scene.throttle, { limits: [SLOW], name: "inner", key });

  test("spends one slot, whether or not the first layer has marked its permit as sent", async () => {
    for (const wasSent of [false, true]) {
      begin();
      const permit = await scene.throttle.acquire({ limits: [SLOW], name: "outer", isEntryPoint: true });
      if (wasSent) permit.markSent();
      const done = scene.throttle.handOff({ limits: [SLOW], key: "CH1", permit, details: {} });
      expect(inner("CH2")).toBeUndefined();
      const taken = inner("CH1");
      expect(taken?.getSlots([SLOW]).size).toBe(1);
      expect(permit.getSlots([SLOW]).size).toBe(0);
      expect(inner("CH1")).toBeUndefined();
      taken?.markSent();
      taken?.markEnded("answered");
      done();
      expect(inner("CH1")).toBeUndefined();
    }
  });

  test("takes its name, kind and priority from the first layer", async () => {
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

  test("uses a hand-off once: later calls for the same chat are calls of their own", async () => {
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

  test("returns its permit when the hand-off ends without it", async () => {
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

  test("uses the permit of an Action for one call; the second call needs its own", async () => {
    begin();
    const permit = tryPermit(scene.throttle, { limits: [SLOW], name: "Action", isEntryPoint: true });
    scene.throttle.handOff({ limits: [SLOW], permit, details: {} });
    expect(inner()).toBeDefined();
    expect(inner()).toBeUndefined();
  });

  test("acquires the limits that the first layer did not", async () => {
    begin();
    const permit = tryPermit(scene.throttle, { limits: [SLOW], name: "Action", isEntryPoint: true });
    scene.throttle.handOff({ limits: [SLOW], permit, details: {} });
    const taken = tryPermit(scene.throttle, { limits: [SLOW, FAST], name: "inner" });
    expect(taken?.getSlots([SLOW, FAST]).size).toBe(2);
    expect(times(10, () => tryPermit(scene.throttle, { limits: [FAST], name: "test" })).filter(Boolean)).toHaveLength(
      9,
    );
  });
});

test("returns the slots of a hand-off when the call is rejected", async () => {
  begin();
  void use(FAST, 10);
  const permit = tryPermit(scene.throttle, { limits: [SLOW], name: "Action", isEntryPoint: true });
  scene.throttle.handOff({ limits: [SLOW], permit, details: {} });
  const rejected = watch(scene.throttle.acquire({ limits: [SLOW, FAST], name: "inner", onBurst: "reject" }));
  await scene.clock.run(1);
  expect(rejected.outcome).toBeInstanceOf(ThrottleError);
  expect(tryPermit(scene.throttle, { limits: [SLOW], name: "next" })).toBeDefined();
});
