import fc from "fast-check";

import { othersIn, settingsIn, uiAttributesIn, withSettings } from "./uiAttributes";

/** What JSON.parse and JSON.stringify would not give back as it was. */
const ODD = '{"b":12345678901234567890, "2":1.0,"1":"\\u0041", "deep" : {"10":[],"9":{"__proto__":{"x":1}}} }';

test("what others keep stays as it is to the byte", () => {
  const added = withSettings(ODD, { mode: "off" });
  const changed = withSettings(added, { mode: "enforce", queue: { maxLength: 5 } });
  expect(added).toContain(ODD.slice(1, -2));
  expect(changed).toContain(ODD.slice(1, -2));
  expect([settingsIn(added), settingsIn(changed)]).toEqual([
    { mode: "off" },
    { mode: "enforce", queue: { maxLength: 5 } },
  ]);
  expect(withSettings(changed, undefined).replace(/ }$/, "}")).toBe(ODD.replace(/ }$/, "}"));
});

test("settings are changed in their place", () => {
  expect(withSettings('{"a":1,"flexThrottle":{"mode":"off"},"z":2}', {})).toBe('{"a":1,"flexThrottle":{},"z":2}');
  expect(withSettings('{"a":1,"flexThrottle":{"mode":"off"},"z":2}', undefined)).toBe('{"a":1,"z":2}');
});

test.each([
  ['{"account_sid":"AC1","ui_attributes":{"a":1},"z":1}', '{"a":1}'],
  ['{"ui_attributes": null}', "{}"],
  ["{}", "{}"],
  ['{"ui_attributes":"text"}', undefined],
  ['{"ui_attributes":[]}', undefined],
])("of %s it is %s", (configuration, uiAttributes) => expect(uiAttributesIn(configuration)).toBe(uiAttributes));

test("whatever is there, only the settings change", () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.jsonValue()),
      fc.option(fc.jsonValue(), { nil: undefined }),
      fc.nat(2),
      (attributes, settings, indent) => {
        const before = JSON.stringify(attributes, null, indent);
        const after = withSettings(before, settings);
        expect(JSON.stringify(settingsIn(after))).toBe(JSON.stringify(settings));
        expect(JSON.stringify(othersIn(after))).toBe(JSON.stringify(othersIn(before)));
      },
    ),
    { numRuns: 500 },
  );
});
