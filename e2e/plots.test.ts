import { seriousViolations } from "./support/accessibility";
import { PAGE, THEMES } from "./support/appearance";
import { closeBrowser, Desk, openBrowser, until } from "./support/desk";
import { FLOWS } from "./support/settings";

beforeAll(openBrowser);
afterAll(closeBrowser);

let desk: Desk;
afterEach(() => desk.close());

const slider = () => desk.page.getByRole("slider", { name: /^GET \/FlexFlows: Up to \d+ per second/ });
const value = async () => (await slider().getAttribute("aria-valuetext")) ?? "";

/** Opens the larger plot by keyboard, after a call that got a 429. */
async function openPlot(baseName?: string): Promise<void> {
  desk = await Desk.open({ roles: ["supervisor"], appConfig: baseName ? { colorTheme: { baseName } } : undefined });
  desk.twilio.gate.fault(FLOWS, { kind: "429" }, 1);
  await desk.evaluate(() => fetch("https://flex-api.twilio.com/v1/FlexFlows").then(() => undefined));
  await desk.invoke("NavigateToView", { viewName: "flex-throttle" });
  await desk.page.getByRole("button", { name: "Enlarge: GET /FlexFlows", exact: true }).press("Enter");
  await slider().waitFor();
}

test("the larger plot shows by keyboard and by pointer when a 429 came", async () => {
  await openPlot();
  await slider().focus();
  // The start, its 429 and the retry can fall into different columns, so that the rate there can be 0, 1 or 2.
  const pattern = /^\d\d:\d\d:\d\d: up to [0-2]\/s of [\d.]+\/s; 429s: 1/;
  for (let presses = 0; presses < 60 && !pattern.test(await value()); presses += 1)
    await desk.page.keyboard.press("ArrowLeft");
  expect(await value()).toMatch(pattern);

  const box = await slider().boundingBox();
  if (!box) throw new Error("The plot is not visible");
  await desk.page.mouse.move(box.x + 1, box.y + box.height / 2);
  expect(await slider().getAttribute("aria-valuenow")).toBe("0");
  expect(await value()).toMatch(/^\d\d:\d\d:\d\d: up to 0\/s of 10\/s; 429s: 0$/);
  // Read at once: the times move on with the clock.
  const [spoken, shown] = await slider().evaluate((plot) => [
    plot.getAttribute("aria-valuetext") ?? "",
    plot.closest(".plot")?.querySelector(".axis")?.textContent ?? "",
  ]);
  expect(shown).toContain(spoken);
  await desk.page.mouse.move(box.x + box.width - 1, box.y + 1);
  await until(async () => (await slider().getAttribute("aria-valuenow")) === "59", "the last column");
});

test("the plot of the last 14 days shows the current hour's 429, also after a reload", async () => {
  await openPlot();
  const history = desk.page.getByRole("slider", { name: "GET /FlexFlows: The last 14 days in this browser." });
  const pattern = /^\d{4}-\d\d-\d\d \d\d:00: 2 starts; 429s: 1; dropped: 0$/;
  // The test may run over the end of an hour.
  const isShown = async () => {
    if (pattern.test((await history.getAttribute("aria-valuetext")) ?? "")) return true;
    await history.press("ArrowLeft");
    return false;
  };
  await until(isShown, "the 429");
  await desk.reload();
  await desk.invoke("NavigateToView", { viewName: "flex-throttle" });
  await desk.page.getByRole("button", { name: "Enlarge: GET /FlexFlows", exact: true }).press("Enter");
  await until(isShown, "the 429 after the reload");
});

test.each(THEMES)(
  "has no serious accessibility violation in the theme %s, and fits into a narrow window",
  async (theme) => {
    await openPlot(theme);
    await desk.page.setViewportSize({ width: 1024, height: 768 });
    await slider().focus();
    expect(await seriousViolations(desk, [PAGE])).toEqual([]);
    const overflow = await desk.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBe(0);
    expect((await slider().boundingBox())?.width).toBeGreaterThan(600);
  },
);
