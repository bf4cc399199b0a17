import "@testing-library/jest-dom";
import { fireEvent, screen } from "@testing-library/react";

import { getCells, getTable, useAdminPage } from "../../../testing/adminPage";
import { WALL_MS } from "../../../testing/adminServices";
import { HistoryRow } from "../../record/historyCells";
import { formatDay, formatHour } from "./format";

const LIMIT = "POST /channels"; // 10/s
const HOUR_MS = 3_600_000;

const page = useAdminPage();

const periods = () =>
  Array.from(getTable("History").querySelectorAll("tbody tr"), ({ firstChild }) => firstChild?.textContent);

/** As many hours as wanted, up to the hour in which the page was loaded. */
const createHistory = (hours: number): HistoryRow[] =>
  Array.from({ length: hours }, (_, index) => ({
    atMs: WALL_MS + (index + 1 - hours) * HOUR_MS,
    limit: LIMIT,
    starts: 1000,
    waits: 10,
    waitMs: 312_340,
    throttled: 0,
    dropped: 1,
  }));

test("shows the calls of this page, by day at first", async () => {
  page.open();
  expect(screen.getByText("No calls in the last 14 days.")).toBeInTheDocument();
  await page.send(12, LIMIT);
  page.poll();
  expect(periods()).toEqual([formatDay(WALL_MS)]);
  expect(getCells("History", LIMIT)).toEqual(["12", "2", expect.stringMatching(/^2(\.\d)?\ss$/), "0", "0"]);
});

test("shows hours when asked to, newest first", () => {
  const history = createHistory(2);
  page.open({}, { history: () => history });
  fireEvent.click(screen.getByLabelText("By hour"));
  expect(periods()).toEqual([formatHour(WALL_MS), formatHour(WALL_MS - HOUR_MS)]);
  fireEvent.click(screen.getByLabelText("By day"));
  expect(periods()).toEqual(Array.from(new Set([formatDay(WALL_MS), formatDay(WALL_MS - HOUR_MS)])));
});

test("marks what was dropped, formats large numbers, and shows measured waits in seconds", () => {
  const history = createHistory(1);
  page.open({}, { history: () => history });
  expect(getCells("History", LIMIT)).toEqual(["1,000", "10", "312.3\u202fs", "0", "1"]);
  expect(getTable("History").querySelector("td.alert")).toHaveTextContent("1");
});

test("is cut off at 200 rows", () => {
  const history = createHistory(300);
  page.open({}, { history: () => history });
  fireEvent.click(screen.getByLabelText("By hour"));
  expect(periods()).toHaveLength(200);
  expect(screen.getByText("The latest 200 of 300. The downloads contain all.")).toBeInTheDocument();
});

test("is not rendered again while nothing changes", async () => {
  page.open();
  await page.send(1, LIMIT);
  page.poll();
  expect(page.poll()).not.toContain("ViewHistoryLegend");
});
