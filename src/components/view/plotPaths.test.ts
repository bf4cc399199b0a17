import { plotPaths } from "./plotPaths";

test("the columns stand on the ground, each one unit wide, and the highest reaches the top line", () => {
  const { columns, configured, adaptive } = plotPaths([0, 10, 5], 10, 10);
  expect(columns).toBe("M0,24V24H1V1H2V12.5H3V24Z");
  expect(configured).toBe("M0,1H3");
  expect(adaptive).toBeUndefined();
});

test("more than is configured goes over its line", () => {
  expect(plotPaths([20], 10, 10).configured).toBe("M0,12.5H1");
});

test("what was adaptive stands beside what is configured, where it is less", () => {
  expect(plotPaths([0], 10, 5)).toMatchObject({ configured: "M0,1H1", adaptive: "M0,12.5H1" });
});
