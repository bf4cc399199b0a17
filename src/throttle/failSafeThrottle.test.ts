import { newScene, STEADY } from "../../testing/scene";
import { begin, times, watch } from "../../testing/throttleScene";
import { settingsOf, tryPermit } from "../../testing/throttles";
import { FailSafeThrottle } from "./failSafeThrottle";
import { LimitSet } from "./limitSet";

afterEach(() => void jest.restoreAllMocks());

/** Its limit "GET /WebChannels" allows one call a second. */
function newFailSafe(report: (error: unknown) => void) {
  const { clock } = begin();
  const throttle = new FailSafeThrottle({ settings: settingsOf({}), clock, random: () => 0.5, report });
  const acquire = (signal?: object) =>
    throttle
      .acquire({ limits: ["GET /WebChannels"], name: "test", signal: signal as AbortSignal | undefined })
      .then((permit) => {
        permit.markSent();
        permit.markEnded("answered");
      });
  /** Lets one internal failure happen. */
  const fail = async () => {
    jest.spyOn(LimitSet.prototype, "waitMs").mockImplementationOnce(() => {
      throw new Error("broken");
    });
    await acquire();
  };
  return { clock, throttle, acquire, fail };
}

test("aborts the queued request of a join when its reservation ends, without a reported failure", async () => {
  const { clock } = newScene({ delay: STEADY });
  const reported: unknown[] = [];
  const throttle = new FailSafeThrottle({
    settings: settingsOf({ limits: { "POST /channels": { perSecond: 1 } } }),
    clock,
    random: () => 0.5,
    report: (error) => reported.push(error),
  });
  const ending = new AbortController();
  throttle.handOff({
    limits: ["POST /WebChannels/Users"],
    key: "CH1",
    details: { kind: "join", signal: ending.signal },
  });
  tryPermit(throttle, { limits: ["POST /channels"], name: "other" })?.markSent();
  // A custom route in the settings spends a second limit.
  const request = throttle.acquire({
    limits: ["POST /WebChannels/Users", "POST /channels"],
    name: "POST",
    key: "CH1",
    signal: new AbortController().signal,
  });
  const outcome = request.then(
    () => "granted",
    (error: Error) => error.name,
  );
  await clock.run(10);
  ending.abort();
  expect(await outcome).toBe("AbortError");
  expect(reported).toEqual([]);
});

describe("the circuit breaker", () => {
  const DISABLED = { waiting: [] };

  test("opens after five failures within ten minutes", async () => {
    const { clock, throttle, acquire, fail } = newFailSafe(() => undefined);
    for (let n = 0; n < 5; n += 1) {
      await fail();
      await clock.run(clock.now() + 100_000);
    }
    void times(3, () => acquire());
    expect(throttle.status()).toMatchObject(DISABLED);
  });

  test("stays closed when failures are rare", async () => {
    const { clock, throttle, acquire, fail } = newFailSafe(() => undefined);
    for (let n = 0; n < 20; n += 1) {
      await fail();
      await clock.run(clock.now() + 150_001);
    }
    void times(3, () => acquire());
    expect(throttle.status().waiting).toHaveLength(2);
  });
});

test("releases all calls when evaluating the queue and reporting both throw", async () => {
  const { clock, throttle, acquire } = newFailSafe(() => {
    throw new Error("the console is broken");
  });
  const calls = times(4, () => watch(acquire()));
  jest.spyOn(LimitSet.prototype, "waitMs").mockImplementation(throwError);
  throttle.reevaluate();
  await clock.run(clock.now());
  expect(calls.map(({ outcome }) => outcome)).toEqual(Array(4).fill("done"));
});

const throwError = () => {
  throw new Error("the page's own");
};

test.each<[string, object]>([
  ["has no methods", { aborted: false }],
  ["cannot remove a listener", { aborted: false, addEventListener: () => undefined }],
  ["throws at each method", { aborted: false, addEventListener: throwError, removeEventListener: throwError }],
  ["throws when it is read", Object.defineProperty({}, "aborted", { get: throwError })],
  [
    "calls its listeners at once",
    { aborted: false, addEventListener: (_: string, listener: () => void) => listener() },
  ],
  ["is a controller", new AbortController()],
])("counts no failure and loses no call when a signal %s", async (_, signal) => {
  const reported: unknown[] = [];
  const { clock, throttle, acquire } = newFailSafe((error) => reported.push(error));
  const calls = [acquire(), ...times(6, () => acquire(signal)), acquire()].map(watch);
  expect(throttle.status().waiting).toHaveLength(7);
  await clock.run(clock.now() + 3500);
  expect(throttle.status().waiting.length).toBeLessThan(5);
  await clock.run();
  expect(calls.map(({ outcome }) => outcome)).toEqual(Array(8).fill("done"));
  expect(reported).toEqual([]);
});
