import { tryPermit } from "../../testing/throttles";
import { begin, scene, SLOW, watch } from "../../testing/throttleScene";

describe("an unused permit", () => {
  test("delays the next call by three seconds at most", async () => {
    begin();
    tryPermit(scene.throttle, { limits: [SLOW], name: "forgotten" });
    const next = watch(scene.send({ limits: [SLOW] }));
    await scene.clock.run(2900);
    expect(next.outcome).toBe("pending");
    await scene.clock.run(3500);
    expect(next.outcome).toBe("done");
  });

  test("stops being the probe after its lease timeout", async () => {
    begin();
    const throttled = tryPermit(scene.throttle, { limits: [SLOW], name: "throttled" });
    throttled?.markSent();
    throttled?.markEnded({ scope: "limit", retryAfterMs: 5000 });
    await scene.clock.run(5001);
    expect(tryPermit(scene.throttle, { limits: [SLOW], name: "forgotten" })).toBeDefined();
    const next = watch(scene.send({ limits: [SLOW] }));
    await scene.clock.run(8000);
    expect(next.outcome).toBe("pending");
    await scene.clock.run(13_000);
    expect(next.outcome).toBe("done");
  });

  test("counts when it is used after its lease timeout", async () => {
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
});
