import { Capacity, ListPage } from "./capacity";

const ALL = { page: 0, isLast: true };
const FIRST = { page: 0, isLast: false };
const last = (page: number) => ({ page, isLast: true });
const TEN_MINUTES_MS = 600_000;

const names = (count: number) => Array.from({ length: count }, (_, index) => `FO${index}`);

test("counts what it has seen, each once", () => {
  const capacity = new Capacity(10);
  capacity.listed(["FO1", "FO2"], FIRST, 0);
  capacity.listed(["FO2", "FO3"], { page: 1, isLast: false }, 0);
  capacity.created("FO4", 0);
  capacity.created("FO4", 0);
  capacity.deleted("FO1");
  capacity.deleted("FO9");
  expect(capacity.count).toBe(3);
});

test("a whole list takes the place of all that was known", () => {
  const capacity = new Capacity(10);
  capacity.created("FO1", 0);
  capacity.listed(["FO2"], ALL, 0);
  expect(capacity.count).toBe(1);
});

test("a list read page by page to its end takes the place of all that was known", () => {
  const capacity = new Capacity(4);
  capacity.listed(["FO1", "FO2", "FO3"], FIRST, 0);
  capacity.listed(["FO4"], last(1), 0);
  expect(capacity.count).toBe(4);
  // Two were deleted elsewhere.
  capacity.listed(["FO1"], FIRST, 0);
  capacity.listed(["FO1"], FIRST, 0);
  expect(capacity.count).toBe(4);
  capacity.listed(["FO2"], last(1), 0);
  expect(capacity.count).toBe(2);
});

test("a page that is read twice is no gap", () => {
  const capacity = new Capacity(10);
  capacity.created("FO9", 0);
  capacity.listed(["FO1"], FIRST, 0);
  capacity.listed(["FO2"], { page: 1, isLast: false }, 0);
  capacity.listed(["FO3"], { page: 2, isLast: false }, 0);
  capacity.listed(["FO2"], { page: 1, isLast: false }, 0);
  capacity.listed(["FO4"], last(3), 0);
  expect(capacity.count).toBe(4);
});

test.each<[string, (ListPage | undefined)[]]>([
  ["without its first page", [last(1)]],
  ["with a gap", [FIRST, last(2)]],
  ["whose pages come out of turn", [FIRST, { page: 2, isLast: false }, { page: 1, isLast: false }, last(3)]],
  ["whose last page is of another list", [FIRST, undefined]],
])("a list %s only adds what it holds", (_what, pages) => {
  const capacity = new Capacity(10);
  capacity.created("FO9", 0);
  pages.forEach((page, index) => capacity.listed([`FO${index}`], page, 0));
  expect(capacity.count).toBe(1 + pages.length);
});

test("what is created or deleted while a list is read counts once it is read", () => {
  const capacity = new Capacity(10);
  capacity.listed(["FO1", "FO2"], FIRST, 0);
  capacity.created("FO4", 0);
  capacity.deleted("FO1");
  expect(capacity.count).toBe(2);
  capacity.listed(["FO3"], last(1), 0);
  expect(capacity.count).toBe(3);
});

test("a full count is good for ten minutes from its last proof, a whole list or a creation", () => {
  const capacity = new Capacity(2);
  const fullUntilMs = (provenAtMs: number) =>
    [TEN_MINUTES_MS, TEN_MINUTES_MS + 1].map((ms) => capacity.isFull(provenAtMs + ms));
  capacity.listed(["FO1", "FO2"], ALL, 1000);
  expect(fullUntilMs(1000)).toEqual([true, false]);
  capacity.listed(["FO1"], ALL, 2000);
  expect(capacity.isFull(2000)).toBe(false);
  capacity.created("FO2", 3000);
  expect(fullUntilMs(3000)).toEqual([true, false]);
  // A part of the list says nothing of the rest, and a whole is as old as its first page.
  capacity.listed(["FO1", "FO2"], FIRST, 4000);
  capacity.listed(["FO2"], undefined, 4000);
  expect(fullUntilMs(3000)).toEqual([true, false]);
  capacity.listed([], last(1), 5000);
  expect(fullUntilMs(4000)).toEqual([true, false]);
});

test("a list that began before a creation does not make the proof older", () => {
  const capacity = new Capacity(1);
  capacity.listed([], FIRST, 0);
  capacity.created("FO1", 2000);
  capacity.listed([], last(1), 3000);
  expect(capacity.isFull(TEN_MINUTES_MS + 2000)).toBe(true);
});

test("a creation that Twilio allows over a full count does not prove that count", () => {
  const capacity = new Capacity(2);
  capacity.listed(["FO1", "FO2"], ALL, 0);
  const laterMs = TEN_MINUTES_MS + 1;
  capacity.created("FO3", laterMs);
  expect(capacity.isFull(laterMs)).toBe(false);
  capacity.listed(["FO2", "FO3"], ALL, laterMs);
  expect(capacity.isFull(laterMs)).toBe(true);
});

test("is nearly full at 95 % and full at the maximum", () => {
  const capacity = new Capacity(20);
  capacity.listed(names(18), ALL, 0);
  expect([capacity.isNearlyFull, capacity.isFull(0)]).toEqual([false, false]);
  capacity.listed(names(19), ALL, 0);
  expect([capacity.isNearlyFull, capacity.isFull(0)]).toEqual([true, false]);
  capacity.listed(names(20), ALL, 0);
  expect([capacity.isNearlyFull, capacity.isFull(0)]).toEqual([true, true]);
  capacity.setMaximum(40);
  expect([capacity.isNearlyFull, capacity.isFull(0)]).toEqual([false, false]);
});
