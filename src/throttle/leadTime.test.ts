import fc from "fast-check";

import { tryPermit } from "../../testing/throttles";
import { begin, MEMBER, scene, SLOW, startsOn, times, use, watch } from "../../testing/throttleScene";

describe("an accept that has its permit ahead of its turn", () => {
  const LEAD_MS = 250;
  const accept = (key: string) =>
    scene.throttle.acquire({ limits: [MEMBER], name: "accept", key, isEntryPoint: true, leadMs: LEAD_MS });

  /** Accepts, and sends the join after the time that this takes. */
  async function acceptAndJoin(key: string, joinAfterMs: number): Promise<void> {
    const permit = await accept(key);
    scene.throttle.handOff({ limits: [MEMBER], key, permit, details: {} });
    await scene.clock.sleep(joinAfterMs);
    await scene.send({ limits: [MEMBER], key });
  }

  test.each([0, 100, 250, 600])(
    "sends its join no sooner than the limit allows, also %s ms after it",
    async (joinAfterMs) => {
      begin();
      const all = Promise.all(times(35, (index) => acceptAndJoin(String(index), joinAfterMs)));
      await scene.clock.until(all);
      expect(startsOn(MEMBER)).toHaveLength(35);
      expect(scene.account.mostInAnySecond(MEMBER)).toBe(10);
      expect(scene.account.refused).toBe(0);
    },
  );

  test("loses no time where the join takes as long as the lead", async () => {
    begin();
    await scene.clock.until(Promise.all(times(20, (index) => acceptAndJoin(String(index), LEAD_MS))));
    const [first, last] = [startsOn(MEMBER)[0], startsOn(MEMBER)[19]];
    // A window after the answers of the first ten, which take 180 ms; without the lead it would be 250 ms more.
    expect(last - first).toBeLessThan(1000 + 180 + 20);
  });

  test("keeps the limit in every history of accepts, joins sooner or later or never, and other calls", async () => {
    const step = fc.record({ afterMs: fc.nat(400), joinAfterMs: fc.option(fc.nat(800)), isAccept: fc.boolean() });
    const property = fc.asyncProperty(
      fc.integer(),
      fc.array(step, { minLength: 15, maxLength: 60 }),
      async (seed, steps) => {
        begin({ seed, way: { fromMs: 30, toMs: 150 } });
        const all = steps.map(async ({ afterMs, joinAfterMs, isAccept }, index) => {
          await scene.clock.sleep(afterMs);
          if (!isAccept) await scene.send({ limits: [MEMBER] });
          else if (joinAfterMs === null) (await accept(String(index))).release();
          else await acceptAndJoin(String(index), joinAfterMs);
        });
        await scene.clock.until(Promise.all(all));
        expect(scene.account.mostInAnySecond(MEMBER)).toBeLessThanOrEqual(10);
        expect(scene.account.refused).toBe(0);
      },
    );
    await fc.assert(property, { numRuns: 300 });
  });

  test("is not sent into a cool-down that began while it was held, and is let go when nobody wants it any more", async () => {
    begin();
    const permit = await scene.clock.until(accept("A"));
    scene.throttle.handOff({ limits: [MEMBER], key: "A", permit, details: {} });
    const unwanted = await scene.clock.until(accept("B"));
    scene.throttle.handOff({ limits: [MEMBER], key: "B", permit: unwanted, details: {} });
    const refused = tryPermit(scene.throttle, { limits: [MEMBER], name: "refused", isEntryPoint: true });
    refused?.markSent();
    refused?.markThrottled({ scope: "limit", retryAfterMs: 5000 });
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

  test("that was held until it was given up for lost is acquired anew", async () => {
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

  test("leaves the window as it was when it is not used", async () => {
    begin();
    await scene.clock.until(Promise.all(use(MEMBER, 10)));
    const ahead = await scene.clock.until(accept("unused"));
    ahead.release();
    await scene.clock.until(Promise.all(use(MEMBER, 10)));
    expect(scene.account.mostInAnySecond(MEMBER)).toBe(10);
  });
});
