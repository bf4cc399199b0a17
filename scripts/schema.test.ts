import Ajv from "ajv";
import fc from "fast-check";
import { readFileSync } from "fs";

import { LIMITS } from "../src/limits/limits";
import { DEFAULTS } from "../src/settings/defaults";
import { SETTING_DESCRIPTIONS } from "../src/settings/descriptions";
import { readSettings, SettingsProblem } from "../src/settings/readSettings";
import { JsonSchema, SCHEMA_FILE, schemaText, settingsJsonSchema } from "./schema";

const schema = settingsJsonSchema();
const isAccepted = new Ajv().compile(schema);

test("the file in docs is what the settings are read by (npm run schema writes it)", () => {
  expect(readFileSync(SCHEMA_FILE, "utf8")).toBe(schemaText());
});

test("it is a schema of draft 7 that knows no place but its own", () => {
  expect(schema.$schema).toBe("http://json-schema.org/draft-07/schema#");
  expect(new Ajv().validateSchema(schema)).toBe(true);
  expect(schemaText()).not.toMatch(/"\$(id|ref)"/);
});

/** Every schema of a setting, with the keys that lead there. */
function settingsIn(
  { properties = {}, additionalProperties, items }: JsonSchema,
  path: string[] = [],
): { path: string[]; own: JsonSchema }[] {
  const inner: [string, JsonSchema][] = Object.entries(properties);
  for (const each of [additionalProperties, items]) if (typeof each === "object" && !each.enum) inner.push(["*", each]);
  return inner.flatMap(([key, own]) => [{ path: [...path, key], own }, ...settingsIn(own, [...path, key])]);
}
const settings = settingsIn(schema).filter(({ path }) => path[0] !== "$schema");

test("every setting has a title and a description, and every meaning is of a setting", () => {
  const texts = new Set(settings.map(({ own }) => own.description));
  settings.forEach(({ path, own }) =>
    expect([path, own.title, own.description]).toEqual([path, expect.any(String), expect.any(String)]),
  );
  expect(texts).toEqual(new Set(Object.values(SETTING_DESCRIPTIONS).map(({ description }) => description)));
});

test("every setting that may be left out has the default that holds then", () => {
  const { settings: held } = readSettings({});
  const told = Object.fromEntries(
    settings.filter(({ own }) => "default" in own).map(({ path, own }) => [path.join("."), own.default]),
  );
  expect(told).toEqual({
    mode: held.mode,
    onBurst: held.onBurst,
    actions: held.actions,
    routes: held.routes,
    telemetry: held.telemetry,
    "queue.maxLength": held.queue.maxLength,
    "queue.maxWaitSeconds": held.queue.maxWaitMs / 1000,
    "limits.Flex Flows.max": held.maxFlexFlows,
    ...Object.fromEntries(
      Object.entries(held.rates).flatMap(([id, rate]) =>
        Object.entries(rate).map(([key, value]) => [`limits.${id}.${key}`, value]),
      ),
    ),
  });
});

test("the defaults, written down, mean the same as nothing", () => {
  expect(isAccepted(DEFAULTS)).toBe(true);
  expect(readSettings(DEFAULTS)).toEqual(readSettings({}));
});

describe("whatever is written", () => {
  const limitId = fc.constantFrom(...Object.keys(LIMITS));
  const rateId = limitId.filter((id) => id !== "Flex Flows");
  const count = fc.integer({ min: 1, max: 20 });
  const perSecond = fc.constantFrom(0.5, 1, 3, 10, 10_000);
  const onBurst = fc.constantFrom("queue", "defer", "reject");
  const limitIds = fc.array(rateId, { minLength: 1, maxLength: 3 });
  const some = <Shape>(shape: { [Key in keyof Shape]: fc.Arbitrary<Shape[Key]> }, requiredKeys: (keyof Shape)[] = []) =>
    fc.record(shape, { requiredKeys: requiredKeys as never });

  const right = some({
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
    telemetry: fc.boolean(),
  });

  /** One place of it, any, holds something else, or a key that does not belong there. */
  const wrong = fc.oneof(
    fc.constantFrom<unknown>(
      0,
      -1,
      -1.5,
      1.5,
      1e300,
      2 ** 53,
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
  const strangeKey = fc.oneof(
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
  const spoiled = fc
    .tuple(right, fc.nat(), strangeKey, wrong, fc.boolean())
    .map(([written, where, key, value, isAdded]) => {
      const copy: unknown = JSON.parse(JSON.stringify({ root: written }));
      const places = placesIn(copy);
      const { holder, name } = places[where % places.length];
      const target = holder[name];
      if (!isAdded || typeof target !== "object" || target === null || Array.isArray(target)) holder[name] = value;
      else Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
      return (copy as { root: unknown }).root;
    });

  interface Place {
    holder: Record<string, unknown>;
    name: string;
  }
  function placesIn(value: unknown): Place[] {
    if (typeof value !== "object" || value === null) return [];
    const holder = value as Record<string, unknown>;
    return Object.keys(holder).flatMap((name) => [{ holder, name }, ...placesIn(holder[name])]);
  }

  /** The one rule that compares two numbers, which a JSON Schema cannot. */
  const isOverItsRate = ({ path, expected }: SettingsProblem) =>
    path.endsWith(".burst") && "key" in expected && expected.key === "countUpTo";

  test("the schema accepts it exactly when it has no problems, but for a burst over its own perSecond", () => {
    const seen = { accepted: 0, refused: 0, overItsRate: 0 };
    fc.assert(
      fc.property(fc.oneof(right, spoiled, fc.jsonValue()), (written) => {
        const { problems } = readSettings(written);
        const others = problems.filter((problem) => !isOverItsRate(problem));
        expect([isAccepted(written), problems]).toEqual([others.length === 0, problems]);
        seen[others.length > 0 ? "refused" : problems.length > 0 ? "overItsRate" : "accepted"] += 1;
      }),
      { numRuns: 3000 },
    );
    // Each kind was tried often enough to mean something.
    Object.values(seen).forEach((times) => expect(times).toBeGreaterThan(100));
  });

  test("a file may name its schema, which the command line takes out", () => {
    expect(isAccepted({ $schema: "./flex-throttle.schema.json", mode: "off" })).toBe(true);
    expect(isAccepted({ $schema: 7 })).toBe(false);
    expect(readSettings({ $schema: "x" }).problems).toHaveLength(1);
  });
});
