import { formatNumber, formatTime } from "./format";

const at = (day: number, hour: number) => new Date(2026, 10, day, hour, 5, 9).getTime();

test("a time of today is a time, another one has its day", () => {
  expect(formatTime(at(24, 8), at(24, 19))).toBe("08:05:09");
  expect(formatTime(at(4, 23), at(24, 19))).toBe("2026-11-04 23:05:09");
});

test("numbers are written as the language writes them", () => {
  expect([formatNumber(1234.56, "en"), formatNumber(2.5, "de")]).toEqual(["1,234.6", "2,5"]);
});
