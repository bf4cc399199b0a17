import { readFileSync } from "fs";
import type { Page } from "playwright-core";

import { closeBrowser, Desk, DeskOptions, openBrowser, until } from "./support/desk";

const JOIN = "POST /WebChannels/Users";
const FLOWS = "GET /FlexFlows";
const VIEW = "[data-flex-throttle=view]";

beforeAll(openBrowser);
afterAll(closeBrowser);

let desk: Desk;
afterEach(() => desk.close());

async function openView(options: DeskOptions = {}): Promise<Page> {
  desk = await Desk.open({ roles: ["supervisor"], ...options });
  await desk.page.getByRole("button", { name: "Limits" }).click();
  await desk.page.waitForSelector(VIEW);
  return desk.page;
}

const table = (name: string) => desk.page.getByRole("region", { name }).getByRole("table");

/** What stands in a row, by the heads of the columns. */
async function rowOf(name: string, limit: string): Promise<Record<string, string>> {
  const row = table(name)
    .getByRole("row")
    .filter({ has: desk.page.getByRole("rowheader", { name: limit, exact: true }) });
  const [heads, cells] = [
    await table(name).getByRole("columnheader").allInnerTexts(),
    await row.getByRole("cell").allInnerTexts(),
  ];
  return Object.fromEntries(cells.map((cell, index) => [heads[index + 1], cell]));
}
const limitRow = (limit: string) => rowOf("Requests per second", limit);

/** Twenty chats, all joined in the end. */
async function burst(): Promise<void> {
  const chats = await desk.receiveChats(20);
  await desk.accept(chats);
  await until(() => chats.every((chat) => desk.isMember(chat)), "twenty joins");
}

const getFlows = () =>
  desk.evaluate(() => fetch("https://flex-api.twilio.com/v1/FlexFlows").then(({ status }) => status));

test("an agent has no link to the view", async () => {
  desk = await Desk.open({ roles: ["agent"] });
  await desk.page.waitForSelector(".Twilio-SideNav");
  expect(await desk.page.getByRole("button", { name: "Limits" }).count()).toBe(0);
});

test.each([
  ["an admin", "admin", "unbundled"],
  ["a supervisor", "supervisor", "bundled"],
] as const)("%s opens it from the navigation, with either React that Flex 1.x offers", async (_, role, flexBundle) => {
  const page = await openView({ roles: ["agent", role], flexBundle });
  expect(new URL(page.url()).pathname).toMatch(/\/flex-throttle\/?$/);
  expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe("Limits");
  expect(await table("Requests per second").getByRole("rowheader").count()).toBe(16);
  expect(desk.console.filter((text) => text.includes("plugin-flex-throttle"))).toEqual([]);
});

test("after a burst and refusals its numbers are those of Twilio's own log, in the plot, the table and the decisions", async () => {
  const page = await openView();
  desk.twilio.gate.fault(JOIN, { kind: "429" }, 3);
  await burst();
  const refused = desk.statuses(JOIN).filter((status) => status === 429).length;
  expect(refused).toBeGreaterThanOrEqual(3);

  await until(async () => (await limitRow(JOIN))["Waiting now"] === "0", "the end of the waiting in the table");
  expect(await limitRow(JOIN)).toMatchObject({
    Configured: "10",
    "Longest wait": "–",
    "429s in the last hour": String(refused),
  });
  expect(Number((await limitRow(JOIN)).Learned)).toBeLessThan(10);
  const plot = await table("Requests per second").getByRole("img").getAttribute("aria-label");
  const peak = Number(/^Up to (\d+) a second/.exec(plot ?? "")?.[1]);
  expect(peak).toBeGreaterThan(1);
  expect(peak).toBeLessThanOrEqual(10);

  const decisions = (outcome: string) =>
    table("Latest decisions").getByRole("row").filter({ hasText: "join" }).filter({ hasText: outcome }).count();
  await until(async () => (await decisions("Sent")) === desk.requests(JOIN).length, "a decision for each request");
  expect(await decisions("429 from Twilio, retried")).toBe(refused);
  await page.getByRole("radio", { name: "Trouble only" }).check();
  expect([await decisions("Sent"), await decisions("429 from Twilio, retried")]).toEqual([0, refused]);
});

test("a pause is counted down while it lasts, with who waits for it", async () => {
  await openView();
  desk.twilio.gate.fault(FLOWS, { kind: "429", retryAfter: 4 }, 1);
  const answered = getFlows();
  await until(
    async () => /^\d\d:\d\d:\d\d \([23] s\)$/.test((await limitRow(FLOWS))["Cooling down until"]),
    "the pause",
  );
  expect((await limitRow(FLOWS))["Waiting now"]).toBe("1");
  expect(await answered).toBe(200);
  await until(async () => (await limitRow(FLOWS))["Cooling down until"] === "–", "its end");
});

test("the Flex Flows are counted once their list has been read", async () => {
  const page = await openView();
  expect(await page.getByText(/^Not known yet; at most 2,500/).count()).toBe(1);
  await getFlows();
  await page.getByText(/^\d+ of at most 2,500, when the list was last read at/).waitFor();
  await page.getByRole("meter", { name: "Flex Flows" }).waitFor();
});

test("it can be taken along: copied, and downloaded as JSON and CSV", async () => {
  const page = await openView();
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await burst();
  await page.getByRole("button", { name: "Copy JSON" }).click();
  await page.getByRole("status").getByText("Copied.").waitFor();
  const copied = JSON.parse(await desk.evaluate(() => navigator.clipboard.readText())) as {
    version: number;
    limits: { limit: string; calls: number }[];
    events: unknown[];
  };
  expect(copied.version).toBe(1);
  expect(copied.limits.find(({ limit }) => limit === JOIN)?.calls).toBe(20);

  const download = async (name: string) => {
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
    return { name: file.suggestedFilename(), text: readFileSync(await file.path(), "utf8") };
  };
  const json = await download("Download JSON");
  expect([json.name, (JSON.parse(json.text) as typeof copied).events]).toEqual([
    "flex-throttle-report.json",
    copied.events,
  ]);
  const [limits, events] = [await download("Download limits (CSV)"), await download("Download events (CSV)")];
  const lines = ({ text }: { text: string }) =>
    text
      .trimEnd()
      .split("\r\n")
      .map((line) => line.split(","));
  expect([limits.name, lines(limits).length]).toEqual(["flex-throttle-limits.csv", 17]);
  expect(lines(limits).find(([limit]) => limit === JOIN)?.[3]).toBe("20");
  expect([events.name, lines(events).length]).toEqual(["flex-throttle-events.csv", copied.events.length + 1]);
  const sids = /[A-Z]{2}[0-9a-f]{32}/;
  for (const { text } of [json, limits, events]) expect(text).not.toMatch(sids);
});

test("closed it draws nothing, whatever happens; open it follows", async () => {
  const page = await openView();
  // The page is drawn by whoever makes an element with its mark.
  await desk.evaluate(() => {
    const { React } = window as unknown as {
      React: { createElement(type: unknown, props?: Record<string, unknown> | null, ...rest: unknown[]): unknown };
    };
    const create = React.createElement;
    Object.assign(window, { drawn: 0 });
    React.createElement = (type, props, ...rest) => {
      if (props?.["data-flex-throttle"] === "view") (window as unknown as { drawn: number }).drawn += 1;
      return create(type, props, ...rest);
    };
  });
  const drawn = () => desk.evaluate(() => (window as unknown as { drawn: number }).drawn);
  await burst();
  await until(async () => (await drawn()) > 0, "the open view to follow");
  await desk.invoke("NavigateToView", { viewName: "agent-desktop" });
  await page.waitForSelector(VIEW, { state: "detached" });
  const before = await drawn();
  await getFlows();
  const chats = await desk.receiveChats(15);
  await desk.accept(chats);
  await until(() => chats.every((chat) => desk.isMember(chat)), "fifteen joins more");
  expect(await drawn()).toBe(before);
});

test("the settings that are not understood are listed, and those that come into force while it is open hold there, too", async () => {
  const page = await openView({
    roles: ["admin"],
    flexThrottle: { mode: "on", limits: { "POST /chanels": { perSecond: 8 } } },
  });
  const problems = page.locator(VIEW).getByRole("listitem");
  expect(await problems.allInnerTexts()).toEqual([
    expect.stringContaining("flexThrottle.mode"),
    expect.stringContaining("POST /chanels"),
  ]);
  await desk.evaluate(() =>
    window.Twilio.Flex.Manager.getInstance().updateConfig({ flexThrottle: { mode: "observe", limits: null } }),
  );
  await page.getByText(/^The mode is “observe”/).waitFor();
});

test("in the mode observe it says what the throttle would have done, and what to set", async () => {
  const page = await openView({ flexThrottle: { mode: "observe", onBurst: "reject" } });
  const chats = await desk.receiveChats(20);
  await desk.accept(chats);
  await until(() => desk.statuses(JOIN).length === 20 && !desk.statuses(JOIN).includes("pending"), "twenty tries");
  const refused = desk.statuses(JOIN).filter((status) => status === 429).length;
  await until(
    async () => (await table("Observed").count()) > 0 && (await rowOf("Observed", JOIN))["429s"] === String(refused),
    "the summary",
  );
  const observed = await rowOf("Observed", JOIN);
  expect(observed.Requests).toBe("20");
  expect(Number(observed["Most in a second"])).toBeGreaterThan(10);
  expect(Number(observed["Would have waited"])).toBeGreaterThan(0);
  await page.getByText(/^Set the mode to “enforce”\./).waitFor();
  const toPaste = await page.getByRole("region", { name: /^The settings with this/ }).innerText();
  expect(JSON.parse(toPaste)).toEqual({ flexThrottle: { mode: "enforce", onBurst: "reject" } });

  await page.getByRole("button", { name: "Start over" }).click();
  await page.getByRole("button", { name: "Forget it" }).press("Enter");
  await page.getByText("No request has been seen yet.").waitFor();
});

test("support finds the report on any agent's window", async () => {
  desk = await Desk.open({ roles: ["agent"] });
  await burst();
  type Hook = { report(): { mode: string; events: { outcome: string; call: string }[] } };
  const report = await desk.evaluate(() => (window as unknown as { flexThrottle: Hook }).flexThrottle.report());
  expect(report.mode).toBe("enforce");
  expect(report.events.filter(({ outcome, call }) => outcome === "sent" && call === "join")).toHaveLength(20);
  expect(JSON.stringify(report)).not.toMatch(/[A-Z]{2}[0-9a-f]{32}/);
});

test("asked to, it tells Twilio by Flex's own telemetry how many waited, and nothing else", async () => {
  desk = await Desk.open({ flexThrottle: { telemetry: true } });
  const told: { details: Record<string, string> }[] = [];
  await desk.page.exposeFunction("tell", (interaction: (typeof told)[number]) => void told.push(interaction));
  await desk.evaluate(() => {
    window.Twilio.Flex.Manager.getInstance().reportPluginInteraction = (window as unknown as { tell: unknown }).tell;
  });
  await burst();
  await desk.evaluate(() => void window.dispatchEvent(new Event("pagehide")));
  await until(() => told.length === 1, "the summary");
  expect(told[0]).toEqual({
    name: "flex-throttle-summary",
    status: "complete",
    details: { sent: "20", waited: expect.any(String), refused: "0", givenUp: "0" },
  });
  expect(Number(told[0].details.waited)).toBeGreaterThan(0);
});

test.each(["FlexLight", "FlexDark"])(
  "in %s nothing goes over the edge of a narrow window, and a wide table scrolls by keyboard",
  async (baseName) => {
    const page = await openView({ appConfig: { colorTheme: { baseName } }, flexThrottle: { mode: "observe" } });
    await page.setViewportSize({ width: 1024, height: 768 });
    await desk.accept(await desk.receiveChats(20));
    await until(async () => (await table("Observed").count()) > 0, "the summary");
    const overflow = await desk.evaluate((view) => {
      const element = document.querySelector(view) as HTMLElement;
      return [element.scrollWidth - element.clientWidth, document.documentElement.scrollWidth - window.innerWidth];
    }, VIEW);
    expect(overflow).toEqual([0, 0]);
    const decisions = page.getByRole("region", { name: "Latest decisions" });
    await decisions.focus();
    expect(await decisions.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe("solid");
  },
);
