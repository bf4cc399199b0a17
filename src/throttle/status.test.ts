import { begin, FAST, scene, SLOW, use, watch } from "../../testing/throttleScene";
import { RateLimitId } from "../limits/limits";

describe("the status", () => {
  test("shows the configured and adaptive rates, the queued calls and the cool-down of each limit", async () => {
    begin({ random: () => 0.5, settings: { limits: { [SLOW]: { perSecond: 2 } } } });
    scene.account.closed = { scope: "limit" };
    void use(SLOW, 4);
    await scene.clock.run(200);
    const statuses = scene.throttle.limitStatuses();
    const of = (id: RateLimitId) => statuses.find((status) => status.id === id)!;
    expect(of(SLOW)).toMatchObject({ configuredPerSecond: 2, waiting: 4 });
    expect(of(SLOW).longestWaitMs).toBeGreaterThanOrEqual(200);
    expect(of(SLOW).adaptivePerSecond).toBeLessThan(2);
    expect(of(SLOW).coolDownUntilMs).toBeGreaterThan(200);
    expect(of(FAST)).toEqual({
      id: FAST,
      configuredPerSecond: 10,
      adaptivePerSecond: 10,
      coolDownUntilMs: -Infinity,
      waiting: 0,
      longestWaitMs: 0,
    });
  });

  test("lists the queued calls in the order of their turns, with start times", async () => {
    begin();
    void use(SLOW, 1);
    watch(scene.send({ limits: [SLOW], name: "second" }));
    watch(scene.send({ limits: [SLOW], name: "first", priority: "high", kind: "join" }));
    await scene.clock.run(200);
    const status = scene.throttle.status();
    expect(status.waiting.map(({ name, kind }) => [name, kind])).toEqual([
      ["first", "join"],
      ["second", undefined],
    ]);
    const starts = status.waiting.map(({ startMs }) => startMs);
    expect(starts[0]).toBeGreaterThan(1000);
    expect(starts[0]).toBeLessThan(1300);
    expect(starts[starts.length - 1] - starts[0]).toBeGreaterThanOrEqual(1000);
  });
});
