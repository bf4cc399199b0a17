import { toCsv } from "./csv";

test("writes a header line and one line per row, each with a line end", () => {
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

test("quotes cells with a comma, a quote or a line break", () => {
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
  "escapes %j, which a spreadsheet would run as a formula",
  (cell) => {
    expect(toCsv(["a"], [[cell]])).toBe(`a\r\n'${cell}\r\n`);
  },
);

test("leaves numbers as they are, also negative ones", () => {
  expect(toCsv(["a"], [[-1]])).toBe("a\r\n-1\r\n");
});
