import "@testing-library/jest-dom";
import { fireEvent, screen } from "@testing-library/react";

import { getButton, getCells, getTable, renderPage, useAdminPage } from "../../../testing/adminPage";
import { WALL_MS } from "../../../testing/adminServices";
import { LIMITS_PAGE, RATE_LIMIT_IDS } from "../../limits/limits";
import { AccountBudgetProblem, AccountBudgetStatus } from "../../throttle/accountBudget";
import { formatTime } from "./format";

const LIMIT = "POST /channels"; // 10/s

const page = useAdminPage();

const limitCells = (limit: string = LIMIT) => getCells("Calls per second", limit);
const listed = () =>
  Array.from(
    getTable("Calls per second").querySelectorAll("th[scope=row]"),
    ({ firstChild }) => firstChild?.textContent,
  );

describe("the table of limits", () => {
  test("shows rates, queue, 429s, and cool-down with its cause of each limit in the order of Twilio's page", async () => {
    page.open({ limits: { [LIMIT]: { perSecond: 12.5 } } });
    expect(listed()).toHaveLength(RATE_LIMIT_IDS.length);
    expect(listed()[0]).toBe("GET /FlexFlows");
    expect(getTable("Calls per second").querySelector("th[scope=row]")).toHaveTextContent("Reading Flex Flows");
    expect(screen.getByText("Twilio's page about these limits")).toHaveAttribute("href", LIMITS_PAGE);
    expect(limitCells()).toEqual(["Not used yet", "12.5", "12.5", "0", "–", "0", "–"]);
    page.scene.account.closed = { scope: "limit", retryAfterMs: 6000 };
    void page.scene.send({ limits: [LIMIT] });
    await page.advance(200);
    void page.scene.send({ limits: [LIMIT] });
    await page.advance(2800);
    page.poll();
    const until = formatTime(WALL_MS + 6000);
    expect(limitCells().slice(1)).toEqual([
      "12.5",
      expect.stringMatching(/^[\d.]+$/),
      "2",
      "3\u202fs",
      "1",
      `${until} (4\u202fs)test: 429, Retry-After 6 s`,
    ]);
    expect(Number(limitCells()[2])).toBeLessThan(12.5);
  });

  test("counts a cool-down down and clears it afterwards", async () => {
    page.open();
    page.scene.account.closed = { scope: "limit", retryAfterMs: 3000 };
    const sent = page.scene.send({ limits: [LIMIT] });
    await page.advance(1000);
    page.poll();
    expect(limitCells()[6]).toMatch(/\(3\ss\)/);
    await page.advance(1000);
    page.poll();
    expect(limitCells()[6]).toMatch(/\(2\ss\)/);
    page.scene.account.closed = undefined;
    await page.scene.clock.until(sent);
    page.poll();
    expect(limitCells()[6]).toBe("–");
  });

  test("has plots with a text alternative", async () => {
    page.open();
    await page.send(14, LIMIT);
    await page.advance(1000 - (page.scene.clock.now() % 1000));
    page.poll();
    expect(getTable("Calls per second").querySelector("svg[role=img]")).toHaveAttribute(
      "aria-label",
      "Up to 10 per second, 4 now",
    );
  });

  test("hides unused limits until it is expanded", async () => {
    const { unmount } = page.open();
    await page.send(1, LIMIT);
    page.poll();
    expect(listed()).toHaveLength(RATE_LIMIT_IDS.length);
    unmount();
    renderPage(page.scene.services);
    expect(listed()).toEqual([LIMIT]);
    expect(getButton("Show all 16 limits")).toHaveAttribute("aria-expanded", "false");
    fireEvent.click(getButton("Show all 16 limits"));
    expect(listed()).toHaveLength(RATE_LIMIT_IDS.length);
    fireEvent.click(getButton("Show only used limits"));
    expect(listed()).toEqual([LIMIT]);
  });
});

describe("the introduction", () => {
  test.each([
    ["enforce", /^Mode “enforce”/],
    ["observe", /^Mode “observe”/],
    ["off", /^Mode “off”/],
  ])("explains mode %s", (mode, text) => {
    page.open({ mode });
    expect(screen.getByText(text)).toBeInTheDocument();
    expect(screen.getByText(/^These numbers cover this browser since the page was loaded;/)).toBeInTheDocument();
  });

  test("says that the circuit breaker disabled the plugin, whatever the settings say", () => {
    page.open({}, { mode: () => "off" });
    expect(screen.getByText(/^The plugin disabled itself after repeated errors/)).toBeInTheDocument();
  });

  test("follows a change of the settings", () => {
    page.open();
    page.scene.configure({ mode: "observe" });
    page.poll();
    expect(screen.getByText(/^Mode “observe”/)).toBeInTheDocument();
  });
});

test("lists invalid settings first, and says last that all are valid", () => {
  const headings = () => Array.from(document.querySelectorAll("section > h2"), ({ textContent }) => textContent);
  page.open({ modes: 1, onBurst: "drop" });
  expect(headings()[0]).toBe("Settings");
  const items = Array.from(document.querySelectorAll("li"), ({ textContent }) => textContent);
  expect(items).toEqual([
    expect.stringContaining("flexThrottle.onBurst"),
    expect.stringContaining("flexThrottle.modes"),
  ]);
  page.scene.configure({});
  page.poll();
  expect(screen.getByText("All settings are valid.")).toBeInTheDocument();
  expect(headings().pop()).toBe("Settings");
});

describe("the account budget", () => {
  const LIVE: AccountBudgetStatus = {
    health: "live",
    sinceMs: 3000,
    countedMs: 300_000,
    limits: [{ limit: LIMIT, isPaced: true, starts: 1234, waiting: 7, agents: 40, throttled: 1 }],
  };
  const open = (status: AccountBudgetStatus) => page.open({}, { accountBudget: () => status });
  const cells = () => getCells("Account budget", LIMIT);

  test("is off by default", () => {
    page.open();
    expect(screen.getByText(/^Off: this browser keeps to the limits on its own\./)).toBeInTheDocument();
  });

  test("is live: shows since when, and what all browsers do with each limit", () => {
    open(LIVE);
    expect(screen.getByText(new RegExp(`^Live since ${formatTime(WALL_MS + 3000)}:`))).not.toHaveClass("alert");
    expect(cells()).toEqual(["Account", "1,234", "7", "40", "1"]);
    expect(getTable("Account budget").caption).toHaveTextContent("last 5 min");
  });

  test("is degraded: shows since when, why, and which limits this browser paces", () => {
    open({
      ...LIVE,
      health: "degraded",
      problem: "forbidden",
      limits: [{ ...LIVE.limits[0], isPaced: false }],
    });
    expect(screen.getByText(new RegExp(`^Degraded since ${formatTime(WALL_MS + 3000)}:`))).toHaveClass("alert");
    expect(screen.getByText(/Set ACLEnabled to false/)).toBeInTheDocument();
    expect(cells()[0]).toBe("This browser");
  });

  test.each<[AccountBudgetProblem, RegExp]>([
    ["disconnected", /proxy or firewall blocks wss:/],
    ["slow", /did not answer within 2\sseconds/],
    ["tooManyWrites", /54009/],
    ["tokenRejected", /sign out and in again/],
    ["failed", /copy the JSON below/],
  ])("says what to do when it is degraded because of %s", (problem, action) => {
    open({ ...LIVE, health: "degraded", problem });
    expect(screen.getByText(action)).toBeInTheDocument();
  });

  test("says why the account does not pace one of the limits", () => {
    open({
      ...LIVE,
      problem: "forbidden",
      limits: [...LIVE.limits, { ...LIVE.limits[0], limit: "GET /channels", isPaced: false }],
    });
    expect(screen.getByText(/^Live since/)).not.toHaveClass("alert");
    expect(screen.getByText(/Set ACLEnabled to false/)).toBeInTheDocument();
  });

  test("is on but not connected before a limit is used", () => {
    open({ ...LIVE, limits: [] });
    expect(screen.getByText(/^On: this browser connects to Twilio Sync when/)).not.toHaveClass("alert");
  });
});

describe("the Flex Flows", () => {
  test("are unknown at first, then a lower bound, then exact once the whole list was read", () => {
    page.open({ limits: { "Flex Flows": { max: 4 } } });
    expect(screen.getByText(/^Not known yet; at most 4/)).toBeInTheDocument();
    expect(document.querySelector("[role=meter]")).toBeNull();
    page.scene.flexFlows.recordCreated("FO1", 0);
    page.poll();
    expect(screen.getByText(/^At least 1 of at most 4/)).toBeInTheDocument();
    page.scene.flexFlows.recordList(["FO1", "FO2", "FO3"], { page: 0, isLast: true }, 0);
    page.poll();
    const description = `3 of at most 4, as of ${formatTime(WALL_MS)}.`;
    expect(screen.getByText(description)).toBeInTheDocument();
    expect(screen.getByLabelText("Flex Flows")).toHaveAttribute("aria-valuetext", description);
  });
});
