import "@testing-library/jest-dom";
import { fireEvent, screen } from "@testing-library/react";

import { getButton, getTable, useAdminPage } from "../../../testing/adminPage";
import { WALL_MS } from "../../../testing/adminServices";
import { formatTime } from "./format";

const LIMIT = "POST /channels"; // 10/s

const page = useAdminPage();

const COLUMN_MS = 5000;

/** Opens the view, makes twelve calls, later one that gets 429s, and opens the limit's larger plot. */
async function openPlot(): Promise<HTMLElement> {
  page.open();
  await page.send(12, LIMIT);
  await page.advance(6000);
  page.scene.account.closed = { scope: "limit", retryAfterMs: 3000 };
  const throttled = page.scene.send({ limits: [LIMIT] });
  await page.advance(8000);
  page.scene.account.closed = undefined;
  await page.scene.clock.until(throttled);
  await page.advance(10_000);
  page.poll();
  fireEvent.click(screen.getByLabelText(`Enlarge: ${LIMIT}`));
  return getPlot();
}

const getPlot = () => screen.getByLabelText(/^POST \/channels: Up to 10 per second/);
const getValue = () => getPlot().getAttribute("aria-valuetext");
const getLastColumn = () => Math.floor(page.scene.clock.now() / COLUMN_MS);
const timeAt = (ms: number) => formatTime(WALL_MS + ms);
const press = (key: string, times = 1) => {
  for (let n = 0; n < times; n += 1) fireEvent.keyDown(getPlot(), { key });
};

test("is opened and closed by its row's button", async () => {
  await openPlot();
  const button = screen.getByLabelText(`Enlarge: ${LIMIT}`);
  expect(button).toHaveAttribute("aria-expanded", "true");
  fireEvent.click(button);
  expect(button).toHaveAttribute("aria-expanded", "false");
  expect(getTable("Calls per second").querySelector("[role=slider]")).toBeNull();
});

test("shows time and numbers of the latest column, and of others by arrow keys", async () => {
  await openPlot();
  const lastColumn = getLastColumn();
  expect(getValue()).toContain(`${timeAt(lastColumn * COLUMN_MS)}: up to 0/s of `);
  press("ArrowLeft", lastColumn);
  expect(getValue()).toMatch(new RegExp(`^${timeAt(0)}: up to 10/s of 10/s; 429s: 0$`));
  press("ArrowRight");
  expect(getValue()).toMatch(new RegExp(`^${timeAt(5000)}: up to 1/s of 10/s; 429s: [1-9]; cooling down$`));
  expect(screen.getByText(getValue() as string)).toBeInTheDocument();
  press("Home");
  expect(getValue()).toContain(timeAt((lastColumn - 59) * COLUMN_MS));
  press("ArrowLeft");
  expect(getPlot()).toHaveAttribute("aria-valuenow", "0");
  press("End");
  press("ArrowRight");
  expect(getPlot()).toHaveAttribute("aria-valuenow", "59");
});

test("leaves other keys to the page", async () => {
  await openPlot();
  expect(fireEvent.keyDown(getPlot(), { key: "Tab" })).toBe(true);
  expect(fireEvent.keyDown(getPlot(), { key: "Home" })).toBe(false);
});

test("shows the column under the pointer, in both sizes", async () => {
  const large = await openPlot();
  const small = getTable("Calls per second").querySelector("svg[role=img]") as SVGElement;
  for (const plot of [large, small as unknown as HTMLElement]) {
    plot.getBoundingClientRect = () => ({ left: 100, width: 600 }) as DOMRect;
    // jsdom has no PointerEvent: React reads what is defined on the event.
    const move = new MouseEvent("pointermove", { bubbles: true, clientX: 695 - 10 * getLastColumn() });
    fireEvent(plot, move);
  }
  expect(getValue()).toContain(`${timeAt(0)}: up to 10/s`);
  expect(small.querySelector("title")).toHaveTextContent(`${timeAt(0)}: up to 10/s`);
  fireEvent(small, new MouseEvent("pointerout", { bubbles: true }));
  expect(small.querySelector("title")).toHaveTextContent("Up to 10 per second");
});

test("draws the rate as it was, also while the view was closed", async () => {
  const { unmount } = page.open();
  unmount();
  await page.send(1, LIMIT);
  await page.advance(10_000);
  page.scene.account.closed = { scope: "limit", retryAfterMs: 3000 };
  void page.scene.send({ limits: [LIMIT] });
  await page.advance(2000);
  const states = page.scene.services.recorder.getUsage(LIMIT).states;
  expect(states[0]).toMatchObject({ atMs: 0, adaptivePerSecond: 10, configuredPerSecond: 10 });
  const last = states[states.length - 1];
  expect(last.adaptivePerSecond).toBeLessThan(10);
  expect(last.coolDownUntilMs).toBeGreaterThan(13_000);
});

test("unused limits have no plot to enlarge", () => {
  page.open();
  expect(getButton("Copy JSON")).toBeInTheDocument();
  expect(screen.queryByLabelText(/^Enlarge/)).toBeNull();
});
