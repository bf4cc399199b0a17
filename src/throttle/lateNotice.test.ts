/** A busy page notices answers late. The throttle then gets the time of their arrival from the browser. */

import fc from "fast-check";

import { COUNTINGS } from "../../testing/account";
import { newScene, Scene, STEADY, tooManyIn } from "../../testing/scene";
import { seeded } from "../../testing/virtualClock";

const LIMIT = "POST /WebChannels/Users"; // 10 a second

interface Notice {
  /** How long after its arrival the page notices the answer, in milliseconds. */
  readonly lateMs: number;
  /** How long after its arrival the browser reports it, in milliseconds; `undefined` for never. */
  readonly reportedAfterMs?: number;
}

function send({ throttle, account, clock }: Scene, notice: () => Notice) {
  return throttle.run(
    { limits: [LIMIT], name: "test" },
    async (_, attempt) => {
      const answer = await account.request([LIMIT]);
      const arrivedAtMs = clock.now();
      const { lateMs, reportedAfterMs } = notice();
      if (reportedAfterMs !== undefined) clock.schedule(() => attempt.markArrived(arrivedAtMs), reportedAfterMs);
      await clock.sleep(lateMs);
      return answer;
    },
    tooManyIn,
  );
}

const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, n) => make(n));

/** Sends twenty calls at once. @returns milliseconds from the first to the last. */
async function burst(notice: Notice): Promise<number> {
  const scene = newScene({ delay: { fromMs: 20, toMs: 20 } });
  await scene.clock.until(Promise.all(times(20, () => send(scene, () => notice))));
  expect(scene.account.throttledCount).toBe(0);
  const sentAtMs = scene.account.sentAtMs.get(LIMIT) as number[];
  return sentAtMs[19] - sentAtMs[0];
}

test.each([
  ["before the page notices it", 100],
  ["after the page has noticed it", 500],
])("frees the slot by the arrival of the answer when the browser reports it %s", async (_, reportedAfterMs) => {
  expect(await burst({ lateMs: 400, reportedAfterMs })).toBe(1043);
});

test("frees the slot by the notice of the answer when the browser reports nothing", async () => {
  expect(await burst({ lateMs: 400 })).toBe(1443);
});

test.each([
  ["before the sending", -1],
  ["in the future", 10_000],
  ["that is not a number", NaN],
])("ignores an arrival %s", async (_, offsetMs) => {
  const scene = newScene({ delay: STEADY });
  const { clock, throttle, account } = scene;
  const calls = times(20, () =>
    throttle.run(
      { limits: [LIMIT], name: "test" },
      async (_permit, attempt) => {
        const sentAtMs = clock.now();
        const answer = await account.request([LIMIT]);
        attempt.markArrived(sentAtMs + offsetMs);
        return answer;
      },
      tooManyIn,
    ),
  );
  await clock.until(Promise.all(calls));
  const sentAtMs = account.sentAtMs.get(LIMIT) as number[];
  expect(sentAtMs[19] - sentAtMs[0]).toBe(1183);
});

describe.each(COUNTINGS)("when the account counts by %s", (counting) => {
  test("never exceeds the limit, however late answers are noticed and reported", async () => {
    const late = fc.record({
      lateMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3000 })),
      reportedAfterMs: fc.option(fc.integer({ min: 0, max: 3000 }), { nil: undefined }),
    });
    const bursts = fc.array(
      fc.record({ afterMs: fc.integer({ min: 0, max: 3000 }), calls: fc.integer({ min: 1, max: 25 }) }),
      { minLength: 1, maxLength: 10 },
    );
    const property = fc.asyncProperty(
      fc.integer(),
      fc.array(late, { minLength: 1, maxLength: 10 }),
      bursts,
      async (seed, notices, history) => {
        const scene = newScene({ counting, seed });
        const { clock, account } = scene;
        const random = seeded(seed);
        const notice = () => notices[Math.floor(random() * notices.length)];
        const calls: Promise<unknown>[] = [];
        for (const { afterMs, calls: count } of history) {
          await clock.run(clock.now() + afterMs);
          times(count, () => calls.push(send(scene, notice)));
        }
        await clock.until(Promise.all(calls));
        expect(account.throttledCount).toBe(0);
        expect(account.mostInAnySecond(LIMIT)).toBeLessThanOrEqual(10);
      },
    );
    await fc.assert(property, { numRuns: 300 });
  });
});

describe("after a machine that noticed a thousand answers late becomes quick", () => {
  /** @returns how many of twenty calls are throttled, of which the first ten take longer to reach Twilio. */
  async function countThrottled(reportedAfterMs?: number): Promise<number> {
    const delay = { fromMs: 5, toMs: 5 };
    const scene = newScene({ delay });
    const { clock, account } = scene;
    const run = (count: number, lateMs: number) =>
      Promise.all(times(count, () => send(scene, () => ({ lateMs, reportedAfterMs }))));
    await clock.until(run(1000, 300));
    await clock.run(clock.now() + 5000);
    delay.fromMs = delay.toMs = 150;
    const calls = run(20, 0);
    await clock.run(clock.now() + 100);
    delay.fromMs = delay.toMs = 5;
    await clock.until(calls);
    return account.throttledCount;
  }

  test("no call gets a 429 if the browser reported when the answers arrived", async () => {
    expect(await countThrottled(10)).toBe(0);
  });

  test("calls can get a 429 if it did not, because the learned round trip is too long", async () => {
    expect(await countThrottled()).toBeGreaterThan(0);
  });
});
