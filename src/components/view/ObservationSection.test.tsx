/** The measurements of mode `observe`, on the view's page. */

import "@testing-library/jest-dom";
import { fireEvent, screen } from "@testing-library/react";

import { getButton, getCells, useAdminPage } from "../../../testing/adminPage";
import { WALL_MS } from "../../../testing/adminServices";
import { getChanges, getControl, type } from "../../../testing/settingsForm";
import { formatTime } from "./format";

const LIMIT = "POST /channels"; // 10/s
const OBSERVE = { mode: "observe", onBurst: "reject" };

const page = useAdminPage();
const getTab = (name: string) => screen.getByText(name, { selector: "[role=tab]" });

beforeEach(() => sessionStorage.clear());

test("measurements are not shown in another mode if there are none", () => {
  page.open();
  expect(screen.queryByText("Observed")).toBeNull();
});

test("measurements are shown by limit, with recommendations that the form can show", async () => {
  page.open(OBSERVE);
  expect(screen.getByText("No calls yet.")).toBeInTheDocument();
  await page.send(25, LIMIT);
  await page.advance(3_840_000);
  page.poll();
  expect(
    screen.getByText(`Since ${formatTime(WALL_MS)}; Flex was open for 1 h 4 min in mode “observe”.`),
  ).toBeInTheDocument();
  expect(getCells("Observed", LIMIT)).toEqual(["25", "25", "15", "2\u202fs", "2\u202fs", "15", "15", "0"]);
  expect(
    screen.getByText(/Calls that would have waited: 15\. 429s that would have been retried: 15\./),
  ).toBeInTheDocument();
  fireEvent.click(getButton("Show in the form"));
  expect(getTab("Settings")).toHaveFocus();
  expect(getChanges()).toEqual([["flexThrottle.mode", '"observe"', '"enforce"']]);
});

test("recommendations are entered into the form beside what is already in it", async () => {
  page.open(OBSERVE);
  await page.send(25, LIMIT);
  page.poll();
  fireEvent.click(getTab("Settings"));
  type(getControl("onBurst"), "defer");
  fireEvent.click(getTab("Limits"));
  fireEvent.click(getButton("Show in the form"));
  expect(getChanges()).toEqual([
    ["flexThrottle.mode", '"observe"', '"enforce"'],
    ["flexThrottle.onBurst", '"reject"', '"defer"'],
  ]);
});

test("measurements are discarded only after a confirmation", async () => {
  page.open(OBSERVE);
  await page.send(12, LIMIT);
  page.poll();
  fireEvent.click(getButton("Start over"));
  expect(screen.getByText("Discard all measurements?")).toBeInTheDocument();
  expect(getButton("Keep")).toHaveFocus();
  fireEvent.click(getButton("Keep"));
  expect(getButton("Start over")).toHaveFocus();
  page.poll();
  expect(getCells("Observed", LIMIT)[0]).toBe("12");
  fireEvent.click(getButton("Start over"));
  fireEvent.click(getButton("Discard"));
  page.poll();
  expect(screen.getByText("No calls yet.")).toBeInTheDocument();
});
