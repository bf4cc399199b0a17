import fc from "fast-check";

import { parseNumber, parseText, formatValue } from "./fieldText";

test.each([
  ["10", 10],
  [" 0.5 ", 0.5],
  ["0.", 0],
  [".5", 0.5],
  ["1e3", 1000],
  ["", undefined],
  ["  ", undefined],
  ["0,5", "0,5"],
  ["1,000", "1,000"],
  ["1.000", "1.000"],
  ["86.400", "86.400"],
  ["1.000.000", "1.000.000"],
  ["1.50", 1.5],
  ["1.125", 1.125],
  ["0.250", 0.25],
  ["ten", "ten"],
  ["0x10", "0x10"],
  ["1e999", "1e999"],
  ["Infinity", "Infinity"],
])("where a number should stand, %j is written as %j", (text, value) => expect(parseNumber(text)).toBe(value));

test("every number is shown as a text that means it; every other text stays itself", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) =>
      expect(parseNumber(formatValue(number))).toBe(number + 0),
    ),
  );
  fc.assert(fc.property(fc.string({ minLength: 1 }), (text) => expect(formatValue(parseText(text))).toBe(text)));
});

test.each([
  [undefined, ""],
  [null, "null"],
  [{ a: 1 }, '{"a":1}'],
])("%j, which no field holds, is shown all the same", (value, text) => expect(formatValue(value)).toBe(text));
