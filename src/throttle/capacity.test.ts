import { Capacity } from "./capacity";

const names = (count: number) => Array.from({ length: count }, (_, index) => `FO${index}`);

test("counts what it has seen, each once", () => {
  const capacity = new Capacity(10);
  capacity.listed(["FO1", "FO2"], false);
  capacity.listed(["FO2", "FO3"], false);
  capacity.created("FO4");
  capacity.created("FO4");
  capacity.deleted("FO1");
  capacity.deleted("FO9");
  expect(capacity.count).toBe(3);
});

test("a whole list takes the place of all that was known", () => {
  const capacity = new Capacity(10);
  capacity.created("FO1");
  capacity.listed(["FO2"], true);
  expect(capacity.count).toBe(1);
});

test("is nearly full at 95 % and full at the maximum", () => {
  const capacity = new Capacity(20);
  capacity.listed(names(18), true);
  expect([capacity.isNearlyFull, capacity.isFull]).toEqual([false, false]);
  capacity.listed(names(19), true);
  expect([capacity.isNearlyFull, capacity.isFull]).toEqual([true, false]);
  capacity.listed(names(20), true);
  expect([capacity.isNearlyFull, capacity.isFull]).toEqual([true, true]);
  capacity.setMaximum(40);
  expect([capacity.isNearlyFull, capacity.isFull]).toEqual([false, false]);
});
