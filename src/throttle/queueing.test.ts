import { tryPermit } from "../../testing/throttles";
import { begin, FAST, MEMBER, scene, SLOW, startsOn, times, use, watch } from "../../testing/throttleScene";
import { Call } from "../flexThrottle";
import { RateLimitId } from "../limits/limits";
import { Priority } from "./queueOrder";

/** Sends the calls and records their names in the order of sending. */
function startOrder(
  calls: (Partial<Call> & { name: string; afterMs?: number })[],
  limit: RateLimitId = SLOW,
): { order: string[]; all: Promise<unknown> } {
  const order: string[] = [];
  const all = calls.map(async ({ afterMs = 0, ...call }) => {
    await scene.clock.sleep(afterMs);
    await scene.throttle.run(
      { limits: [limit], ...call },
      async () => {
        order.push(call.name);
        await scene.clock.sleep(50);
      },
      () => undefined,
    );
  });
  return { order, all: Promise.all(all) };
}

describe("the queue", () => {
  test("sends calls of one priority in the order of arrival", async () => {
    begin();
    const { order, all } = startOrder(times(6, (index) => ({ name: String(index), afterMs: index })));
    await scene.clock.until(all);
    expect(order).toEqual(["0", "1", "2", "3", "4", "5"]);
  });

  test("sends high priority before normal, and normal before low", async () => {
    begin();
    const calls: [string, Priority][] = [
      ["first", "low"],
      ["low", "low"],
      ["normal", "normal"],
      ["high", "high"],
      ["high too", "high"],
    ];
    const { order, all } = startOrder(calls.map(([name, priority], afterMs) => ({ name, priority, afterMs })));
    await scene.clock.until(all);
    expect(order).toEqual(["first", "high", "high too", "normal", "low"]);
  });

  test("sends a low-priority call before any call that arrives more than half a minute later", async () => {
    begin();
    const stream = times(60, (index) => ({ name: `high ${index}`, priority: "high" as const, afterMs: index * 1000 }));
    const { order, all } = startOrder([
      { name: "now", afterMs: 0 },
      { name: "bulk", priority: "low", afterMs: 1 },
      ...stream.slice(1),
    ]);
    await scene.clock.until(all);
    const overtakenBy = order.indexOf("bulk") - 1;
    expect(overtakenBy).toBeGreaterThan(20);
    expect(overtakenBy).toBeLessThanOrEqual(31);
  });

  test("sends the call with the earliest deadline first", async () => {
    begin();
    const deadlines: [string, number][] = [
      ["now", Infinity],
      ["late", 30_000],
      ["soon", 12_000],
      ["never", Infinity],
      ["sooner", 11_000],
    ];
    const { order, all } = startOrder(
      deadlines.map(([name, deadlineMs], afterMs) => ({ name, deadlineMs, afterMs, priority: "high" })),
    );
    await scene.clock.until(all);
    expect(order).toEqual(["now", "sooner", "soon", "late", "never"]);
  });

  test("expires a call at its deadline without sending it", async () => {
    begin();
    void use(SLOW, 1);
    const seen = watch(scene.send({ limits: [SLOW], deadlineMs: 400 }));
    await scene.clock.run(3000);
    expect(seen).toEqual({ outcome: expect.objectContaining({ name: "ThrottleTimeoutError" }), atMs: 400 });
    expect(startsOn(SLOW)).toHaveLength(1);
  });

  test("grants no permit ahead of a queued call on the same limit", async () => {
    begin();
    void use(FAST, 11);
    await scene.clock.run(1);
    expect(tryPermit(scene.throttle, { limits: [FAST], name: "test" })).toBeUndefined();
    expect(tryPermit(scene.throttle, { limits: [MEMBER], name: "test" })).toBeDefined();
  });

  test("does not delay a call whose own limit has a slot", async () => {
    begin();
    void use(SLOW, 5);
    const seen = watch(scene.send({ limits: [FAST] }));
    await scene.clock.run(200);
    expect(seen).toEqual({ outcome: "done", atMs: 180 });
  });
});

test("counts a call as arrived one second after it was sent, even if its answer takes longer", async () => {
  begin();
  void times(10, () =>
    scene.throttle.run(
      { limits: [FAST], name: "slow" },
      () => scene.clock.sleep(1900),
      () => undefined,
    ),
  );
  void use(FAST, 1);
  await scene.clock.run(2010);
  expect(startsOn(FAST)).toEqual([2003]);
});

test("does not postpone the first turn when many calls arrive", async () => {
  begin();
  const { clock, account } = scene;
  for (let n = 0; n < 11; n += 1) void scene.send({ limits: ["POST /channels"] });
  for (let n = 1; n <= 400; n += 1) {
    await clock.run(n * 1.9);
    void scene.send({ limits: ["POST /channels"] });
  }
  await clock.run(1300);
  expect((account.sentAtMs.get("POST /channels") as number[])[10]).toBeLessThan(1200);
});
