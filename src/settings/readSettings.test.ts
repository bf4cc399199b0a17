import fc from "fast-check";

import { LIMITS, RATE_LIMIT_IDS } from "../limits/limits";
import { Throttle } from "../throttle/throttle";
import { describeProblem, readSettings, Settings } from "./readSettings";
import { formatInEnglish } from "./messages";

const DEFAULTS: Settings = {
  mode: "enforce",
  onBurst: "queue",
  rates: Object.fromEntries(
    RATE_LIMIT_IDS.map((id) => [id, { perSecond: LIMITS[id].perSecond, burst: LIMITS[id].perSecond }]),
  ) as Settings["rates"],
  maxFlexFlows: 2500,
  actions: {},
  routes: [],
  queue: { maxLength: 500, maxWaitMs: 60_000 },
  telemetry: false,
};

/** The contract's own example. */
const EXAMPLE = {
  mode: "enforce",
  onBurst: "queue",
  limits: {
    "POST /WebChannels": { perSecond: 8 },
    "POST /channels": { perSecond: 10, burst: 3 },
    "Flex Flows": { max: 3000 },
  },
  actions: { SendOutboundSms: { limits: ["POST /channels", "Proxy Out-of-Session callbacks"], onBurst: "defer" } },
  routes: [{ method: "POST", url: "https://*.twil.io/create-webchat", limits: ["POST /WebChannels"] }],
  queue: { maxLength: 500, maxWaitSeconds: 60 },
};

test.each([[undefined], [{}]])("%p means the defaults", (written) => {
  expect(readSettings(written)).toEqual({ settings: DEFAULTS, problems: [] });
});

test("the contract's example is understood whole", () => {
  const { settings, problems } = readSettings(EXAMPLE);
  expect(problems).toEqual([]);
  expect(settings).toEqual({
    ...DEFAULTS,
    rates: {
      ...DEFAULTS.rates,
      "POST /WebChannels": { perSecond: 8, burst: 8 },
      "POST /channels": { perSecond: 10, burst: 3 },
    },
    maxFlexFlows: 3000,
    actions: EXAMPLE.actions,
    routes: EXAMPLE.routes,
  });
});

test("what was written stays as it was", () => {
  const written = { ...EXAMPLE, mode: "onn", limits: { nope: 1 } };
  const before = JSON.stringify(written);
  readSettings(written);
  expect(JSON.stringify(written)).toBe(before);
});

test("a limit below one a second is one start in so many seconds", () => {
  expect(readSettings({ limits: { "GET /channels": { perSecond: 0.5 } } }).settings.rates["GET /channels"]).toEqual({
    perSecond: 0.5,
    burst: 1,
  });
});

test("telemetry is only for those who ask for it", () => {
  expect(readSettings({ telemetry: true }).settings.telemetry).toBe(true);
  expect(readSettings({ telemetry: "true" }).settings.telemetry).toBe(false);
});

test("a limit named twice is spent once", () => {
  const { settings, problems } = readSettings({ actions: { A: { limits: ["POST /channels", "POST /channels"] } } });
  expect(settings.actions.A.limits).toEqual(["POST /channels"]);
  expect(problems).toEqual([]);
});

const LIST = 'a list of one or more limits, each one of "GET /FlexFlows", "GET /FlexFlows/FOxx"';
const RATE = "a number above 0, at most 10000";
const WHOLE = "a whole number, 1 or more";
const ADDRESS = "an https:// address without ? and #, with * for any run of characters";

/** What an admin wrote, and the sentence (its beginning) that tells what is wrong. */
const WRONG: [written: unknown, sentence: string][] = [
  [null, "flexThrottle is null; right would be an object: mode, onBurst, limits, actions, routes, queue, telemetry."],
  ["on", 'flexThrottle is "on"; right would be an object:'],
  [[], "flexThrottle is []; right would be an object:"],
  [{ mode: "of" }, 'flexThrottle.mode is "of"; right would be one of "enforce", "observe", "off".'],
  [{ mod: "off" }, 'flexThrottle.mod is not known; right would be "mode".'],
  [
    { speed: 7 },
    'flexThrottle.speed is not known; right would be one of "mode", "onBurst", "limits", "actions", "routes", "queue", "telemetry".',
  ],
  [{ onBurst: null }, 'flexThrottle.onBurst is null; right would be one of "queue", "defer", "reject".'],
  [
    { limits: [] },
    "flexThrottle.limits is []; right would be an object: limits by their id, as Twilio's page names them.",
  ],
  [
    { limits: { "POST /chanels": { perSecond: 3 } } },
    'flexThrottle.limits["POST /chanels"] is not known; right would be "POST /channels".',
  ],
  [
    { limits: { "post /Channels": {} } },
    'flexThrottle.limits["post /Channels"] is not known; right would be "POST /channels".',
  ],
  [
    { limits: { everything: {} } },
    'flexThrottle.limits.everything is not known; right would be one of "GET /FlexFlows", "GET /FlexFlows/FOxx"',
  ],
  [
    { limits: { "POST /channels": 5 } },
    'flexThrottle.limits["POST /channels"] is 5; right would be an object: { "perSecond": number, "burst": number }.',
  ],
  [
    { limits: { "POST /channels": { perSecond: "10" } } },
    `flexThrottle.limits["POST /channels"].perSecond is "10"; right would be ${RATE}.`,
  ],
  [
    { limits: { "POST /channels": { perSecond: 0 } } },
    `flexThrottle.limits["POST /channels"].perSecond is 0; right would be ${RATE}.`,
  ],
  [
    { limits: { "POST /channels": { perSecond: -1 } } },
    `flexThrottle.limits["POST /channels"].perSecond is -1; right would be ${RATE}.`,
  ],
  [
    { limits: { "POST /channels": { perSecond: 1e300 } } },
    `flexThrottle.limits["POST /channels"].perSecond is 1e+300; right would be ${RATE}.`,
  ],
  [
    { limits: { "POST /channels": { persecond: 3 } } },
    'flexThrottle.limits["POST /channels"].persecond is not known; right would be "perSecond".',
  ],
  [
    { limits: { "POST /channels": { burst: 30 } } },
    'flexThrottle.limits["POST /channels"].burst is 30; right would be a whole number from 1 to 10, the limit itself.',
  ],
  [
    { limits: { "POST /channels": { burst: 1.5 } } },
    `flexThrottle.limits["POST /channels"].burst is 1.5; right would be ${WHOLE}.`,
  ],
  [
    { limits: { "Flex Flows": { perSecond: 3 } } },
    'flexThrottle.limits["Flex Flows"].perSecond is not known; right would be one of "max".',
  ],
  [{ limits: { "Flex Flows": { max: 0 } } }, `flexThrottle.limits["Flex Flows"].max is 0; right would be ${WHOLE}.`],
  [{ actions: [] }, "flexThrottle.actions is []; right would be an object: Flex Actions by their name."],
  [{ actions: { A: {} } }, `flexThrottle.actions.A.limits is missing; right would be ${LIST}`],
  [{ actions: { A: { limits: [] } } }, `flexThrottle.actions.A.limits is []; right would be ${LIST}`],
  [
    { actions: { A: { limits: "POST /channels" } } },
    `flexThrottle.actions.A.limits is "POST /channels"; right would be ${LIST}`,
  ],
  [
    { actions: { A: { limits: ["POST /channel"] } } },
    'flexThrottle.actions.A.limits[0] is "POST /channel"; right would be "POST /channels".',
  ],
  [
    { actions: { A: { limits: ["Flex Flows"] } } },
    'flexThrottle.actions.A.limits[0] is "Flex Flows"; right would be one of "GET /FlexFlows"',
  ],
  [
    { actions: { "My Action": { limits: ["POST /channels"], onBurst: "wait" } } },
    'flexThrottle.actions["My Action"].onBurst is "wait"; right would be one of',
  ],
  [{ routes: {} }, "flexThrottle.routes is {}; right would be a list of routes."],
  [
    { routes: [7] },
    'flexThrottle.routes[0] is 7; right would be an object: { "method": "POST", "url": "https://…", "limits": [limit, …] }.',
  ],
  [
    { routes: [{ url: "https://a.io", limits: ["POST /channels"] }] },
    'flexThrottle.routes[0].method is missing; right would be one of "GET", "POST"',
  ],
  [
    { routes: [{ method: "FETCH", url: "https://a.io", limits: ["POST /channels"] }] },
    'flexThrottle.routes[0].method is "FETCH"; right would be one of "GET"',
  ],
  [
    { routes: [{ method: "POST", url: "/a", limits: ["POST /channels"] }] },
    `flexThrottle.routes[0].url is "/a"; right would be ${ADDRESS}.`,
  ],
  [
    { routes: [{ method: "POST", url: "https://a.io/b?c=1", limits: ["POST /channels"] }] },
    `flexThrottle.routes[0].url is "https://a.io/b?c=1"; right would be ${ADDRESS}.`,
  ],
  [
    JSON.parse('{"__proto__":{"mode":"off"}}'),
    "flexThrottle.__proto__ is a name that cannot be used; right would be another.",
  ],
  [
    { limits: JSON.parse('{"__proto__":{"perSecond":1}}') },
    "flexThrottle.limits.__proto__ is a name that cannot be used; right would be another.",
  ],
  [
    { actions: { constructor: { limits: ["POST /channels"] } } },
    "flexThrottle.actions.constructor is a name that cannot be used; right would be another.",
  ],
  [
    { queue: 5 },
    'flexThrottle.queue is 5; right would be an object: { "maxLength": number, "maxWaitSeconds": number }.',
  ],
  [{ telemetry: "yes" }, 'flexThrottle.telemetry is "yes"; right would be true or false.'],
  [{ queue: { maxLength: -1.5 } }, `flexThrottle.queue.maxLength is -1.5; right would be ${WHOLE}.`],
  [{ queue: { maxLength: 0 } }, `flexThrottle.queue.maxLength is 0; right would be ${WHOLE}.`],
  [
    { queue: { maxWaitSeconds: "60" } },
    'flexThrottle.queue.maxWaitSeconds is "60"; right would be a number above 0, at most 86400.',
  ],
];

test.each(WRONG)("%j is named, and its default holds", (written, sentence) => {
  const { settings, problems } = readSettings(written);
  expect(problems.map(describeProblem)).toEqual([expect.stringContaining(sentence)]);
  expect({ ...settings, actions: {} }).toEqual(DEFAULTS);
});

test("a name that cannot be used is named within a list, too, and takes nothing with it", () => {
  const route = '{"method":"GET","url":"https://a.io","limits":["GET /channels"]';
  const { settings, problems } = readSettings({
    routes: [JSON.parse(`${route}}`), JSON.parse(`${route},"__proto__":1}`)],
  });
  expect(problems.map(({ path }) => path)).toEqual(["flexThrottle.routes[1].__proto__"]);
  expect(settings.routes).toEqual([JSON.parse(`${route}}`), JSON.parse(`${route}}`)]);
});

test("a wrong entry takes nothing else with it", () => {
  const { settings, problems } = readSettings({
    mode: "observe",
    onBurst: "sometimes",
    limits: {
      "POST /channels": { perSecond: "many", burst: 4 },
      "GET /channels": { perSecond: 2 },
      nope: {},
      neither: {},
    },
    actions: {
      Right: { limits: ["POST /channels"] },
      Wrong: { limits: 3 },
      Half: { limits: ["POST /channels"], onBurst: 7, color: "red" },
    },
    routes: [{}, { method: "get", url: "https://a.io/*", limits: ["GET /channels"] }, { method: "GET" }],
    queue: { maxLength: -1, maxWaitSeconds: 5 },
  });
  expect(settings).toEqual({
    ...DEFAULTS,
    mode: "observe",
    rates: {
      ...DEFAULTS.rates,
      "POST /channels": { perSecond: 10, burst: 4 },
      "GET /channels": { perSecond: 2, burst: 2 },
    },
    actions: { Right: { limits: ["POST /channels"] }, Half: { limits: ["POST /channels"] } },
    routes: [{ method: "get", url: "https://a.io/*", limits: ["GET /channels"] }],
    queue: { maxLength: 500, maxWaitMs: 5000 },
  });
  expect(problems.map(({ path }) => path).sort()).toEqual(
    [
      "flexThrottle.onBurst",
      'flexThrottle.limits["POST /channels"].perSecond',
      "flexThrottle.limits.nope",
      "flexThrottle.limits.neither",
      "flexThrottle.actions.Wrong.limits",
      "flexThrottle.actions.Half.onBurst",
      "flexThrottle.actions.Half.color",
      "flexThrottle.routes[0].method",
      "flexThrottle.routes[0].url",
      "flexThrottle.routes[0].limits",
      "flexThrottle.routes[2].url",
      "flexThrottle.routes[2].limits",
      "flexThrottle.queue.maxLength",
    ].sort(),
  );
});

test("a long value is shortened in its sentence", () => {
  const [{ found }] = readSettings({ mode: "x".repeat(1000) }).problems;
  expect(formatInEnglish(found).length).toBeLessThanOrEqual(60);
});

describe("whatever is written", () => {
  /** Things that look like settings, wrong in every place. */
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
      telemetry: value,
      other: value,
    },
    { requiredKeys: [] },
  );
  const anything = fc.oneof(almost, fc.jsonValue(), fc.anything());

  test("nothing throws, and a throttle can be made of what comes out", () => {
    fc.assert(
      fc.property(anything, (written) => {
        const { settings, problems } = readSettings(written);
        problems.forEach(describeProblem);
        const throttle = new Throttle({
          settings,
          clock: { now: () => 0, schedule: () => () => undefined },
          random: Math.random,
        });
        RATE_LIMIT_IDS.forEach((id) => throttle.tryAcquire({ limits: [id], name: "test" }));
      }),
      { numRuns: 500 },
    );
  });

  test("what comes out, written down again, has no problems and means the same", () => {
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
          telemetry: settings.telemetry,
        });
        expect(again.problems).toEqual([]);
        expect(again.settings).toEqual(settings);
      }),
      { numRuns: 500 },
    );
  });

  test("what is right is kept beside anything that is wrong", () => {
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
