import fc from "fast-check";

import { reuseUnchanged } from "./reuseUnchanged";

test("reuses equal parts and only those", () => {
  const before = {
    rows: [
      { id: 1, peaks: [0, 1] },
      { id: 2, peaks: [3] },
    ],
    note: "x",
  };
  const next = reuseUnchanged(before, {
    rows: [
      { id: 1, peaks: [0, 1] },
      { id: 2, peaks: [4] },
    ],
    note: "x",
  });
  expect(next).toEqual({
    rows: [
      { id: 1, peaks: [0, 1] },
      { id: 2, peaks: [4] },
    ],
    note: "x",
  });
  expect(next).not.toBe(before);
  expect(next.rows[0]).toBe(before.rows[0]);
  expect(next.rows[1]).not.toBe(before.rows[1]);
});

test("returns a value equal to the next one, and the earlier one if both are equal", () => {
  // JSON has no negative zero.
  const plain = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown);
  fc.assert(
    fc.property(plain, plain, (before, next) => {
      expect(reuseUnchanged(before, next)).toEqual(next);
      expect(reuseUnchanged(before, JSON.parse(JSON.stringify(before)))).toBe(before);
    }),
  );
});

test.each([
  [{ a: 1 }, {}],
  [{}, { a: undefined }],
  [{ a: undefined }, { b: undefined }],
  [[], {}],
  [null, {}],
  [[1, 2], [1]],
  [{ a: 1 }, JSON.parse('{ "__proto__": {} }')],
  [{ a: 1 }, { toString: {} }],
])("distinguishes %j from %j", (before, next) => {
  expect(reuseUnchanged<unknown>(before, next)).not.toBe(before);
});
