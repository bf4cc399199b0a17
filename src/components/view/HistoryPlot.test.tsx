import "@testing-library/jest-dom";
import { fireEvent, screen } from "@testing-library/react";

import { useAdminPage } from "../../../testing/adminPage";
import { WALL_MS } from "../../../testing/adminServices";
import { formatHour } from "./format";

const LIMIT = "POST /channels"; // 10/s
const HOUR_MS = 3_600_000;
const HOURS = 336;

const page = useAdminPage();

const getPlot = () => screen.getByLabelText(`${LIMIT}: The last 14 days in this browser. Times are local.`);
const getValue = () => getPlot().getAttribute("aria-valuetext");
const press = (key: string, times = 1) => {
  for (let n = 0; n < times; n += 1) fireEvent.keyDown(getPlot(), { key });
};
/** The beginning of the hour that is so many hours before the current one. */
const hourAgo = (hours: number) => {
  const nowMs = WALL_MS + page.scene.clock.now();
  return formatHour((Math.floor(nowMs / HOUR_MS) - hours) * HOUR_MS);
};

/** Makes twelve calls, and one 30 hours later, and opens the limit's plots. */
async function openPlot(): Promise<void> {
  page.open();
  await page.send(12, LIMIT);
  await page.advance(30 * HOUR_MS);
  await page.send(1, LIMIT);
  page.poll();
  fireEvent.click(screen.getByLabelText(`Enlarge: ${LIMIT}`));
}

test("shows the numbers of the current hour, and of others by keyboard", async () => {
  await openPlot();
  expect(getPlot()).toHaveAttribute("aria-valuemax", String(HOURS - 1));
  expect(getValue()).toBe(`${hourAgo(0)}: 1 starts; 429s: 0; dropped: 0`);
  press("PageDown");
  expect(getValue()).toBe(`${hourAgo(24)}: 0 starts; 429s: 0; dropped: 0`);
  press("ArrowLeft", 6);
  expect(getValue()).toBe(`${hourAgo(30)}: 12 starts; 429s: 0; dropped: 0`);
  expect(screen.getByText(getValue() as string)).toBeInTheDocument();
  press("PageUp");
  expect(getValue()).toContain(hourAgo(6));
  press("Home");
  expect(getValue()).toContain(hourAgo(HOURS - 1));
  press("PageDown");
  expect(getPlot()).toHaveAttribute("aria-valuenow", "0");
});

test("draws a column per hour, as high as its starts, and a tick per day", async () => {
  await openPlot();
  const path = (name: string) => getPlot().querySelector(`path.${name}`)?.getAttribute("d") ?? "";
  expect(path("columns").match(/H/g)).toHaveLength(HOURS);
  expect(path("columns")).toContain(`V1H${HOURS - 30}V24`);
  const [ticks] = Array.from(getPlot().querySelectorAll("path[class=line]"), (each) => each.getAttribute("d") ?? "");
  expect(ticks.match(/M/g)).toHaveLength(13);
});

test("is shown for a limit that was used before a reload, and for no other", async () => {
  page.open();
  await page.send(1, LIMIT);
  const { history } = page.scene.services;
  const rows = history();
  page.open({}, { history: () => rows });
  const tables = screen.getAllByLabelText("Calls per second", { selector: "[role=region]" });
  const current = tables[tables.length - 1];
  const buttons = Array.from(current.querySelectorAll("[aria-label^=Enlarge]"), (each) =>
    each.getAttribute("aria-label"),
  );
  expect(buttons).toEqual([`Enlarge: ${LIMIT}`]);
});
