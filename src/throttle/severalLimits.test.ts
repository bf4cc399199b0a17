import { begin, FAST, MEMBER, scene, SLOW, startsOn, times, use, watch } from "../../testing/throttleScene";

describe("a call on several limits", () => {
  test("takes no slot of one limit while it waits for the other", async () => {
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

  test("is not starved by calls that need only one of its limits", async () => {
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

  test("spends one slot of a limit that it names twice", async () => {
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
