/** Checks docs/invariants.md in random histories with bursts, 429s, aborts and network failures. */

import { Permit } from "../flexThrottle";
import { tryPermit } from "../../testing/throttles";
import fc from "fast-check";

import { LIMITS, RateLimitId } from "../limits/limits";
import { COUNTINGS } from "../../testing/account";
import { limitsOfOne, pause, seldom } from "../../testing/arbitraries";
import { newScene, Scene, tooManyIn } from "../../testing/scene";
import { Priority } from "./queueOrder";

const FAST = "POST /channels"; // 10 a second
const MEMBER = "POST /WebChannels/Users"; // 10 a second
let scene: Scene;
afterEach(() => void jest.restoreAllMocks());

interface Step {
  readonly afterMs: number;
  readonly limits: RateLimitId[];
  readonly priority: Priority;
  /** When its caller aborts it, in the queue or under way. */
  readonly abortAfterMs: number | undefined;
  /** When its network fails, after sending. The request still reaches Twilio. */
  readonly failsAfterMs: number | undefined;
  readonly maxWaitMs: number;
}
const step = fc.record<Step>({
  afterMs: pause,
  limits: limitsOfOne,
  priority: fc.constantFrom<Priority>("high", "normal", "low"),
  abortAfterMs: seldom(fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 3000 }))),
  failsAfterMs: seldom(fc.integer({ min: 0, max: 200 })),
  maxWaitMs: fc.oneof(fc.constant(3_600_000), fc.integer({ min: 100, max: 5000 })),
});
const trouble = fc.record({
  fromMs: fc.integer({ min: 0, max: 10_000 }),
  forMs: fc.integer({ min: 0, max: 5000 }),
  scope: fc.constantFrom<"limit" | "account">("limit", "account"),
  retryAfterMs: fc.option(fc.integer({ min: 0, max: 3000 }), { nil: undefined }),
});

test.each(COUNTINGS)(
  "keeps the limit, the order and the cool-downs, and settles every call, when the account counts by %s",
  async (counting) => {
    const property = fc.asyncProperty(
      fc.integer(),
      fc.array(step, { minLength: 1, maxLength: 40 }),
      fc.array(trouble, { maxLength: 3 }),
      async (seed, steps, troubles) => {
        scene = newScene({ counting, seed });
        const { clock, account, throttle } = scene;
        for (const { fromMs, forMs, ...tooMany } of troubles) {
          clock.schedule(() => (account.closed = tooMany), fromMs);
          clock.schedule(() => (account.closed = undefined), fromMs + forMs);
        }
        const firstStarts: number[] = [];
        const settled: unknown[] = [];
        let startedWhileCooling = 0;
        const send = (index: number, { limits, priority, abortAfterMs, failsAfterMs, maxWaitMs }: Step) => {
          const controller = new AbortController();
          const { signal } = controller;
          if (abortAfterMs !== undefined) clock.schedule(() => controller.abort(), abortAfterMs);
          const request = () => {
            const { coolDownUntilMs } = throttle.status();
            if (limits.some((limit) => limit in coolDownUntilMs)) startedWhileCooling += 1;
            if (!firstStarts.includes(index)) firstStarts.push(index);
            const broken = new Promise<never>((_, reject) => {
              signal.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
              if (failsAfterMs !== undefined)
                clock.schedule(() => reject(new TypeError("Failed to fetch")), failsAfterMs);
            });
            return Promise.race([account.request(limits), broken]);
          };
          return throttle.run({ limits, name: "test", priority, maxWaitMs, signal }, request, tooManyIn).then(
            ({ status }) => settled.push(status),
            (error) => settled.push(error),
          );
        };
        const all: Promise<unknown>[] = [];
        for (const [index, next] of steps.entries()) {
          await clock.run(clock.now() + next.afterMs);
          all.push(send(index, next));
        }
        await clock.until(Promise.all(all));
        await clock.run();

        // Invariant 1: never more starts than the limit in any rolling second, and no 429 that the account did not force.
        for (const limit of account.sentAtMs.keys())
          expect(account.mostInAnySecond(limit)).toBeLessThanOrEqual(LIMITS[limit].perSecond);
        if (troubles.length === 0) expect(account.throttledCount).toBe(0);
        // Invariant 2: first come, first served within a priority, among calls on the same limits.
        const line = (index: number) => [steps[index].priority, ...steps[index].limits.slice().sort()].join();
        for (const name of new Set(steps.map((_, index) => line(index)))) {
          const inLine = firstStarts.filter((index) => line(index) === name);
          expect(inLine).toEqual(inLine.slice().sort((a, b) => a - b));
        }
        // Invariant 4: no call is sent while its limit cools down.
        expect(startedWhileCooling).toBe(0);
        // Invariant 6: every call ends with an answer, or with an error that says why.
        expect(settled).toHaveLength(steps.length);
        settled
          .filter((end) => typeof end !== "number")
          .forEach((error) =>
            expect(["ThrottleTimeoutError", "AbortError", "TypeError"]).toContain((error as Error).name),
          );
        expect(throttle.status()).toMatchObject({ waiting: [], retrying: 0 });
        expect(clock.pending).toBe(0);
      },
    );
    await fc.assert(property, { numRuns: 400 });
  },
);

/** The layers that one call passes in Flex. Each sends the call at its end. */
const LAYERS = {
  request: (limits: RateLimitId[], key: string) => scene.send({ limits, key }),

  /** A join by Flex, and its request. */
  join: (limits: RateLimitId[], key: string) =>
    scene.throttle.run(
      { limits, name: "join", key },
      async (permit) => {
        const done = scene.throttle.handOff({ limits, key, permit, details: { name: "join" } });
        return LAYERS.request(limits, key).finally(done);
      },
      tooManyIn,
    ),

  /** An accepted task, which has a lead time, and its join. */
  async accept(limits: RateLimitId[], key: string, meanwhileMs: number) {
    const permit = await scene.throttle.acquire({ limits, name: "accept", key, isEntryPoint: true, leadMs: 250 });
    const done = scene.throttle.handOff({ limits, key, permit, details: {} });
    await scene.clock.sleep(meanwhileMs);
    await LAYERS.join(limits, key);
    done();
  },

  /** An Action, and its request. */
  async action(limits: RateLimitId[], key: string, meanwhileMs: number) {
    const [permit, done] = await hold(limits);
    await scene.clock.sleep(meanwhileMs);
    await LAYERS.request(limits, key);
    permit.markUsedUnseen(limits, "answered");
    done();
  },

  /** Another plugin, which acquires a permit and sends its request within a second. */
  async plugin(limits: RateLimitId[], key: string, meanwhileMs: number) {
    const permit = await scene.throttle.acquire({ limits, name: "plugin", isEntryPoint: true });
    permit.markSent();
    scene.clock.schedule(scene.throttle.handOff({ limits, permit, details: {} }), 1000);
    await scene.clock.sleep(meanwhileMs);
    await LAYERS.request(limits, key);
  },
};

async function hold(limits: RateLimitId[]): Promise<[Permit, () => void]> {
  const permit = await scene.throttle.acquire({ limits, name: "Action", isEntryPoint: true });
  return [permit, scene.throttle.handOff({ limits, permit, details: {} })];
}

test("spends one slot of each limit per call, however many layers see it", async () => {
  const layered = fc.record({
    afterMs: fc.oneof(fc.constant(0), fc.nat(400), fc.nat(2000)),
    limits: fc.subarray<RateLimitId>([FAST, MEMBER], { minLength: 1 }),
    kind: fc.constantFrom(...(Object.keys(LAYERS) as (keyof typeof LAYERS)[])),
    meanwhileMs: fc.nat(600),
  });
  // Requests without a key cannot be matched to their own permits, so these calls run one after the other.
  const isKeyed = (kind: keyof typeof LAYERS) => kind !== "action" && kind !== "plugin";
  const property = fc.asyncProperty(
    fc.integer(),
    fc.array(layered, { minLength: 1, maxLength: 40 }),
    async (seed, calls) => {
      scene = newScene({ seed });
      const { clock, throttle } = scene;
      const spent = new Map<RateLimitId, number>();
      throttle.onEvent((event) => {
        if (event.type === "sent") event.limits.forEach((id) => spent.set(id, (spent.get(id) ?? 0) + 1));
      });
      const all: Promise<unknown>[] = [];
      let unkeyed: Promise<unknown> = Promise.resolve();
      for (const [index, { afterMs, limits, kind, meanwhileMs }] of calls.entries()) {
        await clock.run(clock.now() + afterMs);
        const call = async () => void (await LAYERS[kind](limits, `CH${index}`, meanwhileMs));
        all.push(isKeyed(kind) ? call() : (unkeyed = unkeyed.then(call).then(() => clock.sleep(1000))));
      }
      await clock.until(Promise.all(all));
      await clock.run(clock.now() + 3000);
      for (const limit of [FAST, MEMBER] as const) {
        expect(spent.get(limit) ?? 0).toBe(calls.filter(({ limits }) => limits.includes(limit)).length);
        // Every slot is free again, and no more than the limit has.
        let free = 0;
        while (tryPermit(throttle, { limits: [limit], name: "test", isEntryPoint: true })) free += 1;
        expect(free).toBe(LIMITS[limit].perSecond);
      }
    },
  );
  await fc.assert(property, { numRuns: 300 });
});
