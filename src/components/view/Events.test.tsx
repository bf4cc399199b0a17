import "@testing-library/jest-dom";
import { fireEvent, screen } from "@testing-library/react";

import { getTable, useAdminPage } from "../../../testing/adminPage";
import { WALL_MS } from "../../../testing/adminServices";
import { formatTime } from "./format";

const LIMIT = "POST /channels"; // 10/s

const page = useAdminPage();

const outcomes = () =>
  Array.from(getTable("Latest decisions").querySelectorAll("tbody tr"), (row) => row.children[4].textContent);

test("are listed newest first, with their outcomes", async () => {
  page.open();
  await page.send(11, LIMIT);
  page.poll();
  expect(outcomes()).toEqual([...Array(11).fill("Sent"), "Settings read"]);
  const [newest] = Array.from(getTable("Latest decisions").querySelectorAll("tbody tr"));
  expect(Array.from(newest.children, ({ textContent }) => textContent)).toEqual([
    formatTime(WALL_MS + page.scene.clock.now()),
    "11",
    "test",
    LIMIT,
    "Sent",
    "1.2\u202fs",
    "1",
    "",
  ]);
});

test("can be filtered to problems", async () => {
  page.open();
  fireEvent.click(screen.getByLabelText("Problems only"));
  expect(screen.getByText("None yet.")).toBeInTheDocument();
  page.scene.account.closed = { scope: "limit" };
  const sent = page.scene.send({ limits: [LIMIT] });
  await page.advance(200);
  page.scene.account.closed = undefined;
  await page.scene.clock.until(sent);
  page.poll();
  expect(outcomes()).toEqual(["429, retried"]);
  fireEvent.click(screen.getByLabelText("All"));
  expect(outcomes()).toEqual(["Sent", "429, retried", "Sent", "Settings read"]);
});

test("can be filtered to those of one call, which share a number", async () => {
  page.open();
  page.scene.account.closed = { scope: "limit" };
  const sent = page.scene.send({ limits: [LIMIT] });
  await page.advance(200);
  page.scene.account.closed = undefined;
  await page.scene.clock.until(sent);
  await page.send(1, LIMIT);
  page.poll();
  const [ofFirstCall] = screen.getAllByText("1", { selector: "button" });
  fireEvent.click(ofFirstCall);
  expect(outcomes()).toEqual(["Sent", "429, retried", "Sent"]);
  fireEvent.click(screen.getAllByText("1", { selector: "button" })[0]);
  expect(outcomes()).toHaveLength(5);
});

test("say in words why a call was not sent", async () => {
  page.open();
  page.scene.account.closed = { scope: "limit", retryAfterMs: 60_000 };
  const ended = Promise.allSettled([page.scene.send({ limits: [LIMIT], name: "join" })]);
  await page.advance(200);
  page.scene.throttle.status().waiting.forEach(({ id }) => page.scene.throttle.cancel(id));
  await ended;
  page.poll();
  expect(getTable("Latest decisions")).toHaveTextContent("Not sentCanceled");
  expect(getTable("Latest decisions")).toHaveTextContent("Adding someone to a chat");
});

test("are cut off at 200 rows", async () => {
  page.open();
  await page.send(250, LIMIT);
  page.poll();
  expect(outcomes()).toHaveLength(200);
  expect(screen.getByText("The latest 200 of 251. The downloads contain all.")).toBeInTheDocument();
});
