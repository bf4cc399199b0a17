import { formatNumber, formatTime } from "./format";

const at = (day: number, hour: number) => new Date(2026, 10, day, hour, 5, 9).getTime();

test("adds the date to a time that is not today", () => {
  expect(formatTime(at(24, 8), at(24, 19))).toBe("08:05:09");
  expect(formatTime(at(4, 23), at(24, 19))).toBe("2026-11-04 23:05:09");
});

test("formats numbers in the user's language", () => {
  const format = (value: number, language: string) => formatNumber(value, { language: () => language });
  expect([format(1234.56, "en"), format(2.5, "de")]).toEqual(["1,234.6", "2,5"]);
});
