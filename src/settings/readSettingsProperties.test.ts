import fc from "fast-check";

import { tryPermit } from "../../testing/throttles";
import { LIMITS, RATE_LIMIT_IDS } from "../limits/limits";
import { Throttle } from "../throttle/throttle";
import { describeProblem, readSettings } from "./readSettings";

const SERVICE = `IS${"0".repeat(32)}`;

describe("for any input", () => {
  /** Values that look like settings and can be invalid anywhere. */
  const value = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom<unknown>("enforce", "queue", 5, 2, 0.5, "POST", "https://a.io") },
    fc.jsonValue(),
  );
  const limitId = fc.oneof(fc.constantFrom(...Object.keys(LIMITS)), fc.string());
  const loose = (keys: string[], inner: fc.Arbitrary<unknown>) =>
    fc.dictionary(fc.oneof(fc.constantFrom(...keys), fc.string()), fc.oneof(inner, value), { maxKeys: 5 });
  const limitList = fc.oneof(fc.array(limitId, { maxLength: 3 }), value);
  const entry = loose(["method", "url", "limits", "onBurst"], limitList);
  const almost = fc.record(
    {
      mode: value,
      onBurst: value,
      limits: fc.oneof(fc.dictionary(limitId, loose(["perSecond", "burst", "max"], value)), value),
      actions: fc.oneof(fc.dictionary(fc.string(), entry), value),
      routes: fc.oneof(fc.array(entry, { maxLength: 4 }), value),
      queue: loose(["maxLength", "maxWaitSeconds"], value),
      account: loose(["budget", "guard", "service"], fc.oneof(fc.constantFrom("sync", 0.1, SERVICE), value)),
      telemetry: value,
      other: value,
    },
    { requiredKeys: [] },
  );
  const anything = fc.oneof(almost, fc.jsonValue(), fc.anything());

  test("never throws, and returns settings that a throttle accepts", () => {
    fc.assert(
      fc.property(anything, (written) => {
        const { settings, problems } = readSettings(written);
        problems.forEach(describeProblem);
        const throttle = new Throttle({
          settings,
          clock: { now: () => 0, schedule: () => () => undefined },
          random: Math.random,
        });
        RATE_LIMIT_IDS.forEach((id) => tryPermit(throttle, { limits: [id], name: "test" }));
      }),
      { numRuns: 500 },
    );
  });

  test("reads its own result without problems and unchanged", () => {
    fc.assert(
      fc.property(almost, (written) => {
        const { settings } = readSettings(written);
        const again = readSettings({
          mode: settings.mode,
          onBurst: settings.onBurst,
          limits: { ...settings.rates, "Flex Flows": { max: settings.maxFlexFlows } },
          actions: settings.actions,
          routes: settings.routes,
          queue: { maxLength: settings.queue.maxLength, maxWaitSeconds: settings.queue.maxWaitMs / 1000 },
          account: settings.account,
          telemetry: settings.telemetry,
        });
        expect(again.problems).toEqual([]);
        expect(again.settings).toEqual(settings);
      }),
      { numRuns: 500 },
    );
  });

  test("keeps valid entries beside invalid ones", () => {
    fc.assert(
      fc.property(almost, (written) => {
        const { settings } = readSettings({
          ...(written as object),
          mode: "observe",
          queue: { maxLength: 7, wrong: 1 },
        });
        expect([settings.mode, settings.queue.maxLength]).toEqual(["observe", 7]);
      }),
      { numRuns: 300 },
    );
  });
});
