import { tryPermit } from "../../testing/throttles";
import { begin, FAST, scene, SLOW, times, use, watch } from "../../testing/throttleScene";
import { ThrottleError } from "./errors";

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
