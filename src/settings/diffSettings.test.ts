import fc from "fast-check";

import { diffSettings } from "./diffSettings";
import { readSettings } from "./readSettings";

const CHANNELS = { "POST /channels": { perSecond: 10, burst: 3 } };
const SMS = { limits: ["POST /channels"], onBurst: "defer" };

test("lists changed, added and removed entries with their paths", () => {
  expect(
    diffSettings({ mode: "observe", queue: { maxLength: 5 } }, { mode: "enforce", queue: { maxWaitSeconds: 9 } }),
  ).toEqual([
    { path: "flexThrottle.mode", from: "observe", to: "enforce" },
    { path: "flexThrottle.queue.maxLength", from: 5 },
    { path: "flexThrottle.queue.maxWaitSeconds", to: 9 },
  ]);
});

test("formats paths like those of problems", () => {
  const [{ path }] = diffSettings({ limits: CHANNELS }, { limits: { "POST /channels": { perSecond: 0, burst: 3 } } });
  expect(path).toBe('flexThrottle.limits["POST /channels"].perSecond');
  expect(readSettings({ limits: { "POST /channels": { perSecond: 0 } } }).problems[0].path).toBe(path);
});

test("lists an added or removed object entry by entry", () => {
  const entries = [
    { path: 'flexThrottle.limits["POST /channels"].perSecond', to: 10 },
    { path: 'flexThrottle.limits["POST /channels"].burst', to: 3 },
    { path: "flexThrottle.actions.SendSms.limits", to: ["POST /channels"] },
    { path: "flexThrottle.actions.SendSms.onBurst", to: "defer" },
  ];
  const whole = { limits: CHANNELS, actions: { SendSms: SMS } };
  expect(diffSettings(undefined, whole)).toEqual(entries);
  expect(diffSettings({}, whole)).toEqual(entries);
  expect(diffSettings(whole, {})).toEqual(entries.map(({ path, to }) => ({ path, from: to })));
});

test("compares lists index by index", () => {
  const route = { method: "POST", url: "https://a.io", limits: ["POST /channels"] };
  expect(
    diffSettings(
      { routes: [route] },
      { routes: [{ ...route, method: "GET", limits: ["POST /channels", "GET /channels"] }, route] },
    ),
  ).toEqual([
    { path: "flexThrottle.routes[0].method", from: "POST", to: "GET" },
    { path: "flexThrottle.routes[0].limits[1]", to: "GET /channels" },
    { path: "flexThrottle.routes[1].method", to: "POST" },
    { path: "flexThrottle.routes[1].url", to: "https://a.io" },
    { path: "flexThrottle.routes[1].limits", to: ["POST /channels"] },
  ]);
});

test.each([
  ["undefined equals {}", undefined, {}],
  ["the order of the keys does not matter", { mode: "off", onBurst: "queue" }, { onBurst: "queue", mode: "off" }],
])("%s", (_, from, to) => expect(diffSettings(from, to)).toEqual([]));

test.each([
  ["a string", "fast", { mode: "off" }],
  ["null", null, "off"],
  ["a list", [], { mode: "off" }],
])("%s instead of settings is one entry", (_, from, to) => {
  expect(diffSettings({}, from)).toEqual([{ path: "flexThrottle", from: {}, to: from }]);
  expect(diffSettings(from, to)).toEqual([{ path: "flexThrottle", from, to }]);
});

test("treats names that every object inherits like any other name", () => {
  const actions = JSON.parse('{"toString":{"limits":["POST /channels"]},"__proto__":{"limits":["POST /channels"]}}');
  expect(diffSettings({ actions }, { actions: {} }).map(({ path }) => path)).toEqual([
    "flexThrottle.actions.toString.limits",
    "flexThrottle.actions.__proto__.limits",
  ]);
  expect(diffSettings({}, { actions: { toString: {} } })).toEqual([{ path: "flexThrottle.actions.toString", to: {} }]);
});

test("finds a difference exactly if there is one, with the same paths in both directions", () => {
  const value = fc.jsonValue({ maxDepth: 3 });
  const canonical = (written: unknown): unknown => {
    if (typeof written !== "object" || written === null) return written;
    return Array.isArray(written)
      ? written.map(canonical)
      : {
          entries: Object.entries(written)
            .map(([key, inner]) => [key, canonical(inner)])
            .sort(),
        };
  };
  fc.assert(
    fc.property(value, value, (one, other) => {
      const forward = diffSettings({ one }, { one: other });
      const backward = diffSettings({ one: other }, { one });
      expect(forward.length === 0).toBe(JSON.stringify(canonical(one)) === JSON.stringify(canonical(other)));
      expect(forward.map(({ path }) => path).sort()).toEqual(backward.map(({ path }) => path).sort());
    }),
    { numRuns: 500 },
  );
});
