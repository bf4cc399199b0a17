import fc from "fast-check";
import { parse, ParseError, stripComments } from "jsonc-parser";

import { parseSettingsText, unwrapSettings } from "./settingsText";

test.each([
  ['{"mode": "off"}', { mode: "off" }],
  ['\uFEFF{ // only for a while\n "mode": "off" /* or "on" */ }', { mode: "off" }],
  ['["// no comment", "\\" /* nor this */"]', ["// no comment", '" /* nor this */']],
])("parses %j", (text, settings) => expect(parseSettingsText(text)).toEqual({ settings }));

test.each([
  ["", 1, 1, "value"],
  ["// nothing\n", 2, 1, "value"],
  ['{"mode": }', 1, 10, "value"],
  ['{\r\n  "mode": "off"\r\n  "onBurst": 1\r\n}', 3, 3, "}"],
  ['{\n  "mode" "off"\n}', 2, 10, ":"],
  ['{"mode": "off",}', 1, 16, "name"],
  ['{"mode": "off"', 1, 15, "}"],
  ["{mode: 1}", 1, 2, "name"],
  ['{"mode": "off"} {}', 1, 17, "end"],
  ["[1, 02]", 1, 6, "]"],
  ['{"mode": "off', 1, 10, "value"],
])("finds the syntax error in %j, and what was expected", (text, line, column, expected) =>
  expect(parseSettingsText(text)).toEqual({ mistake: { line, column, expected } }),
);

describe("for any text", () => {
  const json = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value, null, 1));
  const part = fc.constantFrom(
    "",
    ",",
    ":",
    "{",
    "}",
    "[",
    "]",
    '"',
    "\\",
    "/",
    "// x\n",
    "/* y */",
    "*/",
    "0",
    "-",
    ".",
    "e",
    "true",
    "nul",
    " ",
    "\n",
    "\t",
    "\u0001",
    "\u00A0",
    "\\u12",
  );
  /** JSON, with up to two parts replaced. */
  const almost = fc.tuple(json, fc.array(fc.tuple(fc.nat(), fc.nat(2), part), { maxLength: 2 })).map(([text, slips]) =>
    slips.reduce((whole, [where, length, slip]) => {
      const at = where % (whole.length + 1);
      return whole.slice(0, at) + slip + whole.slice(at + length);
    }, text),
  );

  test("accepts exactly what the command line's parser accepts, with the same result", () => {
    const seen = { right: 0, wrong: 0 };
    fc.assert(
      fc.property(almost, (text) => {
        const errors: ParseError[] = [];
        parse(text, errors);
        const read = parseSettingsText(text);
        expect([text, "settings" in read]).toEqual([text, errors.length === 0]);
        if ("settings" in read)
          expect(JSON.stringify(read.settings)).toBe(JSON.stringify(JSON.parse(stripComments(text))));
        seen["settings" in read ? "right" : "wrong"] += 1;
      }),
      { numRuns: 3000 },
    );
    Object.values(seen).forEach((times) => expect(times).toBeGreaterThan(300));
  });

  test("reports the exact position of a syntax error", () => {
    fc.assert(
      fc.property(json, fc.nat(), (text, where) => {
        const tokens = Array.from(text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g));
        const offset = tokens[where % tokens.length].index ?? 0;
        const before = text.slice(0, offset).split("\n");
        const mistake = { line: before.length, column: before[before.length - 1].length + 1 };
        expect(parseSettingsText(`${text.slice(0, offset)}@${text.slice(offset)}`)).toMatchObject({ mistake });
      }),
      { numRuns: 1000 },
    );
  });
});

test.each([
  [{ flexThrottle: { mode: "off" } }, { mode: "off" }],
  [{ $schema: "./flex-throttle.schema.json", mode: "off" }, { mode: "off" }],
  [
    { flexThrottle: 1, other: 2 },
    { flexThrottle: 1, other: 2 },
  ],
  [[7], [7]],
  [null, null],
])("unwraps the settings in %j", (written, settings) => expect(unwrapSettings(written)).toEqual(settings));

test("keeps every name that JSON allows", () => {
  const read = parseSettingsText('{"__proto__": {"mode": 1}}') as { settings: unknown };
  expect(JSON.stringify(unwrapSettings(read.settings))).toBe('{"__proto__":{"mode":1}}');
});
