import { begin, burst, CALL, LIMIT } from "../../testing/sharedBursts";
import { newSharedScene, SharedScene } from "../../testing/sharedScene";
import { itemOf, ticketOf } from "../../testing/tickets";

const SLOW = "GET /WebChannels"; // 1 a second

const ids = (scene: SharedScene) => scene.logs.itemsOf(LIMIT).map(({ data }) => (data as { id: string }).id);
const callsIn = (scene: SharedScene) =>
  scene.logs.itemsOf(LIMIT).reduce((sum, { data }) => sum + (data as { n: number }).n, 0);

test("sends a call on a quiet account at most 0.2 s later, in the median", async () => {
  const waits: number[] = [];
  for (let seed = 1; seed <= 20; seed += 1) {
    const scene = await begin(3, { seed });
    const startMs = scene.clock.now();
    scene.browsers[0].throttle.onEvent(({ type }) => type === "sent" && waits.push(scene.clock.now() - startMs));
    await scene.clock.until(scene.browsers[0].send(CALL));
    expect(scene.account.throttledCount).toBe(0);
  }
  expect(waits.sort((a, b) => a - b)[10]).toBeLessThanOrEqual(200);
});

test("opens a log only when its limit is first used", async () => {
  const scene = newSharedScene(2);
  await scene.clock.run(60_000);
  expect(scene.logs.counts.opened).toBe(0);
  await scene.clock.until(scene.browsers[0].send(CALL));
  expect(scene.logs.counts).toMatchObject({ opened: 1, pushed: 1 });
});

test("waits for the log to open before its first call, and not longer than two seconds", async () => {
  const scene = newSharedScene(1);
  scene.logs.fault = "silent";
  await scene.clock.until(scene.browsers[0].send(CALL));
  expect(scene.account.sentAtMs.get(LIMIT)).toEqual([2000]);
  expect(scene.browsers[0].budget.status(2000)).toMatchObject({ health: "degraded", problem: "slow" });
});

test("hides the round trip of a join behind its accept", async () => {
  const scene = await begin(2);
  const { throttle } = scene.browsers[0];
  const acceptMs = scene.clock.now();
  const accept = { ...CALL, name: "accept", priority: "join", key: "CH1", isEntryPoint: true, leadMs: 250 } as const;
  const permit = await scene.clock.until(throttle.acquire(accept));
  expect(scene.clock.now()).toBe(acceptMs);
  throttle.handOff({ limits: [LIMIT], key: "CH1", permit, details: {} });
  await scene.clock.run(acceptMs + 250);
  const join = await scene.clock.until(throttle.acquire({ ...CALL, name: "join", key: "CH1" }));
  expect(scene.clock.now()).toBeLessThanOrEqual(acceptMs + 300);
  join.markSent();
  expect(callsIn(scene)).toBe(1);
});

test("gives every accept and its join one turn, when several are accepted at once", async () => {
  const scene = newSharedScene(2, { settings: { limits: { [LIMIT]: { perSecond: 3 } } }, perSecond: () => 3 });
  const { clock, browsers } = scene;
  const joins = browsers.flatMap(({ throttle, send }, browser) =>
    [0, 1, 2, 3, 4].map(async (chat) => {
      const key = `${browser}.${chat}`;
      const accept = { ...CALL, name: "accept", priority: "join", key, isEntryPoint: true, leadMs: 250 } as const;
      const permit = await throttle.acquire(accept);
      throttle.handOff({ limits: [LIMIT], key, permit, details: {} });
      await clock.sleep(400);
      return send({ ...CALL, priority: "join", key });
    }),
  );
  await clock.until(Promise.all(joins));
  expect(browsers.flatMap(({ reported }) => reported)).toEqual([]);
  expect(clock.now()).toBeLessThan(7000);
});

test("paces a limit of one call a second for all browsers", async () => {
  const scene = newSharedScene(4, { latency: { fromMs: 40, toMs: 60 } });
  const all = scene.browsers.flatMap(({ send }) => [0, 1].map(() => send({ ...CALL, limits: [SLOW] })));
  await scene.clock.until(Promise.all(all));
  // The local throttle counts from the answer, so a second call of the same browser is a little late for its turn.
  expect(scene.account.throttledCount).toBeLessThanOrEqual(1);
  expect(scene.clock.now()).toBeLessThan(9 * 1060 + 1500);
});

test("asks for each call once, in tickets of at most ten", async () => {
  const scene = await begin(1);
  await burst(scene, 60);
  expect(callsIn(scene)).toBe(60);
  expect(new Set(ids(scene)).size).toBe(ids(scene).length);
  expect(scene.logs.itemsOf(LIMIT).every(({ data }) => (data as { n: number }).n <= 10)).toBe(true);
});

test("repeats a call after a 429 by a ticket of its own", async () => {
  const scene = await begin(1);
  scene.account.closed = { scope: "limit" };
  scene.clock.schedule(() => (scene.account.closed = undefined), 300);
  await scene.clock.until(scene.browsers[0].send(CALL));
  expect(scene.logs.itemsOf(LIMIT).map(({ data }) => data)).toEqual([
    expect.objectContaining({ n: 1, c: 1 }),
    expect.objectContaining({ n: 1, c: 1, r: 1 }),
  ]);
  expect(scene.browsers[0].budget.status(scene.clock.now()).limits).toMatchObject([{ throttled: 1, agents: 1 }]);
});

test.each([10, 20])("sends no call without a ticket, and no ticket without a call, with %s browsers", async (count) => {
  const scene = await begin(count, { lateShare: 0.02, storedTwiceShare: 0.05, doubledShare: 0.05 });
  await burst(scene, 3);
  const sent = scene.account.sentAtMs.get(LIMIT)?.length;
  const tickets = new Map(scene.logs.itemsOf(LIMIT).map(({ data }) => [(data as { id: string }).id, data]));
  const asked = Array.from(tickets.values()).reduce<number>((sum, data) => sum + (data as { n: number }).n, 0);
  expect(asked).toBe(sent);
});

describe("without the service", () => {
  test.each(["offline", "silent", "forbidden", "failed", "tokenRejected"] as const)(
    "nobody waits longer than with the local throttle alone: %s",
    async (fault) => {
      const scene = await begin(1);
      const alone = newSharedScene(1, { usesBudget: () => false });
      scene.logs.fault = fault;
      // The first call may find out.
      await scene.clock.until(scene.browsers[0].send(CALL));
      await scene.clock.run(scene.clock.now() + 2000);
      await alone.clock.until(alone.browsers[0].send(CALL));
      await alone.clock.run(alone.clock.now() + 2000);
      const withBudget = await burst(scene, 30);
      const withoutBudget = await burst(alone, 30);
      expect(withBudget).toBeLessThan(withoutBudget * 1.2);
      expect(scene.browsers[0].budget.health).toBe("degraded");
    },
  );

  test("returns by itself, not all browsers at once", async () => {
    const scene = await begin(30);
    scene.logs.fault = "offline";
    expect(scene.browsers.every(({ budget }) => budget.health === "degraded")).toBe(true);
    await scene.clock.run(scene.clock.now() + 10_000);
    scene.logs.fault = undefined;
    const backMs = scene.clock.now();
    const live = () => scene.browsers.filter(({ budget }) => budget.health === "live").length;
    await scene.clock.run(backMs + 1500);
    expect(live()).toBeLessThan(25);
    await scene.clock.run(backMs + 6000);
    expect(live()).toBe(30);
  });

  test("opens a new log after somebody has deleted the log, and shares the limit again", async () => {
    const scene = await begin(3);
    await burst(scene, 5);
    const burstEnds = burst(scene, 10);
    scene.logs.delete(LIMIT);
    expect(scene.browsers.every(({ budget }) => budget.health === "degraded")).toBe(true);
    await burstEnds;
    await scene.clock.run(scene.clock.now() + 10_000);
    expect(scene.browsers.every(({ budget }) => budget.health === "live")).toBe(true);
    const sent = scene.account.sentAtMs.get(LIMIT)?.length as number;
    const asked = callsIn(scene);
    await burst(scene, 5, 2);
    expect(scene.account.sentAtMs.get(LIMIT)).toHaveLength(sent + callsIn(scene) - asked);
    expect(scene.browsers.flatMap(({ reported }) => reported)).toEqual([]);
  });

  test("drops its turns when it is closed, and holds back nothing", async () => {
    const scene = await begin(1);
    const all = Promise.all(Array.from({ length: 20 }, () => scene.browsers[0].send(CALL)));
    await scene.clock.run(scene.clock.now() + 50);
    scene.browsers[0].budget.close();
    scene.browsers[0].throttle.reevaluate();
    await scene.clock.until(all);
    expect(scene.browsers[0].budget.health).toBe("off");
    expect(scene.browsers[0].reported).toEqual([]);
  });
});

describe("a ticket whose event is late", () => {
  const ONE_PER_SECOND = {
    settings: { limits: { [LIMIT]: { perSecond: 1 } } },
    perSecond: () => 1,
    latency: { fromMs: 50, toMs: 50 },
  };

  test("keeps its turn before the tickets that were stored after it", async () => {
    const scene = await begin(4, { ...ONE_PER_SECOND, lateShare: 1 });
    await scene.clock.until(
      Promise.all(
        scene.browsers.map(async ({ send }, n) => {
          await scene.clock.sleep(n * 10);
          await send(CALL);
        }),
      ),
    );
    expect(scene.account.throttledCount).toBe(0);
  });

  test("is not expected for long from a service that skips indexes", async () => {
    const timeOf = async (skipsIndexes: boolean) => {
      const scene = await begin(4, { ...ONE_PER_SECOND, skipsIndexes });
      await burst(scene, 1);
      await scene.clock.run(scene.clock.now() + 20_000);
      return burst(scene, 3);
    };
    expect(await timeOf(true)).toBe(await timeOf(false));
  });
});

test("ignores what other browsers should not write, and reports it once", async () => {
  const scene = await begin(1);
  [{ v: 1 }, "text", null, { v: 1, id: "x.1", n: 1e9 }].forEach((data) => scene.logs.store(LIMIT, data));
  scene.logs.store(LIMIT, itemOf(0, 0, ticketOf("other", 1, { calls: 3 })).data);
  await scene.clock.until(scene.browsers[0].send(CALL));
  expect(scene.browsers[0].reported).toEqual([
    expect.objectContaining({ message: expect.stringMatching(/malformed|absurd/) }),
  ]);
  expect(scene.browsers[0].budget.status(scene.clock.now()).limits).toMatchObject([{ limit: LIMIT, agents: 2 }]);
});

test("takes another turn when the page is held up for more than a second", async () => {
  const scene = await begin(1);
  const { throttle } = scene.browsers[0];
  const accept = { ...CALL, name: "accept", key: "CH1", isEntryPoint: true, leadMs: 250 } as const;
  const permit = await scene.clock.until(throttle.acquire(accept));
  throttle.handOff({ limits: [LIMIT], key: "CH1", permit, details: {} });
  await scene.clock.run(scene.clock.now() + 1800);
  await scene.clock.until(scene.browsers[0].send({ ...CALL, key: "CH1" }));
  expect(callsIn(scene)).toBe(2);
});
