/** The throttle with throttled timers and machines that sleep. */

import fc from "fast-check";

import { LIMITS, RateLimitId } from "../limits/limits";
import { readSettings } from "../settings/readSettings";
import { VirtualClock } from "../../testing/virtualClock";
import { Clock } from "./clock";
import { Throttle } from "./throttle";

const LIMIT = "POST /channels";
const { perSecond: PER_SECOND } = LIMITS[LIMIT];

/** The clock of a hidden page: its timers fire only at multiples of `toMs`. */
function throttledTimers(clock: VirtualClock, toMs: number): Clock {
  const later = (delayMs: number) => Math.ceil((clock.now() + delayMs) / toMs) * toMs - clock.now();
  return { now: () => clock.now(), schedule: (callback, delayMs) => clock.schedule(callback, later(delayMs)) };
}

/** Sends `count` calls, each answered after 1 ms, and records when each was sent. */
function sendAll(throttle: Throttle<RateLimitId>, clock: VirtualClock, count: number) {
  const sentAtMs: number[] = [];
  const send = async () => {
    const permit = await throttle.acquire({ limits: [LIMIT], name: "test" });
    permit.markSent();
    sentAtMs.push(clock.now());
    await clock.sleep(1);
    permit.markEnded("answered");
  };
  return { sentAtMs, all: Promise.all(Array.from({ length: count }, send)) };
}

const mostInASecond = (times: number[]) =>
  Math.max(...times.map((start) => times.filter((at) => at >= start && at < start + 1000).length));

let clock: VirtualClock;
beforeEach(() => void (clock = new VirtualClock()));

const newThrottle = (time: Clock) => {
  const { settings } = readSettings({ queue: { maxWaitSeconds: 86_400 } });
  return new Throttle({ settings, clock: time, random: () => 0.5 });
};

test("reevaluate sends due calls while timers fire once a minute", async () => {
  const throttle = newThrottle(throttledTimers(clock, 60_000));
  const { sentAtMs, all } = sendAll(throttle, clock, 3 * PER_SECOND);
  for (let n = 1; n <= 30; n += 1) {
    await clock.run(n * 100);
    throttle.reevaluate();
  }
  await clock.run(3100);
  expect(sentAtMs).toHaveLength(3 * PER_SECOND);
  expect(mostInASecond(sentAtMs)).toBe(PER_SECOND);
  await all;
});

test("a new call sends due calls while timers fire once a minute", async () => {
  const throttle = newThrottle(throttledTimers(clock, 60_000));
  const sent = [sendAll(throttle, clock, 15)];
  for (let n = 1; n <= 30; n += 1) {
    await clock.run(n * 100);
    sent.push(sendAll(throttle, clock, 1));
  }
  await clock.run(3050);
  const sentAtMs = sent.flatMap((each) => each.sentAtMs);
  expect(sentAtMs).toHaveLength(3 * PER_SECOND);
  expect(mostInASecond(sentAtMs)).toBe(PER_SECOND);
});

test("sends as many queued calls as the limit allows after an hour of sleep, then the others", async () => {
  const throttle = newThrottle(clock);
  const { sentAtMs, all } = sendAll(throttle, clock, 5 * PER_SECOND);
  await clock.run(500);
  clock.oversleep(3_600_000);
  const wokenAtMs = clock.now();
  throttle.reevaluate();
  await clock.run(wokenAtMs + 4000);
  expect(sentAtMs.filter((at) => at >= wokenAtMs && at < wokenAtMs + 50)).toHaveLength(PER_SECOND);
  expect(sentAtMs).toHaveLength(5 * PER_SECOND);
  expect(mostInASecond(sentAtMs)).toBe(PER_SECOND);
  await all;
});

test("sends every call within the limit, however timers are throttled and whenever the machine sleeps", async () => {
  const sleeps = fc.array(
    fc.record({
      afterMs: fc.integer({ min: 1, max: 900 }),
      forMs: fc.integer({ min: 0, max: 5000 }),
      isNoticed: fc.boolean(),
    }),
    { maxLength: 8 },
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(1, 16, 1000, 60_000), sleeps, async (toMs, sleepList) => {
      clock = new VirtualClock();
      const throttle = newThrottle(throttledTimers(clock, toMs));
      const { sentAtMs, all } = sendAll(throttle, clock, 4 * PER_SECOND);
      for (const { afterMs, forMs, isNoticed } of sleepList) {
        await clock.run(clock.now() + afterMs);
        clock.oversleep(forMs);
        if (isNoticed) throttle.reevaluate();
      }
      await clock.until(all);
      expect(sentAtMs).toHaveLength(4 * PER_SECOND);
      expect(mostInASecond(sentAtMs)).toBeLessThanOrEqual(PER_SECOND);
    }),
    { numRuns: 200 },
  );
});
