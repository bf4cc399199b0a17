import { FlexFlowCount, ListPage } from "./flexFlowCount";

const ALL = { page: 0, isLast: true };
const FIRST = { page: 0, isLast: false };
const last = (page: number) => ({ page, isLast: true });
const TEN_MINUTES_MS = 600_000;

const names = (count: number) => Array.from({ length: count }, (_, index) => `FO${index}`);

test("counts what it has seen, each once", () => {
  const flexFlows = new FlexFlowCount(10);
  flexFlows.recordList(["FO1", "FO2"], FIRST, 0);
  flexFlows.recordList(["FO2", "FO3"], { page: 1, isLast: false }, 0);
  flexFlows.recordCreated("FO4", 0);
  flexFlows.recordCreated("FO4", 0);
  flexFlows.recordDeleted("FO1");
  flexFlows.recordDeleted("FO9");
  expect(flexFlows.count).toBe(3);
});

test("a whole list takes the place of all that was known", () => {
  const flexFlows = new FlexFlowCount(10);
  flexFlows.recordCreated("FO1", 0);
  flexFlows.recordList(["FO2"], ALL, 0);
  expect(flexFlows.count).toBe(1);
});

test("a list read page by page to its end takes the place of all that was known", () => {
  const flexFlows = new FlexFlowCount(4);
  flexFlows.recordList(["FO1", "FO2", "FO3"], FIRST, 0);
  flexFlows.recordList(["FO4"], last(1), 0);
  expect(flexFlows.count).toBe(4);
  // Two were deleted elsewhere.
  flexFlows.recordList(["FO1"], FIRST, 0);
  flexFlows.recordList(["FO1"], FIRST, 0);
  expect(flexFlows.count).toBe(4);
  flexFlows.recordList(["FO2"], last(1), 0);
  expect(flexFlows.count).toBe(2);
});

test("a page that is read twice is no gap", () => {
  const flexFlows = new FlexFlowCount(10);
  flexFlows.recordCreated("FO9", 0);
  flexFlows.recordList(["FO1"], FIRST, 0);
  flexFlows.recordList(["FO2"], { page: 1, isLast: false }, 0);
  flexFlows.recordList(["FO3"], { page: 2, isLast: false }, 0);
  flexFlows.recordList(["FO2"], { page: 1, isLast: false }, 0);
  flexFlows.recordList(["FO4"], last(3), 0);
  expect(flexFlows.count).toBe(4);
});

test.each<[string, (ListPage | undefined)[]]>([
  ["without its first page", [last(1)]],
  ["with a gap", [FIRST, last(2)]],
  ["whose pages come out of turn", [FIRST, { page: 2, isLast: false }, { page: 1, isLast: false }, last(3)]],
  ["whose last page is of another list", [FIRST, undefined]],
])("a list %s only adds what it holds", (_what, pages) => {
  const flexFlows = new FlexFlowCount(10);
  flexFlows.recordCreated("FO9", 0);
  pages.forEach((page, index) => flexFlows.recordList([`FO${index}`], page, 0));
  expect(flexFlows.count).toBe(1 + pages.length);
});

test("what is created or deleted while a list is read counts once it is read", () => {
  const flexFlows = new FlexFlowCount(10);
  flexFlows.recordList(["FO1", "FO2"], FIRST, 0);
  flexFlows.recordCreated("FO4", 0);
  flexFlows.recordDeleted("FO1");
  expect(flexFlows.count).toBe(2);
  flexFlows.recordList(["FO3"], last(1), 0);
  expect(flexFlows.count).toBe(3);
});

test("a full count is good for ten minutes from its last proof, a whole list or a creation", () => {
  const flexFlows = new FlexFlowCount(2);
  const fullUntilMs = (provenAtMs: number) =>
    [TEN_MINUTES_MS, TEN_MINUTES_MS + 1].map((ms) => flexFlows.isFull(provenAtMs + ms));
  flexFlows.recordList(["FO1", "FO2"], ALL, 1000);
  expect(fullUntilMs(1000)).toEqual([true, false]);
  flexFlows.recordList(["FO1"], ALL, 2000);
  expect(flexFlows.isFull(2000)).toBe(false);
  flexFlows.recordCreated("FO2", 3000);
  expect(fullUntilMs(3000)).toEqual([true, false]);
  // A part of the list says nothing of the rest, and a whole is as old as its first page.
  flexFlows.recordList(["FO1", "FO2"], FIRST, 4000);
  flexFlows.recordList(["FO2"], undefined, 4000);
  expect(fullUntilMs(3000)).toEqual([true, false]);
  flexFlows.recordList([], last(1), 5000);
  expect(fullUntilMs(4000)).toEqual([true, false]);
});

test("a list that began before a creation does not make the proof older", () => {
  const flexFlows = new FlexFlowCount(1);
  flexFlows.recordList([], FIRST, 0);
  flexFlows.recordCreated("FO1", 2000);
  flexFlows.recordList([], last(1), 3000);
  expect(flexFlows.isFull(TEN_MINUTES_MS + 2000)).toBe(true);
});

test("a creation that Twilio allows over a full count does not prove that count", () => {
  const flexFlows = new FlexFlowCount(2);
  flexFlows.recordList(["FO1", "FO2"], ALL, 0);
  const laterMs = TEN_MINUTES_MS + 1;
  flexFlows.recordCreated("FO3", laterMs);
  expect(flexFlows.isFull(laterMs)).toBe(false);
  flexFlows.recordList(["FO2", "FO3"], ALL, laterMs);
  expect(flexFlows.isFull(laterMs)).toBe(true);
});

test("is nearly full at 95 % and full at the maximum", () => {
  const flexFlows = new FlexFlowCount(20);
  flexFlows.recordList(names(18), ALL, 0);
  expect([flexFlows.isNearlyFull, flexFlows.isFull(0)]).toEqual([false, false]);
  flexFlows.recordList(names(19), ALL, 0);
  expect([flexFlows.isNearlyFull, flexFlows.isFull(0)]).toEqual([true, false]);
  flexFlows.recordList(names(20), ALL, 0);
  expect([flexFlows.isNearlyFull, flexFlows.isFull(0)]).toEqual([true, true]);
  flexFlows.setMaximum(40);
  expect([flexFlows.isNearlyFull, flexFlows.isFull(0)]).toEqual([false, false]);
});
