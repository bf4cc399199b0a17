import fc from "fast-check";

import { otherKeysIn, settingsIn, uiAttributesIn, withSettings } from "./uiAttributes";

/** Text that JSON.parse and JSON.stringify would not restore exactly. */
const FRAGILE = '{"b":12345678901234567890, "2":1.0,"1":"\\u0041", "deep" : {"10":[],"9":{"__proto__":{"x":1}}} }';

test("keeps every byte of the other keys", () => {
  const added = withSettings(FRAGILE, { mode: "off" });
  const changed = withSettings(added, { mode: "enforce", queue: { maxLength: 5 } });
  expect(added).toContain(FRAGILE.slice(1, -2));
  expect(changed).toContain(FRAGILE.slice(1, -2));
  expect([settingsIn(added), settingsIn(changed)]).toEqual([
    { mode: "off" },
    { mode: "enforce", queue: { maxLength: 5 } },
  ]);
  expect(withSettings(changed, undefined).replace(/ }$/, "}")).toBe(FRAGILE.replace(/ }$/, "}"));
});

test("changes the settings in place", () => {
  expect(withSettings('{"a":1,"flexThrottle":{"mode":"off"},"z":2}', {})).toBe('{"a":1,"flexThrottle":{},"z":2}');
  expect(withSettings('{"a":1,"flexThrottle":{"mode":"off"},"z":2}', undefined)).toBe('{"a":1,"z":2}');
});

test.each([
  ['{"account_sid":"AC1","ui_attributes":{"a":1},"z":1}', '{"a":1}'],
  ['{"ui_attributes": null}', "{}"],
  ["{}", "{}"],
  ['{"ui_attributes":"text"}', undefined],
  ['{"ui_attributes":[]}', undefined],
])("the ui_attributes of %s are %s", (configuration, uiAttributes) =>
  expect(uiAttributesIn(configuration)).toBe(uiAttributes),
);

test("changes only the settings in any ui_attributes", () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.jsonValue()),
      fc.option(fc.jsonValue(), { nil: undefined }),
      fc.nat(2),
      (attributes, settings, indent) => {
        const before = JSON.stringify(attributes, null, indent);
        const after = withSettings(before, settings);
        expect(JSON.stringify(settingsIn(after))).toBe(JSON.stringify(settings));
        expect(JSON.stringify(otherKeysIn(after))).toBe(JSON.stringify(otherKeysIn(before)));
      },
    ),
    { numRuns: 500 },
  );
});
