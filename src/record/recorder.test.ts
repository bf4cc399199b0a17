import { readSettings } from "../settings/readSettings";
import { newScene, Scene, SceneOptions, STEADY } from "../../testing/scene";
import { Observation, waitPercentile } from "./observation";
import { Recorder } from "./recorder";

const LIMIT = "POST /channels"; // 10/s
const WALL_MS = 1_700_000_000_000;

let scene: Scene;
let end: () => void;
let settings = readSettings(undefined).settings;
afterEach(() => end());

function begin(options: SceneOptions = {}, previousObservation?: Observation): Recorder {
  scene = newScene({ delay: STEADY, ...options });
  settings = readSettings(options.settings).settings;
  const recorder = new Recorder({
    throttle: scene.throttle,
    settings: () => settings,
    wallClock: () => WALL_MS + scene.clock.now(),
    previousObservation,
  });
  end = recorder.start();
  return recorder;
}

const send = (count: number) =>
  scene.clock.until(
    Promise.all(Array.from({ length: count }, () => scene.send({ limits: [LIMIT], key: "CH-secret" }))),
  );
const outcomes = (recorder: Recorder) => recorder.events.map(({ outcome }) => outcome);

test("counts starts per second and the 429s of the last hour", async () => {
  const recorder = begin({ random: () => 0 });
  await send(15);
  const nowMs = scene.clock.now();
  const starts = recorder
    .getUsage(LIMIT)
    .countStartsBySecond(nowMs)
    .filter((count) => count > 0);
  expect(starts).toEqual([10, 5]);
  scene.account.closed = { scope: "limit" };
  const throttled = scene.send({ limits: [LIMIT] });
  await scene.clock.run(scene.clock.now() + 500);
  scene.account.closed = undefined;
  await scene.clock.until(throttled);
  expect(recorder.getUsage(LIMIT).countThrottledInLastHour(scene.clock.now())).toBeGreaterThan(0);
  expect(recorder.getUsage(LIMIT).countThrottledInLastHour(scene.clock.now() + 3_600_000)).toBe(0);
  expect(
    recorder
      .getUsage("GET /channels")
      .countStartsBySecond(nowMs)
      .every((count) => count === 0),
  ).toBe(true);
});

test("logs each decision with limit, wait and outcome, and without the call's key", async () => {
  const recorder = begin();
  await send(11);
  const [started, first] = recorder.events;
  expect(started).toEqual({ atMs: WALL_MS, call: "settings", limits: [], outcome: "settings", reason: "enforce" });
  expect(first).toEqual({
    atMs: WALL_MS,
    callNumber: 1,
    call: "test",
    limits: [LIMIT],
    outcome: "sent",
    waitMs: 0,
    attempt: 1,
  });
  expect(recorder.events[11].waitMs).toBeGreaterThanOrEqual(1000);
  expect(JSON.stringify(recorder.events)).not.toContain("secret");
});

test("distinguishes retried, throttled, dropped and aborted calls, and how a deferred Action ended", async () => {
  const recorder = begin({ random: () => 0.9, settings: { queue: { maxWaitSeconds: 2 } } });
  scene.account.closed = { scope: "limit", retryAfterMs: 1500 };
  const controller = new AbortController();
  const call = { limits: [LIMIT], name: "test" } as const;
  const all = [scene.send({ limits: [LIMIT] }), scene.send({ limits: [LIMIT], signal: controller.signal })];
  await scene.clock.run(300);
  controller.abort();
  const canceled = scene.throttle.acquire(call);
  scene.throttle.cancel(scene.throttle.status().waiting.filter(({ throttledCount }) => throttledCount === 0)[0].id);
  await scene.clock.until(Promise.allSettled([...all, canceled]));
  recorder.recordDeferred("CreateRoom", "deferred");
  recorder.recordDeferred("CreateRoom", "lost");
  const seen = outcomes(recorder);
  for (const outcome of ["retried", "throttled", "dropped", "aborted", "deferred", "deferred-lost"])
    expect(seen).toContain(outcome);
  expect(recorder.events.find(({ outcome }) => outcome === "dropped")).toMatchObject({
    reason: "ThrottleCanceledError",
  });
});

test("changes its event count only when something was recorded", async () => {
  const recorder = begin();
  const before = recorder.eventCount;
  await scene.clock.run(5000);
  expect(recorder.eventCount).toBe(before);
  await send(1);
  expect(recorder.eventCount).not.toBe(before);
});

describe("in mode observe", () => {
  const OBSERVE = { settings: { mode: "observe" } };

  test("queues nothing and measures peaks, simulated waits and 429s", async () => {
    const recorder = begin(OBSERVE);
    await send(25);
    const { limits, sinceMs } = recorder.observation as Observation;
    expect(sinceMs).toBe(WALL_MS);
    expect(limits[LIMIT]).toMatchObject({
      calls: 25,
      peakPerSecond: 25,
      wouldWait: 15,
      longestWaitMs: 2000,
      longestQueue: 15,
      throttled: 15,
      throttledWithinLimit: 0,
    });
    expect(waitPercentile(limits[LIMIT]!, 0.5)).toBe(1000);
    expect(waitPercentile(limits[LIMIT]!, 0.95)).toBe(2000);
  });

  test("measures the longest wait in whole milliseconds, as people read it", async () => {
    const recorder = begin(OBSERVE);
    await send(10);
    await scene.clock.run(scene.clock.now() + 0.3);
    await send(1);
    expect(recorder.observation?.limits[LIMIT]).toMatchObject({ wouldWait: 1, longestWaitMs: expect.any(Number) });
    expect(Number.isInteger(recorder.observation?.limits[LIMIT]?.longestWaitMs)).toBe(true);
  });

  test("counts a 429 within the limit separately", async () => {
    const recorder = begin(OBSERVE);
    scene.account.closed = { scope: "limit" };
    await send(3);
    expect(recorder.observation?.limits[LIMIT]).toMatchObject({ throttled: 3, throttledWithinLimit: 3 });
  });

  test("uses a window longer than a second for a limit below 1/s", async () => {
    const recorder = begin({ settings: { mode: "observe", limits: { [LIMIT]: { perSecond: 0.5 } } } });
    scene.account.closed = { scope: "limit" };
    const within: (number | undefined)[] = [];
    for (const ms of [0, 1500, 3500, 5499]) {
      await scene.clock.run(ms);
      await send(1);
      within.push(recorder.observation?.limits[LIMIT]?.throttledWithinLimit);
    }
    expect(within).toEqual([1, 1, 2, 2]);
    expect(recorder.observation?.limits[LIMIT]).toMatchObject({ throttled: 4, peakPerSecond: 1 });
  });

  test("counts only the time spent in mode observe", async () => {
    const recorder = begin(OBSERVE);
    await scene.clock.run(60_000);
    settings = readSettings({ mode: "enforce" }).settings;
    scene.throttle.configure(settings);
    recorder.recordSettingsChange();
    await scene.clock.run(90_000);
    await send(3);
    expect(recorder.observation).toMatchObject({ measuredMs: 60_000, limits: {} });
  });

  test("continues the measurements of an earlier page, and starts over after a reset", async () => {
    const first = begin(OBSERVE);
    await send(12);
    const before = first.observation as Observation;
    end();
    const recorder = begin(OBSERVE, JSON.parse(JSON.stringify(before)) as Observation);
    await send(1);
    expect(recorder.observation?.limits[LIMIT]).toMatchObject({ calls: 13, peakPerSecond: 12, wouldWait: 2 });
    recorder.resetObservation();
    expect(recorder.observation?.limits).toEqual({});
  });
});

test("measures nothing in mode enforce", async () => {
  const recorder = begin();
  await send(3);
  expect(recorder.observation).toBeUndefined();
});
