import { tryPermit } from "../../testing/throttles";
import { begin, scene, SLOW, watch } from "../../testing/throttleScene";

describe("an unused permit", () => {
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
});
