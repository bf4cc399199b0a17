import { plotPaths } from "./plotPaths";

test("draws columns from the bottom, one unit wide, and the highest one up to the top line", () => {
  const { columns, configured, adaptive } = plotPaths([0, 10, 5], 10, 10);
  expect(columns).toBe("M0,24V24H1V1H2V12.5H3V24Z");
  expect(configured).toBe("M0,1H3");
  expect(adaptive).toBeUndefined();
});

test("draws columns above the configured rate's line", () => {
  expect(plotPaths([20], 10, 10).configured).toBe("M0,12.5H1");
});

test("draws the adaptive rate if it is below the configured rate", () => {
  expect(plotPaths([0], 10, 5)).toMatchObject({ configured: "M0,1H1", adaptive: "M0,12.5H1" });
});
