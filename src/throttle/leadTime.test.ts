import fc from "fast-check";

import { tryPermit } from "../../testing/throttles";
import { begin, MEMBER, scene, SLOW, startsOn, times, use, watch } from "../../testing/throttleScene";
import { NO_ACCOUNT_BUDGET } from "./accountBudget";

describe("an accept with a lead time", () => {
  const LEAD_MS = 250;
  const accept = (key: string) =>
    scene.throttle.acquire({ limits: [MEMBER], name: "accept", key, isEntryPoint: true, leadMs: LEAD_MS });

  /** Accepts, and sends the join `joinAfterMs` later. */
  async function acceptAndJoin(key: string, joinAfterMs: number): Promise<void> {
    const permit = await accept(key);
    scene.throttle.handOff({ limits: [MEMBER], key, permit, details: {} });
    await scene.clock.sleep(joinAfterMs);
    await scene.send({ limits: [MEMBER], key });
  }

  test.each([0, 100, 250, 600])(
    "never sends its join before the limit allows, when the join follows %s ms later",
    async (joinAfterMs) => {
      begin();
      const all = Promise.all(times(35, (index) => acceptAndJoin(String(index), joinAfterMs)));
      await scene.clock.until(all);
      expect(startsOn(MEMBER)).toHaveLength(35);
      expect(scene.account.mostInAnySecond(MEMBER)).toBe(10);
      expect(scene.account.throttledCount).toBe(0);
    },
  );

  test("costs no extra time when the join takes as long as the lead time", async () => {
    begin();
    await scene.clock.until(Promise.all(times(20, (index) => acceptAndJoin(String(index), LEAD_MS))));
    const [first, last] = [startsOn(MEMBER)[0], startsOn(MEMBER)[19]];
    // One second after the answers of the first ten, which take 180 ms. Without the lead time it would be 250 ms more.
    expect(last - first).toBeLessThan(1000 + 180 + 20);
  });

  test("gives its turn of the account's budget back once if it is released before its slot is free", async () => {
    const giveBack = jest.fn();
    const turn = { ...NO_ACCOUNT_BUDGET.take(MEMBER, 0), giveBack };
    begin({ accountBudget: { ...NO_ACCOUNT_BUDGET, health: "live", take: () => turn } });
    await scene.clock.until(Promise.all(use(MEMBER, 10)));
    const permit = await scene.clock.until(accept("CH1"));
    permit.release();
    await scene.clock.run(scene.clock.now() + 5000);
    await scene.clock.until(Promise.all(use(MEMBER, 1)));
    expect(giveBack).toHaveBeenCalledTimes(1);
  });

  test("keeps the limit in every history of accepts, early, late and missing joins, and other calls", async () => {
    const step = fc.record({ afterMs: fc.nat(400), joinAfterMs: fc.option(fc.nat(800)), isAccept: fc.boolean() });
    const property = fc.asyncProperty(
      fc.integer(),
      fc.array(step, { minLength: 15, maxLength: 60 }),
      async (seed, steps) => {
        begin({ seed, delay: { fromMs: 30, toMs: 150 } });
        const all = steps.map(async ({ afterMs, joinAfterMs, isAccept }, index) => {
          await scene.clock.sleep(afterMs);
          if (!isAccept) await scene.send({ limits: [MEMBER] });
          else if (joinAfterMs === null) (await accept(String(index))).release();
          else await acceptAndJoin(String(index), joinAfterMs);
        });
        await scene.clock.until(Promise.all(all));
        expect(scene.account.mostInAnySecond(MEMBER)).toBeLessThanOrEqual(10);
        expect(scene.account.throttledCount).toBe(0);
      },
    );
    await fc.assert(property, { numRuns: 300 });
  });

  test("holds its join during a cool-down that starts after it, and releases its permit when the join is aborted", async () => {
    begin();
    const permit = await scene.clock.until(accept("A"));
    scene.throttle.handOff({ limits: [MEMBER], key: "A", permit, details: {} });
    const unwanted = await scene.clock.until(accept("B"));
    scene.throttle.handOff({ limits: [MEMBER], key: "B", permit: unwanted, details: {} });
    const throttled = tryPermit(scene.throttle, { limits: [MEMBER], name: "throttled", isEntryPoint: true });
    throttled?.markSent();
    throttled?.markEnded({ scope: "limit", retryAfterMs: 5000 });
    const controller = new AbortController();
    const joined = watch(scene.send({ limits: [MEMBER], key: "A" }));
    const left = watch(scene.send({ limits: [MEMBER], key: "B", signal: controller.signal }));
    await scene.clock.run(1000);
    controller.abort();
    await scene.clock.run(4900);
    expect(startsOn(MEMBER)).toEqual([]);
    expect(left.outcome).toMatchObject({ name: "AbortError" });
    await scene.clock.run(6000);
    expect(startsOn(MEMBER)).toEqual([expect.any(Number)]);
    expect(joined.outcome).toBe("done");
  });

  test("needs a new permit for its join after the lease timeout", async () => {
    begin();
    const permit = await scene.clock.until(
      scene.throttle.acquire({ limits: [SLOW], name: "outer", isEntryPoint: true }),
    );
    scene.throttle.handOff({ limits: [SLOW], key: "A", permit, details: {} });
    await scene.clock.run(60_001);
    await scene.clock.until(scene.send({ limits: [SLOW] }));
    const late = watch(scene.send({ limits: [SLOW], key: "A" }));
    await scene.clock.run(60_400);
    expect(late.outcome).toBe("pending");
    await scene.clock.until(scene.send({ limits: [SLOW] }));
    expect(scene.account.mostInAnySecond(SLOW)).toBe(1);
  });

  test("leaves no slot behind when its permit is not used", async () => {
    begin();
    await scene.clock.until(Promise.all(use(MEMBER, 10)));
    const ahead = await scene.clock.until(accept("unused"));
    ahead.release();
    await scene.clock.until(Promise.all(use(MEMBER, 10)));
    expect(scene.account.mostInAnySecond(MEMBER)).toBe(10);
  });
});
