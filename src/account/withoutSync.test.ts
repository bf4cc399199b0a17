import fc from "fast-check";

import { Outage } from "../../testing/memoryLogs";
import { begin, CALL, LIMIT } from "../../testing/sharedBursts";
import { STEADY } from "../../testing/scene";
import { SharedScene } from "../../testing/sharedScene";

const bursts = fc.array(fc.record({ atMs: fc.nat(20_000), calls: fc.integer({ min: 1, max: 25 }) }), {
  minLength: 1,
  maxLength: 6,
});
type Bursts = typeof bursts extends fc.Arbitrary<infer Each> ? Each : never;

/** A service that refuses a push because of too many writes is still there: the push is repeated, up to three times. */
const fault = fc.constantFrom<Outage>("offline", "silent", "forbidden", "failed", "tokenRejected");

/** @returns when the calls were sent, after this. */
async function sendAll({ clock, browsers, account }: SharedScene, steps: Bursts): Promise<number[]> {
  const startMs = clock.now();
  const before = account.sentAtMs.get(LIMIT)?.length ?? 0;
  const all = steps.flatMap(({ atMs, calls }) =>
    Array.from({ length: calls }, async () => {
      await clock.sleep(atMs);
      await browsers[0].send(CALL);
    }),
  );
  await clock.until(Promise.all(all));
  return (account.sentAtMs.get(LIMIT) ?? []).slice(before).map((ms) => ms - startMs);
}

test("a browser that has lost the service sends every call when the local throttle alone would", async () => {
  const property = fc.asyncProperty(fault, bursts, async (kind, steps) => {
    const [lost, alone] = [
      await begin(1, { latency: STEADY }),
      await begin(1, { latency: STEADY, usesBudget: () => false }),
    ];
    lost.logs.fault = kind;
    for (const scene of [lost, alone]) {
      // The first call finds out.
      await sendAll(scene, [{ atMs: 0, calls: 1 }]);
      await scene.clock.run(10_000);
    }
    expect(lost.browsers[0].budget.health).toBe("degraded");
    const expected = await sendAll(alone, steps);
    const found = await sendAll(lost, steps);
    expect(found).toHaveLength(expected.length);
    // Timers that were set at other times round to other milliseconds.
    found.forEach((ms, n) => expect(Math.abs(ms - expected[n])).toBeLessThan(10));
  });
  await fc.assert(property, { numRuns: 100, endOnFailure: true });
});

test("while a browser has not noticed that the service is lost, a call waits for two seconds longer at most", async () => {
  const property = fc.asyncProperty(fault, fc.nat(20_000), bursts, async (kind, lostMs, steps) => {
    const [lost, alone] = [
      await begin(1, { latency: STEADY }),
      await begin(1, { latency: STEADY, usesBudget: () => false }),
    ];
    lost.clock.schedule(() => (lost.logs.fault = kind), lostMs);
    const expected = await sendAll(alone, steps);
    const found = await sendAll(lost, steps);
    expect(found).toHaveLength(expected.length);
    // And for its own push, or its turn.
    found.forEach((ms, n) => expect(ms - expected[n]).toBeLessThan(2500));
  });
  await fc.assert(property, { numRuns: 100, endOnFailure: true });
});
