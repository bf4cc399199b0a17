/** Calls that hold a permit from another layer when a cool-down starts: they wait like any other call. */

import { Call, Permit } from "../flexThrottle";
import { RateLimitId } from "../limits/limits";
import { newScene, Scene, SceneOptions, STEADY } from "../../testing/scene";
import { eventsOf, tryPermit } from "../../testing/throttles";

const FAST = "POST /channels"; // 10 a second
const SLOW = "GET /WebChannels"; // 1 a second
const MEMBER = "POST /WebChannels/Users"; // 10 a second

let scene: Scene;

/** The limits cool down for 40 s from 50 ms on. An Action holds a permit on each of them. */
async function begin(pausing: readonly RateLimitId[], options: SceneOptions = {}): Promise<void> {
  scene = newScene({ delay: STEADY, random: () => 0.5, ...options });
  const tryAcquire = (limit: RateLimitId) =>
    tryPermit(scene.throttle, { limits: [limit], name: "first", isEntryPoint: true }) as Permit;
  const throttled = pausing.map(tryAcquire);
  throttled.forEach((permit) => permit.markSent());
  await scene.clock.run(50);
  pausing.forEach((limit) => scene.throttle.handOff({ limits: [limit], permit: tryAcquire(limit), details: {} }));
  throttled.forEach((permit) => permit.markEnded({ scope: "limit", retryAfterMs: 40_000 }));
}

function send(call: Partial<Call> & Pick<Call, "limits">) {
  const seen = { outcome: "pending" as unknown, atMs: NaN };
  const set = (outcome: unknown) => Object.assign(seen, { outcome, atMs: scene.clock.now() });
  scene.send(call).then(
    () => set("done"),
    (error) => set(error),
  );
  return seen;
}

const starts = (limit: RateLimitId) => scene.account.sentAtMs.get(limit) ?? [];

test.each([{ maxWaitMs: 1000 }, { deadlineMs: 1050 }])(
  "a held call times out after %j and returns its slots",
  async (patience) => {
    await begin([FAST]);
    const seen = send({ limits: [FAST], ...patience });
    await scene.clock.run(1100);
    expect(seen).toMatchObject({
      atMs: 1050,
      outcome: { name: "ThrottleTimeoutError", limit: FAST, ahead: 0, waitMs: 39_000 },
    });
    scene.throttle.retryNow();
    await scene.clock.run(1200);
    expect(tryPermit(scene.throttle, { limits: [FAST], name: "next" })).toBeDefined();
    expect(starts(FAST)).toEqual([]);
  },
);

test("a held call is rejected with the policy reject, or when the queue is full", async () => {
  await begin([FAST]);
  const seen = send({ limits: [FAST], onBurst: "reject" });
  await scene.clock.run(60);
  expect(seen.outcome).toMatchObject({ name: "ThrottleRejectedError", limit: FAST, waitMs: 40_000 });
  await begin([FAST], { settings: { queue: { maxLength: 1 } } });
  send({ limits: [FAST], isEntryPoint: true });
  const other = send({ limits: [FAST] });
  await scene.clock.run(60);
  expect(other.outcome).toMatchObject({ name: "ThrottleQueueFullError", limit: FAST });
});

test("a held call is listed with the end of the cool-down as its turn, and can be canceled", async () => {
  await begin([FAST]);
  const events = eventsOf(scene.throttle);
  const seen = send({ limits: [FAST], name: "POST" });
  await scene.clock.run(100);
  const [waiting] = scene.throttle.status().waiting;
  expect(waiting).toMatchObject({ name: "POST", limits: [FAST], startMs: 40_050 });
  expect(scene.throttle.limitStatuses().find(({ id }) => id === FAST)).toMatchObject({ waiting: 1, longestWaitMs: 50 });
  expect(scene.throttle.cancel(waiting.id)).toBe(true);
  await scene.clock.run(101);
  expect(seen).toMatchObject({ atMs: 100, outcome: { name: "ThrottleCanceledError" } });
  expect(events).toMatchObject([{ type: "dropped" }]);
});

test("a held call can be aborted at once", async () => {
  await begin([FAST]);
  const controller = new AbortController();
  const seen = send({ limits: [FAST], signal: controller.signal });
  await scene.clock.run(100);
  controller.abort();
  await scene.clock.run(101);
  expect(seen).toMatchObject({ atMs: 100, outcome: { name: "AbortError" } });
  expect(scene.throttle.status().waiting).toEqual([]);
});

test("retryNow sends a held call at once", async () => {
  await begin([FAST]);
  send({ limits: [FAST] });
  await scene.clock.run(1000);
  scene.throttle.retryNow();
  await scene.clock.run(1001);
  expect(starts(FAST)).toEqual([1000]);
});

test("a held call is sent when its own cool-down ends, even while another one waits longer", async () => {
  await begin([SLOW, FAST]);
  const throttled = tryPermit(scene.throttle, { limits: [MEMBER], name: "first", isEntryPoint: true });
  scene.throttle.handOff({
    limits: [MEMBER],
    permit: tryPermit(scene.throttle, { limits: [MEMBER], name: "Action", isEntryPoint: true }),
    details: {},
  });
  throttled?.markSent();
  throttled?.markEnded({ scope: "limit", retryAfterMs: 5000 });
  const long = send({ limits: [FAST] });
  const short = send({ limits: [MEMBER] });
  await scene.clock.run(6000);
  expect([long.outcome, short.outcome]).toEqual(["pending", "done"]);
  expect(starts(MEMBER)).toEqual([5050]);
  await scene.clock.run(41_000);
  expect(starts(FAST)).toEqual([40_050]);
});

test("a held call takes its missing slots only when it can be sent", async () => {
  await begin([FAST]);
  const both = send({ limits: [FAST, MEMBER] });
  const others = Array.from({ length: 10 }, () => send({ limits: [MEMBER] }));
  await scene.clock.run(39_000);
  // They stay behind it: no call overtakes one that needs both limits.
  expect(others.map(({ outcome }) => outcome)).toEqual(Array(10).fill("pending"));
  await scene.clock.run(42_000);
  expect([both, ...others].every(({ outcome }) => outcome === "done")).toBe(true);
  expect(scene.account.mostInAnySecond(MEMBER)).toBe(10);
});

test("ten calls held over a long cool-down and ten others stay within the limit", async () => {
  scene = newScene({ delay: STEADY, random: () => 0.5 });
  const { throttle, clock, account } = scene;
  const keys = Array.from({ length: 10 }, (_, n) => `CH${n}`);
  keys.forEach((key) =>
    throttle.handOff({
      limits: [MEMBER],
      key,
      permit: tryPermit(throttle, { limits: [MEMBER], name: "AcceptTask", key, isEntryPoint: true }),
      details: {},
    }),
  );
  throttle["limits"].get(MEMBER).coolDown(clock.now(), 90_000);
  keys.forEach((key) => send({ limits: [MEMBER], key }));
  keys.forEach((key) => send({ limits: [MEMBER], key: `${key} of others` }));
  await clock.run(100_000);
  expect(starts(MEMBER)).toHaveLength(20);
  expect(account.mostInAnySecond(MEMBER)).toBe(10);
  expect(account.throttledCount).toBe(0);
});

test("queued calls are sent after the lease timeout when all slots are held", async () => {
  scene = newScene({ delay: STEADY });
  const { throttle, clock } = scene;
  for (let n = 0; n < 10; n += 1)
    throttle.handOff({
      limits: [MEMBER],
      key: `CH${n}`,
      permit: tryPermit(throttle, { limits: [MEMBER], name: "AcceptTask", key: `CH${n}`, isEntryPoint: true }),
      details: {},
    });
  for (let n = 0; n < 10; n += 1) send({ limits: [MEMBER] });
  await clock.run(2900);
  expect(starts(MEMBER)).toHaveLength(0);
  await clock.run(3100);
  expect(starts(MEMBER)).toHaveLength(10);
});
