/** @jest-environment ./testing/browserEnvironment.js */

/** Equal calls to an account on a virtual clock. */

import fc from "fast-check";

import { Call } from "../flexThrottle";
import { newScene, Scene, SceneOptions, STEADY, tooManyIn as classify } from "../../testing/scene";
import { RateLimitId } from "../limits/limits";
import { CoalescableCall, CallCoalescer } from "./coalescing";

/** One a second. */
const LIMIT = "GET /WebChannels";

interface Answer {
  readonly status: 200 | 429;
  readonly sentAtMs: number;
  readonly throttled?: { readonly scope: "limit" | "account" };
}

let scene: Scene;
let equal: CallCoalescer<RateLimitId>;
let sendings: { atMs: number; signal: AbortSignal | undefined }[];

function begin(options: SceneOptions = {}): void {
  scene = newScene({ delay: STEADY, ...options });
  equal = new CallCoalescer(scene.throttle, (error) => scene.reported.push(error));
  sendings = [];
}

/** @param equalTo the coalescing key, or `null` for none */
function call(
  equalTo: string | null,
  details: Partial<Call> = {},
  parts: Partial<CoalescableCall<Answer, RateLimitId>> = {},
): Promise<Answer> {
  const send = async (signal: AbortSignal | undefined): Promise<Answer> => {
    const sentAtMs = scene.clock.now();
    sendings.push({ atMs: sentAtMs, signal });
    return { sentAtMs, ...(await scene.account.request([LIMIT])) };
  };
  return equal.run({
    call: { limits: [LIMIT], name: "test", ...details },
    coalescingKey: equalTo ?? undefined,
    send,
    classify,
    ...parts,
  });
}

/** Uses up the limit for a second. */
const useUp = () => call(null);
const outcomeOf = (promise: Promise<unknown>) =>
  promise.then(
    (value) => value,
    (error: Error) => error.name,
  );
const all = <T>(promises: Promise<T>[]) => scene.clock.until(Promise.all(promises));

test("equal queued calls are sent once, with one permit, and share the answer", async () => {
  begin();
  const [, ...answers] = await all([useUp(), call("a"), call("b"), call("a"), call("a"), call("b")]);
  expect(sendings).toHaveLength(3);
  expect(scene.account.successCount).toBe(3);
  const [a, b] = [sendings[1].atMs, sendings[2].atMs];
  expect(answers.map(({ sentAtMs }) => sentAtMs)).toEqual([a, b, a, a, b]);
});

test("sends the call of a caller on its own when the answer cannot be copied", async () => {
  begin();
  const copy = () => JSON.parse("not JSON") as Answer;
  const [, ...answers] = await all([useUp(), ...[1, 2, 3].map(() => call("a", {}, { copy }))]);
  expect(answers.map(({ sentAtMs }) => sentAtMs)).toEqual(sendings.slice(1).map(({ atMs }) => atMs));
  expect(new Set(answers).size).toBe(3);
  expect(scene.reported).toEqual([]);
});

test("coalesces neither calls that can be sent at once nor calls without a key", async () => {
  begin({ settings: { limits: { [LIMIT]: { perSecond: 5 } } } });
  const calls = [call("a"), call("a"), call(null), call(null)];
  await scene.clock.run(1);
  expect(sendings).toHaveLength(4);
  await outcomeOf(all(calls));
});

test("coalesces a call with one that waits for a retry, but not with one under way", async () => {
  begin({ random: () => 0.5 });
  scene.account.closed = { scope: "limit" };
  const first = call("a");
  await scene.clock.run(100);
  expect(sendings).toHaveLength(1);
  const whileUnderWay = call("a");
  await scene.clock.run(300);
  scene.account.closed = undefined;
  const whileRetried = call("a");
  const [one, two, three] = await all([first, whileUnderWay, whileRetried]);
  expect(sendings).toHaveLength(3);
  expect(one.sentAtMs).toBe(sendings[1].atMs);
  expect(two.sentAtMs).toBe(sendings[2].atMs);
  // It shares the sending of one of the two calls that wait by then.
  expect([one.sentAtMs, two.sentAtMs]).toContain(three.sentAtMs);
});

describe("a caller that aborts", () => {
  const leaving = () => {
    const controller = new AbortController();
    return { signal: controller.signal, leave: (reason: unknown = new Error("enough")) => controller.abort(reason) };
  };

  test("leaves with its own reason, even if it was the first; the last one removes the call from the queue", async () => {
    begin();
    const busy = useUp();
    const one = leaving();
    const two = leaving();
    const first = call("a", { signal: one.signal });
    const second = call("a", { signal: two.signal });
    expect(scene.throttle.status().waiting).toHaveLength(1);
    one.leave("one");
    expect(await first.catch((reason) => reason)).toBe("one");
    expect(scene.throttle.status().waiting).toHaveLength(1);
    two.leave("two");
    expect(await second.catch((reason) => reason)).toBe("two");
    expect(scene.throttle.status().waiting).toHaveLength(0);

    // A new call does not share the aborted one.
    const [, third] = await all([busy, call("a")]);
    expect(third.status).toBe(200);
    expect(sendings).toHaveLength(2);
  });

  test("does not affect the answer of the others", async () => {
    begin();
    const one = leaving();
    const calls = [useUp(), outcomeOf(call("a", { signal: one.signal })), call("a")];
    one.leave();
    const [, gone, answered] = await all<unknown>(calls);
    expect(gone).toBe("Error");
    expect(answered).toMatchObject({ status: 200 });
    expect(sendings).toHaveLength(2);
  });

  test("ends only its own wait while the call is under way; the last one aborts the call", async () => {
    begin();
    const [one, two] = [leaving(), leaving()];
    const busy = useUp();
    const calls = [outcomeOf(call("a", { signal: one.signal })), outcomeOf(call("a", { signal: two.signal }))];
    await scene.clock.run(1300);
    expect(sendings).toHaveLength(2);
    const { signal } = sendings[1];
    one.leave();
    expect(await calls[0]).toBe("Error");
    expect(signal?.aborted).toBe(false);
    two.leave();
    expect(signal?.aborted).toBe(true);
    await all<unknown>([busy, ...calls]);
  });

  test("and is the only one has its own signal passed to the request", async () => {
    begin();
    const one = leaving();
    const calls = [useUp(), call("a", { signal: one.signal })];
    await all(calls);
    expect(sendings[1].signal).toBe(one.signal);
  });

  test("before the call sends nothing", async () => {
    begin();
    const one = leaving();
    one.leave();
    expect(await outcomeOf(call("a", { signal: one.signal }))).toBe("Error");
    expect(sendings).toEqual([]);
  });
});

test("the first caller times out, and later callers wait for their own maximum time", async () => {
  begin();
  void scene.throttle.acquire({ limits: [LIMIT], name: "held" });
  const first = outcomeOf(call("a", { maxWaitMs: 1500 }));
  await scene.clock.run(1000);
  const second = outcomeOf(call("a", { maxWaitMs: 1500 }));
  await scene.clock.run(1600);
  expect(await first).toBe("ThrottleTimeoutError");
  expect(scene.throttle.status().waiting).toHaveLength(1);
  await scene.clock.run(2600);
  expect(await second).toBe("ThrottleTimeoutError");
  expect(scene.clock.now()).toBe(2600);
});

test("a call with a permit does not wait for an equal call without one", async () => {
  begin();
  const held = await scene.throttle.acquire({ limits: [LIMIT], name: "Action", isEntryPoint: true });
  // It enters by another layer first, so the hand-off is not for it.
  const other = call("a", { isEntryPoint: true });
  scene.throttle.handOff({ limits: [LIMIT], permit: held, details: {} });
  const own = call("a");
  await all([own, other]);
  expect(sendings.map(({ atMs }) => atMs)).toEqual([0, expect.any(Number)]);
});

test("passes a 429 to the first caller and retries for callers with time left", async () => {
  begin({ random: () => 0.5 });
  scene.account.closed = { scope: "limit" };
  const first = call("a", { maxWaitMs: 3000 });
  await scene.clock.run(2000);
  const second = call("a", { maxWaitMs: 60_000 });
  expect((await scene.clock.until(first)).status).toBe(429);
  scene.account.closed = undefined;
  expect((await scene.clock.until(second)).status).toBe(200);
});

test("rejects a call with the policy reject instead of coalescing it", async () => {
  begin();
  const others = [useUp(), call("a")];
  const rejected = outcomeOf(call("a", { onBurst: "reject" }));
  await all(others);
  expect(await rejected).toBe("ThrottleRejectedError");
});

test("gives every caller the failure, or its own copy of an answer that can be read only once", async () => {
  begin();
  const failed = new Error("the network is gone");
  const failures = [useUp(), call("a", {}, { send: () => Promise.reject(failed) }), call("a")].map((each) =>
    each.catch((error) => error),
  );
  expect((await all(failures)).slice(1)).toEqual([failed, failed]);

  const original = { status: 200, sentAtMs: -1 } as const;
  const copies: Answer[] = [];
  const copy = (value: Answer) => {
    copies.push({ ...value });
    return copies[copies.length - 1];
  };
  const shared = { send: async () => original, copy };
  const answers = (await all([useUp(), ...Array.from({ length: 3 }, () => call("a", {}, shared))])).slice(1);
  expect(new Set(answers)).toEqual(new Set([original, ...copies]));
  expect(copies).toHaveLength(2);
});

test.each(["off", "observe"])("sends each call at once in mode %s", async (mode) => {
  begin({ settings: { mode } });
  const calls = [call("a"), call("a"), call("a")];
  await scene.clock.run(1);
  expect(sendings).toHaveLength(3);
  await all(calls);
});

test("answers every caller that stays, with no request sent before its call, in any history", async () => {
  const event = fc.record({
    afterMs: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 2500 })),
    equalTo: fc.constantFrom("a", "b", null),
    leavesAfterMs: fc.option(fc.integer({ min: 0, max: 3000 }), { nil: undefined, freq: 3 }),
    maxWaitMs: fc.constantFrom(2000, 60_000),
    /** Another client of the account spends the limit, too. */
    isStrangers: fc.boolean(),
  });
  const property = fc.asyncProperty(
    fc.integer(),
    fc.array(event, { minLength: 2, maxLength: 25 }),
    async (seed, events) => {
      begin({ seed, delay: undefined });
      const { clock, account, throttle } = scene;
      const made: Promise<void>[] = [];
      const strangers: Promise<unknown>[] = [];
      const wrong: string[] = [];
      for (const { afterMs, equalTo, leavesAfterMs, maxWaitMs, isStrangers } of events) {
        await clock.run(clock.now() + afterMs);
        if (isStrangers) {
          strangers.push(account.request([LIMIT]));
          continue;
        }
        const madeAtMs = clock.now();
        const controller = new AbortController();
        if (leavesAfterMs !== undefined) clock.schedule(() => controller.abort("left"), leavesAfterMs);
        const judge = ({ sentAtMs, status }: Answer) => {
          if (sentAtMs < madeAtMs) wrong.push(`called at ${madeAtMs}, sent at ${sentAtMs}`);
          if (status === 429 && maxWaitMs > 2000 && !controller.signal.aborted) wrong.push("throttled with time left");
        };
        const excuse = (error: unknown) => {
          const isOwn =
            (error === "left" && controller.signal.aborted) ||
            ((error as Error).name === "ThrottleTimeoutError" && clock.now() - madeAtMs >= maxWaitMs);
          if (!isOwn) wrong.push(String(error));
        };
        made.push(
          call(equalTo, {
            signal: controller.signal,
            maxWaitMs,
            isExemptFromQueueLimit: true,
            isExemptFromRetryBudget: true,
          }).then(judge, excuse),
        );
      }
      await clock.until(Promise.all([...made, ...strangers]));
      const { waiting } = throttle.status();
      expect(wrong).toEqual([]);
      expect(waiting).toEqual([]);
    },
  );
  await fc.assert(property, { numRuns: 1000 });
});
