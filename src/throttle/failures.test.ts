/** Breaks parts of the throttle in random histories: every call is still sent and answered. */

import fc from "fast-check";

import { limitsOfOne, pause, seldom } from "../../testing/arbitraries";
import { newScene, Scene, tooManyIn } from "../../testing/scene";
import { seeded } from "../../testing/virtualClock";
import { readSettings } from "../settings/readSettings";
import { AttemptRecorder } from "./attemptRecorder";
import { Dispatcher } from "./dispatcher";
import { FailSafeThrottle } from "./failSafeThrottle";
import { HandOffRegistry } from "./handOffs";
import { LimitSet } from "./limitSet";
import { CallQueue } from "./queue";
import { RateLimit } from "./rateLimit";

let scene: Scene;
afterEach(() => void jest.restoreAllMocks());

/** The methods that are broken. */
const PARTS: [prototype: object, name: string][] = [
  ...[
    "waitMs",
    "takeSlot",
    "markSent",
    "markAnswered",
    "markUnanswered",
    "markThrottled",
    "release",
    "msUntilUsable",
  ].map((name): [object, string] => [RateLimit.prototype, name]),
  ...["add", "admit", "hasWaitersOn", "remove"].map((name): [object, string] => [CallQueue.prototype, name]),
  ...["waitMs", "takeSlots", "markSent", "markEnded", "markThrottled"].map((name): [object, string] => [
    LimitSet.prototype,
    name,
  ]),
  ...["dispatch", "add"].map((name): [object, string] => [Dispatcher.prototype, name]),
  ...["markSent", "markEnded", "markThrottled", "requeue", "release"].map((name): [object, string] => [
    AttemptRecorder.prototype,
    name,
  ]),
  [HandOffRegistry.prototype, "find"],
];

test.each(PARTS)("the method that the next test breaks exists: %#", (prototype, name) => {
  expect(prototype).toHaveProperty(name, expect.any(Function));
});

test("sends every call and returns its answer when parts fail once or permanently", async () => {
  const fault = fc.record({
    part: fc.constantFrom(...PARTS),
    afterUses: fc.nat(40),
    times: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.constant(Infinity)),
  });
  const call = fc.record({
    afterMs: pause,
    limits: limitsOfOne,
    failsAfterMs: seldom(fc.integer({ min: 0, max: 200 })),
  });
  const property = fc.asyncProperty(
    fc.integer(),
    fc.uniqueArray(fault, {
      minLength: 1,
      maxLength: 3,
      selector: ({ part: [prototype, name] }) => `${prototype.constructor.name}.${name}`,
    }),
    fc.array(call, { minLength: 1, maxLength: 30 }),
    async (seed, faults, calls) => {
      scene = newScene({ seed });
      const { clock, account } = scene;
      const reported: unknown[] = [];
      const { settings } = readSettings({ queue: { maxWaitSeconds: 86_400, maxLength: 10_000 } });
      const throttle = new FailSafeThrottle({
        settings,
        clock,
        random: seeded(seed),
        report: (error) => reported.push(error),
      });
      for (const {
        part: [prototype, name],
        afterUses,
        times,
      } of faults) {
        const original = (prototype as Record<string, (...args: unknown[]) => unknown>)[name];
        let uses = 0;
        jest.spyOn(prototype as Record<string, () => unknown>, name).mockImplementation(function (
          this: unknown,
          ...args: unknown[]
        ) {
          uses += 1;
          if (uses > afterUses && uses <= afterUses + times) throw new Error(`${name} is broken`);
          return original.apply(this, args);
        });
      }
      const ends: unknown[] = [];
      const all: Promise<unknown>[] = [];
      for (const { afterMs, limits, failsAfterMs } of calls) {
        await clock.run(clock.now() + afterMs);
        const request = async () => {
          const answer = account.request(limits);
          if (failsAfterMs === undefined) return answer;
          await clock.sleep(failsAfterMs);
          throw new TypeError("Failed to fetch");
        };
        const recordEnd = (end: unknown) =>
          ends.push(failsAfterMs === undefined ? (end as { status?: number }).status : (end as Error).message);
        all.push(throttle.run({ limits, name: "test" }, request, tooManyIn).then(recordEnd, recordEnd));
      }
      await clock.until(Promise.all(all));
      await clock.run();
      jest.restoreAllMocks();
      ends.forEach((end) => expect([200, 429, "Failed to fetch"]).toContain(end));
      expect(ends).toHaveLength(calls.length);
      reported.forEach((error) => expect(String(error)).toMatch(/is broken$/));
    },
  );
  await fc.assert(property, { numRuns: 300 });
});
