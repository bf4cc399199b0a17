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
])("parses %j as %j in a field for numbers", (text, value) => expect(parseNumber(text)).toBe(value));

test("restores every number and text from its formatted form", () => {
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
])("formats %j, which no field can produce", (value, text) => expect(formatValue(value)).toBe(text));
