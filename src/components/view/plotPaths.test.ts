import { PlotColumns } from "./plotColumns";
import { plotPaths } from "./plotPaths";

/** As many columns as peaks. The limit is 10 per second. */
function createColumns(peaks: readonly number[], own: Partial<PlotColumns> = {}): PlotColumns {
  const repeat = <T>(value: T) => peaks.map(() => value);
  return {
    peaks,
    throttled: repeat(0),
    configured: repeat(10),
    adaptive: repeat(10),
    isPaused: repeat(false),
    ...own,
  };
}

test("draws columns from the bottom, one unit wide, and the highest one up to the top line", () => {
  const { top, columns, configured, adaptive } = plotPaths(createColumns([0, 10, 5]));
  expect(top).toBe(10);
  expect(columns).toBe("M0,24V24H1V1H2V12.5H3V24Z");
  expect(configured).toBe("M0,1H1V1H2V1H3");
  expect(adaptive).toBe("");
});

test("draws columns above the configured rate's line", () => {
  expect(plotPaths(createColumns([20]))).toMatchObject({ top: 20, configured: "M0,12.5H1" });
});

test("draws a changed configured rate as a step", () => {
  const { top, configured } = plotPaths(createColumns([0, 0], { configured: [5, 10], adaptive: [5, 10] }));
  expect([top, configured]).toEqual([10, "M0,12.5H1V1H2"]);
});

test("draws the adaptive rate as steps where it is below the configured rate, and only there", () => {
  const adaptive = [10, 5, 7.5, 10, 5];
  const paths = plotPaths(createColumns([0, 0, 0, 0, 0], { adaptive }));
  expect(paths.adaptive).toBe("M1,1V12.5H2V6.75H3M4,1V12.5H5");
});

test("marks columns with a 429, and fills columns with a cool-down", () => {
  const paths = plotPaths(createColumns([0, 0, 0], { throttled: [0, 3, 0], isPaused: [false, true, true] }));
  expect(paths.marks).toBe("M1.5,0V6");
  expect(paths.pauses).toBe("M1,0V24h1V0ZM2,0V24h1V0Z");
});
