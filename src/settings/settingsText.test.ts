import fc from "fast-check";

import { readSettingsText } from "./settingsText";

test.each([
  ['{"mode": "off"}', { mode: "off" }],
  ['\uFEFF{ // only for a while\n "mode": "off" }', { mode: "off" }],
  ['{"flexThrottle": {"mode": "off"}}', { mode: "off" }],
  ['{"$schema": "./flex-throttle.schema.json", "mode": "off"}', { mode: "off" }],
  ['{"flexThrottle": 1, "other": 2}', { flexThrottle: 1, other: 2 }],
  ["[]", []],
])("%j is read as what the command line reads in it", (text, settings) => expect(readSettingsText(text)).toEqual({ settings }));

test.each([
  ["", 1, 1, "value expected"],
  ['{"mode": }', 1, 10, "value expected"],
  ['{\r\n  "mode": "off"\r\n  "onBurst": 1\r\n}', 3, 3, "comma expected"],
  ['{"mode": "off",}', 1, 16, "property name expected"],
  ['{"mode": "off"', 1, 15, "close brace expected"],
])("%j stops being JSON there", (text, line, column, what) => expect(readSettingsText(text)).toEqual({ line, column, what }));

test("whatever JSON is written is read as itself, with every name that it has", () => {
  const value = fc.jsonValue().filter((json) => !/"(flexThrottle|\$schema)"/.test(JSON.stringify(json)));
  fc.assert(fc.property(value, (json) => expect(JSON.stringify(readSettingsText(JSON.stringify(json)))).toBe(JSON.stringify({ settings: json }))));
  expect(JSON.stringify(readSettingsText('{"__proto__": {"mode": 1}}'))).toBe('{"settings":{"__proto__":{"mode":1}}}');
});
