import fc from "fast-check";

import { RATE_LIMIT_IDS } from "../limits/limits";
import { DEFAULTS } from "./defaults";
import { diffSettings } from "./diffSettings";
import {
  getEntry,
  canSetEntry,
  rowKeys,
  settingPaths,
  withEntry,
  withRenamedEntry,
  withoutEntry,
  writtenPaths,
} from "./entries";
import { findPattern } from "./descriptions";
import { formatPath } from "./path";

const name = fc.oneof(fc.constantFrom("SendSms", "toString", "__proto__", "7"), fc.string());
const limits = fc.array(fc.constantFrom(...RATE_LIMIT_IDS), { minLength: 1, maxLength: 3 });
const some = <Shape>(shape: { [Key in keyof Shape]: fc.Arbitrary<Shape[Key]> }) =>
  fc.record(shape, { requiredKeys: [] });
const filled = <Value extends object>(value: fc.Arbitrary<Value>) =>
  value.filter((inner) => Object.keys(inner).length > 0);

/** Settings with valid and invalid values, without empty objects and lists. */
const written = some({
  mode: fc.constantFrom("off", "of"),
  onBurst: fc.constantFrom("defer", 7),
  limits: filled(
    fc.dictionary(
      fc.constantFrom(...RATE_LIMIT_IDS, "POST /chanels"),
      filled(some({ perSecond: fc.constantFrom(0.5, "ten"), burst: fc.integer() })),
    ),
  ),
  actions: filled(fc.dictionary(name, some({ limits, onBurst: fc.constantFrom("queue", null) }))),
  routes: fc.array(some({ method: fc.string(), url: fc.string(), limits }), { minLength: 1, maxLength: 3 }),
  queue: filled(some({ maxLength: fc.integer(), maxWaitSeconds: fc.double() })),
  account: filled(some({ budget: fc.constantFrom("sync", true), guard: fc.double(), service: fc.string() })),
  telemetry: fc.boolean(),
});

test("setting an entry and removing it restores the input, which is never modified", () => {
  let tried = 0;
  fc.assert(
    fc.property(written, fc.nat(), fc.jsonValue(), (before, where, value) => {
      const copy = JSON.stringify(before);
      const free = settingPaths(before).filter((path) => getEntry(before, path) === undefined);
      const path = free[where % free.length];
      const set = withEntry(before, path, value);
      expect(getEntry(set, path)).toEqual(value);
      expect(JSON.stringify(withoutEntry(set, path))).toBe(copy);
      expect(JSON.stringify(before)).toBe(copy);
      tried += 1;
    }),
    { numRuns: 500 },
  );
  expect(tried).toBe(500);
});

test("setting an entry changes nothing else", () => {
  fc.assert(
    fc.property(written, fc.nat(), (before, where) => {
      const paths = settingPaths(before);
      const path = paths[where % paths.length];
      const changed = diffSettings(before, withEntry(before, path, "else")).map((change) => change.path);
      // For an empty row, the row itself is listed as removed, too.
      const isMeant = (each: string) => each.startsWith(formatPath(path)) || each === formatPath(path.slice(0, 2));
      expect(changed.filter((each) => !isMeant(each))).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test("an empty Action or route stays until it is removed itself", () => {
  const row = { actions: { SendSms: { limits: [] } }, routes: [{ url: "x" }, { url: "y" }] };
  expect(withoutEntry(row, ["actions", "SendSms", "limits"])).toEqual({ ...row, actions: { SendSms: {} } });
  expect(withoutEntry(row, ["routes", 0, "url"])).toEqual({ ...row, routes: [{}, { url: "y" }] });
  expect(withoutEntry(withoutEntry(row, ["actions", "SendSms"]), ["routes", 0])).toEqual({ routes: [{ url: "y" }] });
  expect(withoutEntry({ routes: [{}] }, ["routes", 0])).toEqual({});
});

test("removing the root gives {}", () => expect(withoutEntry("fast", [])).toEqual({}));

test("a renamed entry keeps its position", () => {
  const actions = { A: { limits: [1] }, B: {}, C: {} };
  const renamed = withRenamedEntry({ actions }, ["actions", "B"], "__proto__");
  expect(JSON.stringify(renamed)).toBe('{"actions":{"A":{"limits":[1]},"__proto__":{},"C":{}}}');
  expect(rowKeys(renamed, "actions")).toEqual(["A", "__proto__", "C"]);
});

test.each([
  ["fast", ["mode"], false],
  [undefined, ["limits", "POST /channels", "burst"], true],
  [{ limits: [] }, ["limits", "POST /channels", "burst"], false],
  [{ limits: { "POST /channels": 5 } }, ["limits", "POST /channels", "burst"], false],
  [{ limits: { "POST /channels": 5 } }, ["limits", "GET /channels", "burst"], true],
  [{ mode: 7 }, ["mode"], true],
  [{ routes: {} }, ["routes", 0], false],
  [{ routes: [7] }, ["routes", 0, "url"], false],
])("in %j, whether %j can be set without overwriting a parent: %j", (input, path, expected) =>
  expect(canSetEntry(input, path)).toBe(expected),
);

test("lists every setting that has a default, and those of every row", () => {
  const paths = settingPaths({ actions: { A: 5 }, routes: [{}] }).map(formatPath);
  expect(paths).toEqual(
    expect.arrayContaining([
      "flexThrottle.telemetry",
      "flexThrottle.account.service",
      "flexThrottle.actions.A.limits",
      "flexThrottle.routes[0].url",
    ]),
  );
  expect(new Set(settingPaths({}).map((path) => path[0]))).toEqual(
    new Set(Object.keys(DEFAULTS).filter((key) => key !== "actions" && key !== "routes")),
  );
  settingPaths({ actions: { A: 5 }, routes: [{}] }).forEach((path) =>
    expect([path, findPattern(path)]).toEqual([path, expect.any(String)]),
  );
});

test("every written path leads to its entry, and no two have the same text form", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (json) => {
      const paths = writtenPaths(json);
      paths.forEach((path) => expect(getEntry(json, path)).toBeDefined());
      expect(new Set(paths.map(formatPath)).size).toBe(paths.length);
    }),
  );
});
