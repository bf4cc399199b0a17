import fc from "fast-check";

import { parseSettingsText, unwrapSettings } from "./settingsText";

test.each([
  ['{"mode": "off"}', { mode: "off" }],
  ['\uFEFF{ // only for a while\n "mode": "off" }', { mode: "off" }],
  ["[]", []],
])("%j is read", (text, settings) => expect(parseSettingsText(text)).toEqual({ settings }));

test.each([
  [{ flexThrottle: { mode: "off" } }, { mode: "off" }],
  [{ $schema: "./flex-throttle.schema.json", mode: "off" }, { mode: "off" }],
  [{ flexThrottle: 1, other: 2 }, { flexThrottle: 1, other: 2 }],
  [[7], [7]],
  [null, null],
])("of %j it is the settings that are taken", (written, settings) => expect(unwrapSettings(written)).toEqual(settings));

test.each([
  ["", 1, 1, "ValueExpected"],
  ['{"mode": }', 1, 10, "ValueExpected"],
  ['{\r\n  "mode": "off"\r\n  "onBurst": 1\r\n}', 3, 3, "CommaExpected"],
  ['{"mode": "off",}', 1, 16, "PropertyNameExpected"],
  ['{"mode": "off"', 1, 15, "CloseBraceExpected"],
])("%j stops being JSON there", (text, line, column, what) => {
  expect(parseSettingsText(text)).toEqual({ mistake: { line, column, what } });
});

test("whatever JSON is written is read as itself, with every name that it has", () => {
  fc.assert(fc.property(fc.jsonValue(), (json) => expect(JSON.stringify(parseSettingsText(JSON.stringify(json)))).toBe(JSON.stringify({ settings: json }))));
  expect(JSON.stringify(unwrapSettings(JSON.parse('{"__proto__": {"mode": 1}}')))).toBe('{"__proto__":{"mode":1}}');
});
