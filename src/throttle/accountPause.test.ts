import { tryPermit } from "../../testing/throttles";
import { begin, FAST, MEMBER, scene, startsOn, times, use, watch } from "../../testing/throttleScene";
import { Permit } from "../flexThrottle";
import { TooManyRequests } from "./tooManyRequests";

const HALF = () => 0.5;
const PAUSE_MS = 2200;
const ofAccount = (retryAfterMs?: number): TooManyRequests => ({ scope: "account", retryAfterMs });

function sendThrottled(tooMany: TooManyRequests): void {
  const permit = tryPermit(scene.throttle, { limits: [FAST], name: "other" }) as Permit;
  permit.markSent();
  permit.markEnded(tooMany);
}

test.each([undefined, 300_000])(
  "delays joins by seconds at most when another limit asks for %p ms",
  async (retryMs) => {
    begin({ random: HALF });
    const { throttle, clock, account } = scene;
    let throttled = 0;
    const relayed = () =>
      throttle.run(
        { limits: [FAST], name: "other", maxWaitMs: 14_000 },
        async () => (throttled += 1),
        () => ofAccount(retryMs),
      );
    times(30, (n) => clock.schedule(() => void relayed().catch(() => undefined), n * 15_000));
    const waitsMs: number[] = [];
    const joins = times(90, async (n) => {
      await clock.sleep(n * 5000 + 100);
      const fromMs = clock.now();
      await throttle.run(
        { limits: [MEMBER], name: "join", priority: "high", maxWaitMs: 20_000 },
        () => account.request([MEMBER]),
        () => undefined,
      );
      waitsMs.push(clock.now() - fromMs);
    });
    await clock.until(Promise.all(joins));
    expect(throttled).toBeGreaterThan(0);
    expect(waitsMs).toHaveLength(90);
    // A round trip takes 180 ms.
    expect(waitsMs.filter((ms) => ms > 180).length).toBeLessThanOrEqual(15);
    expect(Math.max(...waitsMs)).toBeLessThanOrEqual(PAUSE_MS + 180);
  },
);

test("pauses the other limits again after half a minute at the earliest", async () => {
  begin({ random: HALF });
  sendThrottled(ofAccount(60_000));
  await scene.clock.run(PAUSE_MS);
  scene.throttle["limits"].markThrottled(new Map(), { ...ofAccount(60_000), call: "other" }, scene.clock.now());
  await scene.clock.until(Promise.all(use(MEMBER, 1)));
  expect(startsOn(MEMBER)).toEqual([PAUSE_MS]);
});

test.each([
  ["ends when a call of the account succeeds that was sent after the throttled one", true, 190],
  ["does not end when a call to another server succeeds", false, 20 + PAUSE_MS],
])("%s", async (_, answersForAccount, joinedAtMs) => {
  begin({ random: HALF });
  const throttled = tryPermit(scene.throttle, { limits: [FAST], name: "other" }) as Permit;
  throttled.markSent();
  await scene.clock.run(10);
  void scene.send({ limits: [MEMBER], answersForAccount });
  await scene.clock.run(20);
  throttled.markEnded(ofAccount(60_000));
  const join = watch(scene.send({ limits: [MEMBER] }));
  await scene.clock.run(189);
  expect(startsOn(MEMBER)).toEqual([10]);
  await scene.clock.run(2500);
  expect(startsOn(MEMBER)).toEqual([10, joinedAtMs]);
  expect(join.outcome).toBe("done");
});

test("ends on retryNow", async () => {
  begin({ random: HALF });
  sendThrottled(ofAccount());
  scene.throttle.retryNow();
  expect(scene.throttle.status().coolDownUntilMs).toEqual({});
});
