/** Calls that fail or are aborted after sending. They may still reach Twilio; the throttle learns nothing from them. */

import { Permit } from "../flexThrottle";
import { tryPermit } from "../../testing/throttles";
import { JITTER, newScene, Scene, SceneOptions, STEADY } from "../../testing/scene";

const FAST = "POST /channels"; // 10 a second

let scene: Scene;
const begin = (options: SceneOptions = {}) => (scene = newScene({ delay: STEADY, random: () => 0.5, ...options }));

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const use = (count: number) => times(count, () => scene.send({ limits: [FAST] }));
const startsOn = (limit: typeof FAST) => scene.account.sentAtMs.get(limit) ?? [];
const adaptiveRate = () => scene.throttle.limitStatuses().find(({ id }) => id === FAST)?.adaptivePerSecond;

const ABORTED = new DOMException("The user aborted a request.", "AbortError");
const OFFLINE = new TypeError("Failed to fetch");
const ANSWERED_500 = Object.assign(new Error("Request failed"), { status: 500 });

/** Sends a call that fails after `afterMs`. @param isSent whether the request still reaches Twilio */
function failing(error: Error, afterMs: number, isSent = false): Promise<unknown> {
  const send = async () => {
    if (isSent) void scene.account.request([FAST]);
    await scene.clock.sleep(afterMs);
    throw error;
  };
  return scene.throttle
    .run({ limits: [FAST], name: "test", priority: "high" }, send, () =>
      error === ANSWERED_500 ? "answered" : undefined,
    )
    .catch((reason) => reason);
}

/** The share of the limit that is used while calls are always queued. */
async function shareUsed(calls: number): Promise<number> {
  const fromMs = scene.clock.now();
  await scene.clock.until(Promise.all(use(calls)));
  return (calls * 1000) / (scene.clock.now() - fromMs) / 10;
}

test.each(times(20, (seed) => seed))(
  "ten calls aborted under way do not let the next ten arrive too early (seed %i)",
  async (seed) => {
    begin({ seed, delay: JITTER });
    const aborted = times(10, () => failing(ABORTED, 5, true));
    await scene.clock.until(Promise.all([...aborted, ...use(10)]));
    expect(scene.account.throttledCount).toBe(0);
  },
);

test("holds the slot of an unanswered call for two seconds", async () => {
  begin();
  void times(10, () => failing(OFFLINE, 5));
  const next = use(1);
  await scene.clock.run(1999);
  expect(startsOn(FAST)).toEqual([]);
  await scene.clock.run(2000);
  expect(startsOn(FAST)).toEqual([2000]);
  await scene.clock.until(next[0]);
});

test("frees the slot at once when a call fails after more than two seconds", async () => {
  begin();
  void times(10, () => failing(OFFLINE, 30_000));
  await scene.clock.run(30_000);
  void use(10);
  await scene.clock.run(30_000);
  expect(startsOn(FAST)).toHaveLength(10);
});

test("treats an error with a status as an answer, and holds the slot for one second after it", async () => {
  begin();
  void times(10, () => failing(ANSWERED_500, 50));
  void use(1);
  await scene.clock.run(1100);
  expect(startsOn(FAST)).toHaveLength(1);
});

test("does not measure the latency from a failure", async () => {
  begin({ seed: 7 });
  await scene.clock.until(Promise.all(use(300)));
  await scene.clock.until(failing(OFFLINE, 2));
  await scene.clock.run(scene.clock.now() + 3000);
  expect(await shareUsed(500)).toBeGreaterThanOrEqual(0.97);
});

describe("after a 429", () => {
  /** Leaves ten throttled calls and thirty queued ones. */
  async function throttleTen(): Promise<void> {
    begin();
    scene.account.closed = { scope: "limit" };
    void use(40);
    await scene.clock.run(1000);
  }

  test.each([
    ["aborted", ABORTED],
    ["lost", OFFLINE],
  ])("sends the next probe and no other call when a probe is %s", async (_, error) => {
    await throttleTen();
    void failing(error, 5, true);
    await scene.clock.run(1300);
    expect(startsOn(FAST).slice(10)).toEqual([1183, 1188]);
  });

  test("sends the other calls when a probe gets any other answer", async () => {
    await throttleTen();
    void failing(ANSWERED_500, 5, true);
    await scene.clock.run(1300);
    expect(startsOn(FAST).slice(10).length).toBeGreaterThan(2);
  });

  test.each([
    ["fail without an answer do not raise", OFFLINE, false],
    ["fail with an answer raise", ANSWERED_500, true],
  ])("calls that %s the adaptive rate", async (_, error, isRaised) => {
    begin();
    scene.account.closed = { scope: "limit" };
    void times(10, () => scene.send({ limits: [FAST], maxWaitMs: 300 }));
    await scene.clock.run(3000);
    const before = adaptiveRate() as number;
    for (let n = 0; n < 50; n += 1) await scene.clock.until(failing(error, 2));
    expect((adaptiveRate() as number) > before).toBe(isRaised);
  });
});

test("holds the slots of an unseen call for one second if it was answered, and for two if not", async () => {
  begin();
  const acquire = () =>
    times(10, () => tryPermit(scene.throttle, { limits: [FAST], name: "Action", isEntryPoint: true }) as Permit);
  const freeAfter = async (end: "answered" | "unanswered") => {
    acquire().forEach((permit) => permit.markUsedUnseen([FAST], end));
    const fromMs = scene.clock.now();
    const next = await scene.clock.until(scene.throttle.acquire({ limits: [FAST], name: "next" }));
    next.release();
    await scene.clock.run(scene.clock.now() + 5000);
    return Math.round((scene.clock.now() - 5000 - fromMs) / 100) * 100;
  };
  expect([await freeAfter("answered"), await freeAfter("unanswered")]).toEqual([1000, 2000]);
});
