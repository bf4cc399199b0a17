import { begin, FAST, scene, SLOW, startsOn, times, use, watch } from "../../testing/throttleScene";
import { readSettings } from "../settings/readSettings";

describe("changing the settings", () => {
  const configure = (mode: string) => scene.throttle.configure(readSettings({ mode }).settings);

  test.each(["off", "observe"])("mode %s sends all queued calls at once, and retries nothing", async (mode) => {
    begin();
    const calls = use(SLOW, 20).map(watch);
    await scene.clock.run(500);
    configure(mode);
    await scene.clock.run(700);
    expect(calls.every(({ outcome }) => outcome === "done")).toBe(true);
    expect(startsOn(SLOW)).toHaveLength(20);
    expect(scene.account.throttledCount).toBe(19);
  });

  test("mode enforce counts the calls that were sent in observe", async () => {
    begin({ settings: { mode: "observe" } });
    void use(FAST, 30);
    await scene.clock.run(100);
    configure("enforce");
    const next = watch(scene.send({ limits: [FAST] }));
    await scene.clock.run(999);
    expect(next.outcome).toBe("pending");
    expect(startsOn(FAST)).toHaveLength(30);
  });

  test("applies new limits to queued calls", async () => {
    begin();
    const calls = times(6, () => watch(scene.throttle.acquire({ limits: [SLOW], name: "test" })));
    await scene.clock.run(10);
    scene.throttle.configure(readSettings({ limits: { [SLOW]: { perSecond: 50 } } }).settings);
    await scene.clock.run(1500);
    expect(calls.every(({ outcome }) => outcome === "done")).toBe(true);
  });
});
