import { begin, FAST, scene, SLOW, use, watch } from "../../testing/throttleScene";
import { RateLimitId } from "../limits/limits";
import { TooManyRequests } from "./tooManyRequests";

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

  test("says which 429 made each limit cool down", async () => {
    begin({ random: () => 0.5 });
    const { throttle, clock } = scene;
    const said = { status: 429, code: 20429, host: "flex-api.twilio.com", retryAfterMs: 7000 };
    const send429 = (limits: RateLimitId[], name: string, tooMany: TooManyRequests) =>
      void throttle.run(
        { limits, name },
        async () => undefined,
        () => tooMany,
      );
    send429([SLOW], "reading", { scope: "account", ...said });
    await clock.run(1);
    const cause = { call: "reading", scope: "account", ...said };
    const causeOf = (id: RateLimitId) => throttle.limitStatuses().find((status) => status.id === id)?.coolDownCause;
    expect(causeOf(SLOW)).toEqual(cause);
    expect(causeOf(FAST)).toEqual(cause);
    expect(throttle.status().coolDownCauses).toMatchObject({ [SLOW]: cause, [FAST]: cause });
    await clock.run(4000);
    expect(causeOf(SLOW)).toEqual(cause);
    expect(causeOf(FAST)).toBeUndefined();
    expect(throttle.status().coolDownCauses).toEqual({ [SLOW]: cause });
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
