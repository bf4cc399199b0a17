import { DEFAULT_SETTINGS } from "../../testing/defaultSettings";
import { diffSettings } from "./diffSettings";
import { formatInEnglish } from "./messages";
import { describeProblem, readSettings } from "./readSettings";

const LIST = "a list of one or more limit ids, as on Twilio's page.";
const RATE = "a number above 0, at most 10000";
const WHOLE = "a whole number, 1 or more";
const GUARD = "a number from 0 to 0.5";
const SYNC_SERVICE = "a SID: IS and 32 hexadecimal digits (0-9, a-f)";
const HTTP_URL = "an https:// URL without query or fragment (* matches any characters)";

/** Written settings, and the start of the sentence that describes their one problem. */
const INVALID: [written: unknown, sentence: string][] = [
  [
    null,
    "flexThrottle is null; expected an object: mode, onBurst, limits, actions, routes, queue, account, telemetry.",
  ],
  ["on", 'flexThrottle is "on"; expected an object:'],
  [[], "flexThrottle is []; expected an object:"],
  [{ mode: "of" }, 'flexThrottle.mode is "of"; expected one of "enforce", "observe", "off".'],
  [{ mod: "off" }, 'flexThrottle.mod is unknown; expected "mode".'],
  [
    { speed: 7 },
    'flexThrottle.speed is unknown; expected one of "mode", "onBurst", "limits", "actions", "routes", "queue", "account", "telemetry".',
  ],
  [{ onBurst: null }, 'flexThrottle.onBurst is null; expected one of "queue", "defer", "reject".'],
  [{ limits: [] }, "flexThrottle.limits is []; expected an object with limit ids as keys, as on Twilio's page."],
  [
    { limits: { "POST /chanels": { perSecond: 3 } } },
    'flexThrottle.limits["POST /chanels"] is unknown; expected "POST /channels".',
  ],
  [
    { limits: { "post /Channels": {} } },
    'flexThrottle.limits["post /Channels"] is unknown; expected "POST /channels".',
  ],
  [
    { limits: { everything: {} } },
    "flexThrottle.limits.everything is unknown; expected a limit per second, as on Twilio's page.",
  ],
  [
    { limits: { "POST /channels": 5 } },
    'flexThrottle.limits["POST /channels"] is 5; expected an object: { "perSecond": number, "burst": number }.',
  ],
  [
    { limits: { "POST /channels": { perSecond: "10" } } },
    `flexThrottle.limits["POST /channels"].perSecond is "10"; expected ${RATE}.`,
  ],
  [
    { limits: { "POST /channels": { perSecond: 0 } } },
    `flexThrottle.limits["POST /channels"].perSecond is 0; expected ${RATE}.`,
  ],
  [
    { limits: { "POST /channels": { perSecond: -1 } } },
    `flexThrottle.limits["POST /channels"].perSecond is -1; expected ${RATE}.`,
  ],
  [
    { limits: { "POST /channels": { perSecond: 1e300 } } },
    `flexThrottle.limits["POST /channels"].perSecond is 1e+300; expected ${RATE}.`,
  ],
  [
    { limits: { "POST /channels": { persecond: 3 } } },
    'flexThrottle.limits["POST /channels"].persecond is unknown; expected "perSecond".',
  ],
  [
    { limits: { "POST /channels": { burst: 30 } } },
    'flexThrottle.limits["POST /channels"].burst is 30; expected a whole number from 1 to 10 (the limit\'s own rate).',
  ],
  [
    { limits: { "POST /channels": { burst: 1.5 } } },
    `flexThrottle.limits["POST /channels"].burst is 1.5; expected ${WHOLE}.`,
  ],
  [
    { limits: { "Flex Flows": { perSecond: 3 } } },
    'flexThrottle.limits["Flex Flows"].perSecond is unknown; expected "max".',
  ],
  [{ limits: { "Flex Flows": { max: 0 } } }, `flexThrottle.limits["Flex Flows"].max is 0; expected ${WHOLE}.`],
  [{ actions: [] }, "flexThrottle.actions is []; expected an object with the names of Flex Actions as keys."],
  [{ actions: { A: {} } }, `flexThrottle.actions.A.limits is missing; expected ${LIST}`],
  [{ actions: { A: { limits: [] } } }, `flexThrottle.actions.A.limits is []; expected ${LIST}`],
  [
    { actions: { A: { limits: "POST /channels" } } },
    `flexThrottle.actions.A.limits is "POST /channels"; expected ${LIST}`,
  ],
  [
    { actions: { A: { limits: ["POST /channel"] } } },
    'flexThrottle.actions.A.limits[0] is "POST /channel"; expected "POST /channels".',
  ],
  [
    { actions: { A: { limits: ["Flex Flows"] } } },
    `flexThrottle.actions.A.limits[0] is "Flex Flows"; expected a limit per second, as on Twilio's page.`,
  ],
  [
    { actions: { "My Action": { limits: ["POST /channels"], onBurst: "wait" } } },
    'flexThrottle.actions["My Action"].onBurst is "wait"; expected one of',
  ],
  [{ routes: {} }, "flexThrottle.routes is {}; expected a list of routes."],
  [
    { routes: [7] },
    'flexThrottle.routes[0] is 7; expected an object: { "method": "POST", "url": "https://…", "limits": [limit, …] }.',
  ],
  [
    { routes: [{ url: "https://a.io", limits: ["POST /channels"] }] },
    'flexThrottle.routes[0].method is missing; expected one of "GET", "POST"',
  ],
  [
    { routes: [{ method: "FETCH", url: "https://a.io", limits: ["POST /channels"] }] },
    'flexThrottle.routes[0].method is "FETCH"; expected one of "GET"',
  ],
  [
    { routes: [{ method: "POST", url: "/a", limits: ["POST /channels"] }] },
    `flexThrottle.routes[0].url is "/a"; expected ${HTTP_URL}.`,
  ],
  [
    { routes: [{ method: "POST", url: "https://a.io/b?c=1", limits: ["POST /channels"] }] },
    `flexThrottle.routes[0].url is "https://a.io/b?c=1"; expected ${HTTP_URL}.`,
  ],
  [JSON.parse('{"__proto__":{"mode":"off"}}'), "flexThrottle.__proto__ is a reserved name; expected a different name."],
  [
    { limits: JSON.parse('{"__proto__":{"perSecond":1}}') },
    "flexThrottle.limits.__proto__ is a reserved name; expected a different name.",
  ],
  [
    { actions: { constructor: { limits: ["POST /channels"] } } },
    "flexThrottle.actions.constructor is a reserved name; expected a different name.",
  ],
  [{ queue: 5 }, 'flexThrottle.queue is 5; expected an object: { "maxLength": number, "maxWaitSeconds": number }.'],
  [
    { account: "sync" },
    'flexThrottle.account is "sync"; expected an object: { "budget": "sync", "guard": number, "service": "IS…" }.',
  ],
  [{ account: { budget: true } }, 'flexThrottle.account.budget is true; expected one of "off", "sync".'],
  [
    { account: { bugdet: "sync" } },
    'flexThrottle.account.bugdet is unknown; expected one of "budget", "guard", "service".',
  ],
  [{ account: { guard: -0.01 } }, `flexThrottle.account.guard is -0.01; expected ${GUARD}.`],
  [{ account: { guard: 6 } }, `flexThrottle.account.guard is 6; expected ${GUARD}.`],
  [{ account: { guard: "0.06" } }, `flexThrottle.account.guard is "0.06"; expected ${GUARD}.`],
  [{ account: { service: "default" } }, `flexThrottle.account.service is "default"; expected ${SYNC_SERVICE}.`],
  [
    { account: { service: `ZS${"0".repeat(32)}` } },
    `flexThrottle.account.service is "ZS${"0".repeat(32)}"; expected ${SYNC_SERVICE}.`,
  ],
  [{ telemetry: "yes" }, 'flexThrottle.telemetry is "yes"; expected true or false.'],
  [{ queue: { maxLength: -1.5 } }, `flexThrottle.queue.maxLength is -1.5; expected ${WHOLE}.`],
  [{ queue: { maxLength: 0 } }, `flexThrottle.queue.maxLength is 0; expected ${WHOLE}.`],
  [
    { queue: { maxWaitSeconds: "60" } },
    'flexThrottle.queue.maxWaitSeconds is "60"; expected a number above 0, at most 86400.',
  ],
];

test.each(INVALID)("%j is reported, and its default applies", (written, sentence) => {
  const { settings, problems } = readSettings(written);
  expect(problems.map(describeProblem)).toEqual([expect.stringContaining(sentence)]);
  expect({ ...settings, actions: {} }).toEqual(DEFAULT_SETTINGS);
});

test("a reserved name inside a list is reported, and the rest of the list is kept", () => {
  const route = '{"method":"GET","url":"https://a.io","limits":["GET /channels"]';
  const { settings, problems } = readSettings({
    routes: [JSON.parse(`${route}}`), JSON.parse(`${route},"__proto__":1}`)],
  });
  expect(problems.map(({ path }) => path)).toEqual(["flexThrottle.routes[1].__proto__"]);
  expect(settings.routes).toEqual([JSON.parse(`${route}}`), JSON.parse(`${route}}`)]);
});

test("an invalid entry does not affect others", () => {
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
    ...DEFAULT_SETTINGS,
    mode: "observe",
    rates: {
      ...DEFAULT_SETTINGS.rates,
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

test("a long value is shortened", () => {
  const [{ found }] = readSettings({ mode: "x".repeat(1000) }).problems;
  expect(formatInEnglish(found).length).toBeLessThanOrEqual(60);
});

describe("settings that no person writes", () => {
  const nested = (depth: number) => JSON.parse('{"a":['.repeat(depth) + "]}".repeat(depth)) as unknown;

  test.each<[string, unknown, string]>([
    ["the settings themselves", nested(2000), "flexThrottle.a"],
    ["an unknown key", { key: nested(2000) }, "flexThrottle.key"],
    ["an Action", { actions: { Create: nested(2000) } }, "flexThrottle.actions.Create.limits"],
    ["a route", { routes: [nested(2000)] }, "flexThrottle.routes[0].method"],
  ])("keep the other entries when %s is nested 4000 levels deep", (_, written, path) => {
    const { settings, problems } = readSettings({ mode: "observe", ...(written as object) });
    expect(settings.mode).toBe("observe");
    expect(problems.map((problem) => problem.path)).toContain(path);
    problems.forEach((problem) => expect(describeProblem(problem).length).toBeLessThan(1000));
    expect(diffSettings({}, written)).not.toEqual([]);
  });

  test("have one problem for each of 20,000 invalid Actions", () => {
    const actions = Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`A${n}`, 5]));
    const { settings, problems } = readSettings({ mode: "observe", actions });
    expect(settings).toMatchObject({ mode: "observe", actions: {} });
    expect(problems).toHaveLength(20_000);
  });
});
