import Ajv from "ajv";
import fc from "fast-check";
import { readFileSync } from "fs";

import { LIMITS } from "../src/limits/limits";
import { DEFAULTS } from "../src/settings/defaults";
import { SettingDescription, SETTING_DESCRIPTIONS } from "../src/settings/descriptions";
import { readSettings, SettingsProblem } from "../src/settings/readSettings";
import { JsonSchema, SCHEMA_FILE, schemaText, settingsJsonSchema } from "./schema";

const schema = settingsJsonSchema();
const isAccepted = new Ajv().compile(schema);

test("the file in docs is up to date (npm run schema writes it)", () => {
  expect(readFileSync(SCHEMA_FILE, "utf8")).toBe(schemaText());
});

test("is a valid schema of draft 7 without references", () => {
  expect(schema.$schema).toBe("http://json-schema.org/draft-07/schema#");
  expect(new Ajv().validateSchema(schema)).toBe(true);
  expect(schemaText()).not.toMatch(/"\$(id|ref)"/);
});

/** The schema of every setting, with its path. */
function settingsIn(
  { properties = {}, additionalProperties, items }: JsonSchema,
  path: string[] = [],
): { path: string[]; own: JsonSchema }[] {
  const inner: [string, JsonSchema][] = Object.entries(properties);
  for (const each of [additionalProperties, items]) if (typeof each === "object" && !each.enum) inner.push(["*", each]);
  return inner.flatMap(([key, own]) => [{ path: [...path, key], own }, ...settingsIn(own, [...path, key])]);
}
const settings = settingsIn(schema).filter(({ path }) => path[0] !== "$schema");

test("every setting has a title, and every description belongs to a setting", () => {
  const texts = new Set(settings.map(({ own }) => own.description));
  settings.forEach(({ path, own }) => expect([path, own.title]).toEqual([path, expect.any(String)]));
  const descriptions = Object.values<SettingDescription>(SETTING_DESCRIPTIONS);
  expect(texts).toEqual(new Set(descriptions.map(({ description }) => description)));
});

test("every optional setting has the default that applies without it", () => {
  const { settings: defaults } = readSettings({});
  const described = Object.fromEntries(
    settings.filter(({ own }) => "default" in own).map(({ path, own }) => [path.join("."), own.default]),
  );
  expect(described).toEqual({
    mode: defaults.mode,
    onBurst: defaults.onBurst,
    actions: defaults.actions,
    routes: defaults.routes,
    telemetry: defaults.telemetry,
    "queue.maxLength": defaults.queue.maxLength,
    "queue.maxWaitSeconds": defaults.queue.maxWaitMs / 1000,
    "account.budget": defaults.account.budget,
    "account.guard": defaults.account.guard,
    "limits.Flex Flows.max": defaults.maxFlexFlows,
    ...Object.fromEntries(
      Object.entries(defaults.rates).flatMap(([id, rate]) =>
        Object.entries(rate).map(([key, value]) => [`limits.${id}.${key}`, value]),
      ),
    ),
  });
});

test("writing the defaults has no effect", () => {
  expect(isAccepted(DEFAULTS)).toBe(true);
  expect(readSettings(DEFAULTS)).toEqual(readSettings({}));
});

describe("for any input", () => {
  const limitId = fc.constantFrom(...Object.keys(LIMITS));
  const rateId = limitId.filter((id) => id !== "Flex Flows");
  const count = fc.integer({ min: 1, max: 20 });
  const perSecond = fc.constantFrom(0.5, 1, 3, 10, 10_000);
  const onBurst = fc.constantFrom("queue", "defer", "reject");
  const limitIds = fc.array(rateId, { minLength: 1, maxLength: 3 });
  const some = <Shape>(shape: { [Key in keyof Shape]: fc.Arbitrary<Shape[Key]> }, requiredKeys: (keyof Shape)[] = []) =>
    fc.record(shape, { requiredKeys: requiredKeys as never });

  const valid = some({
    mode: fc.constantFrom("enforce", "observe", "off"),
    onBurst,
    limits: fc.oneof(
      fc.dictionary(rateId, some({ perSecond, burst: count }), { maxKeys: 4 }),
      some({ "Flex Flows": some({ max: count }) }),
    ),
    actions: fc.dictionary(fc.string(), some({ limits: limitIds, onBurst }, ["limits"]), { maxKeys: 3 }),
    routes: fc.array(
      fc.record({
        method: fc.constantFrom("GET", "post", "Delete"),
        url: fc.constantFrom("https://a.io", "HTTP://*.twil.io/x", "https://a.io/😀"),
        limits: limitIds,
      }),
      { maxLength: 2 },
    ),
    queue: some({ maxLength: count, maxWaitSeconds: perSecond }),
    account: some({
      budget: fc.constantFrom("off", "sync"),
      guard: fc.constantFrom(0, 0.06, 0.5),
      service: fc.constant(`IS${"0f".repeat(16)}`),
    }),
    telemetry: fc.boolean(),
  });

  /** Values to put in any place of valid settings. */
  const anyValue = fc.oneof(
    fc.constantFrom<unknown>(
      0,
      -1,
      -1.5,
      1.5,
      1e300,
      2 ** 53,
      0.51,
      86_401,
      10_001,
      "",
      "of",
      "FETCH",
      "ftp://a.io",
      "https://a.io?b",
      "https://a.io/ b",
      "https://a.io\n",
      "POST\n",
      [],
      {},
      [[]],
      null,
      "Flex Flows",
      true,
    ),
    fc.jsonValue({ maxDepth: 2 }),
  );
  const anyKey = fc.oneof(
    fc.constantFrom(
      "__proto__",
      "constructor",
      "prototype",
      "toString",
      "perSecond",
      "max",
      "limits",
      "post /channels",
    ),
    fc.string(),
  );
  const almostValid = fc
    .tuple(valid, fc.nat(), anyKey, anyValue, fc.boolean())
    .map(([written, where, key, value, isAdded]) => {
      const copy: unknown = JSON.parse(JSON.stringify({ root: written }));
      const places = placesIn(copy);
      const { parent, name } = places[where % places.length];
      const target = parent[name];
      if (!isAdded || typeof target !== "object" || target === null || Array.isArray(target)) parent[name] = value;
      else Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
      return (copy as { root: unknown }).root;
    });

  interface Place {
    parent: Record<string, unknown>;
    name: string;
  }
  function placesIn(value: unknown): Place[] {
    if (typeof value !== "object" || value === null) return [];
    const parent = value as Record<string, unknown>;
    return Object.keys(parent).flatMap((name) => [{ parent, name }, ...placesIn(parent[name])]);
  }

  /** The only rule that JSON Schema cannot express: it compares two numbers. */
  const isOverItsRate = ({ path, expected }: SettingsProblem) =>
    path.endsWith(".burst") && "key" in expected && expected.key === "countUpTo";

  test("accepts exactly the settings without problems, except for a burst above its perSecond", () => {
    const seen = { accepted: 0, rejected: 0, overItsRate: 0 };
    fc.assert(
      fc.property(fc.oneof(valid, almostValid, fc.jsonValue()), (written) => {
        const { problems } = readSettings(written);
        const others = problems.filter((problem) => !isOverItsRate(problem));
        expect([isAccepted(written), problems]).toEqual([others.length === 0, problems]);
        seen[others.length > 0 ? "rejected" : problems.length > 0 ? "overItsRate" : "accepted"] += 1;
      }),
      { numRuns: 3000 },
    );
    // Each outcome occurred often enough.
    Object.values(seen).forEach((times) => expect(times).toBeGreaterThan(100));
  });

  test("accepts $schema in a file, although it is no setting", () => {
    expect(isAccepted({ $schema: "./flex-throttle.schema.json", mode: "off" })).toBe(true);
    expect(isAccepted({ $schema: 7 })).toBe(false);
    expect(readSettings({ $schema: "x" }).problems).toHaveLength(1);
  });
});
