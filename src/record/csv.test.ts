import { toCsv } from "./csv";

test("a line for the names and one for each row, each ended", () => {
  expect(
    toCsv(
      ["a", "b"],
      [
        [1, "x"],
        [undefined, 2.5],
      ],
    ),
  ).toBe("a,b\r\n1,x\r\n,2.5\r\n");
  expect(toCsv(["a"], [])).toBe("a\r\n");
});

test("what would end a cell or a line is quoted", () => {
  expect(
    toCsv(
      ["a", "b"],
      [
        ['say "x"', "one, two"],
        ["line\nline", "\r"],
      ],
    ),
  ).toBe('a,b\r\n"say ""x""","one, two"\r\n"line\nline","\'\r"\r\n');
});

test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0"])(
  "%j is a text to a spreadsheet, not a formula",
  (cell) => {
    expect(toCsv(["a"], [[cell]])).toBe(`a\r\n'${cell}\r\n`);
  },
);

test("a number is left as it is, also below nothing", () => {
  expect(toCsv(["a"], [[-1]])).toBe("a\r\n-1\r\n");
});
