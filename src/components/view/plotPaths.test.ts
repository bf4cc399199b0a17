import { plotPaths } from "./plotPaths";

test("the columns stand on the ground, each one unit wide, and the highest reaches the top line", () => {
  const { columns, configured, learned } = plotPaths([0, 10, 5], 10, 10);
  expect(columns).toBe("M0,24L1,24L1,1L2,1L2,12.5L3,12.5L3,12.5L3,24L3,24L2,24L2,24L1,24L1,24L0,24Z");
  expect(configured).toBe("M0,1L3,1");
  expect(learned).toBeUndefined();
});

test("more than is configured goes over its line", () => {
  expect(plotPaths([20], 10, 10).configured).toBe("M0,12.5L1,12.5");
});

test("what was learned stands beside what is configured, where it is less", () => {
  expect(plotPaths([0], 10, 5)).toMatchObject({ configured: "M0,1L1,1", learned: "M0,12.5L1,12.5" });
});
