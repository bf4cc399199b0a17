import { readFileSync } from "fs";
import type { Page } from "playwright-core";

import { closeBrowser, Desk, DeskOptions, openBrowser, until } from "./support/desk";
import { FAST, FLOWS, JOIN, LONG_RETRY_AFTER, ONE_CALL, PATIENT_QUEUE } from "./support/settings";
import { readSeconds } from "./support/waits";

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

/** The cells of a row, by the heads of their columns. */
async function rowOf(name: string, limit: string): Promise<Record<string, string>> {
  const row = table(name)
    .getByRole("row")
    .filter({ has: desk.page.getByRole("rowheader", { name: new RegExp(`^${limit}( \\w|$)`) }) });
  const [heads, cells] = [
    await table(name).getByRole("columnheader").allInnerTexts(),
    await row.getByRole("cell").allInnerTexts(),
  ];
  return Object.fromEntries(cells.map((cell, index) => [heads[index + 1], cell]));
}
const limitRow = (limit: string) => rowOf("Calls per second", limit);

async function joinChats(count: number): Promise<void> {
  const chats = await desk.receiveChats(count);
  await desk.accept(chats);
  await desk.waitForJoins(chats);
}

const getFlows = () =>
  desk.evaluate(() => fetch("https://flex-api.twilio.com/v1/FlexFlows").then(({ status }) => status));

test("agents have no link to the view", async () => {
  desk = await Desk.open({ roles: ["agent"] });
  await desk.page.waitForSelector(".Twilio-SideNav");
  expect(await desk.page.getByRole("button", { name: "Limits" }).count()).toBe(0);
});

test.each([
  ["an admin", "admin", "unbundled"],
  ["a supervisor", "supervisor", "bundled"],
] as const)(
  "%s opens the view from the navigation, with either React version of Flex 1.x",
  async (_, role, flexBundle) => {
    const page = await openView({ roles: ["agent", role], flexBundle });
    expect(new URL(page.url()).pathname).toMatch(/\/flex-throttle\/?$/);
    expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe("Limits");
    expect(await table("Calls per second").getByRole("rowheader").count()).toBe(16);
  },
);

test("shows the numbers of the stand-in's log after a burst with 429s, in the plot, the table and the decisions", async () => {
  const page = await openView();
  desk.twilio.gate.fault(JOIN, { kind: "429" }, 3);
  await joinChats(20);
  const throttled = desk.statuses(JOIN).filter((status) => status === 429).length;
  expect(throttled).toBe(3);

  const isCurrent = async () => {
    const row = await limitRow(JOIN);
    return row["Queued now"] === "0" && row["429s in the last hour"] === String(throttled);
  };
  await until(isCurrent, "the end of the burst in the table");
  expect(await limitRow(JOIN)).toMatchObject({
    Configured: "10",
    "Longest wait": "–",
  });
  expect(Number((await limitRow(JOIN))["Adaptive rate"])).toBeLessThan(10);
  const plot = await table("Calls per second").getByRole("img").getAttribute("aria-label");
  const peak = Number(/^Up to (\d+) per second/.exec(plot ?? "")?.[1]);
  expect(peak).toBeGreaterThanOrEqual(1);
  expect(peak).toBeLessThanOrEqual(10);

  const decisions = (outcome: string) =>
    table("Latest decisions")
      .getByRole("row")
      .filter({ hasText: "Adding someone to a chat" })
      .filter({ hasText: outcome })
      .count();
  await until(async () => (await decisions("Sent")) === desk.requests(JOIN).length, "a decision for each request");
  expect(await decisions("429, retried")).toBe(throttled);
  await page.getByRole("radio", { name: "Problems only" }).check();
  expect([await decisions("Sent"), await decisions("429, retried")]).toEqual([0, throttled]);
});

test("counts a cool-down down, with the calls that wait for it", async () => {
  await openView({ flexThrottle: { queue: PATIENT_QUEUE } });
  // Counted down in seconds, not in minutes.
  desk.twilio.gate.fault(FLOWS, { kind: "429", retryAfter: 100, code: 45010 }, 1);
  const answered = getFlows();
  const secondsLeft = async () =>
    readSeconds(/^\d\d:\d\d:\d\d \((.*?)\)/.exec((await limitRow(FLOWS))["Cooling down until"])?.[1] ?? "") || Infinity;
  await until(async () => (await secondsLeft()) < Infinity, "the cool-down");
  const before = await secondsLeft();
  await until(async () => (await secondsLeft()) < before, "the next second");
  expect((await limitRow(FLOWS))["Queued now"]).toBe("1");
  const cause = "GET /FlexFlows: 429, code 45010, flex-api.twilio.com, Retry-After ";
  expect((await limitRow(FLOWS))["Cooling down until"]).toContain(cause);
  await desk.retryNow();
  expect(await answered).toBe(200);
  await until(async () => (await limitRow(FLOWS))["Cooling down until"] === "–", "the end of the cool-down");
});

test("names the 429 that pauses the whole account, and joins chats while the limit of that 429 still cools down", async () => {
  await openView({ flexThrottle: { queue: PATIENT_QUEUE } });
  desk.twilio.gate.fault(FLOWS, { kind: "429", retryAfter: LONG_RETRY_AFTER, code: 20429 }, 1);
  const answered = getFlows();
  const decision = /429, retried.*429, code 20429, flex-api\.twilio\.com, Retry-After \d+ s, whole account/;
  await table("Latest decisions").getByRole("row").filter({ hasText: decision }).waitFor();
  await joinChats(2);
  const [flows, ...joins] = [...desk.requests(FLOWS), ...desk.requests(JOIN)];
  expect(joins).toHaveLength(2);
  // The shortest pause.
  joins.forEach(({ atMs }) => expect(atMs - flows.atMs).toBeGreaterThanOrEqual(1100));
  await desk.retryNow();
  expect(await answered).toBe(200);
});

test("counts the Flex Flows once their list was read", async () => {
  const page = await openView();
  expect(await page.getByText(/^Not known yet; at most 2,500/).count()).toBe(1);
  await getFlows();
  await page.getByText(/^\d+ of at most 2,500, as of/).waitFor();
  await page.getByRole("meter", { name: "Flex Flows" }).waitFor();
});

test("exports its content: copied, and downloaded as JSON and CSV", async () => {
  const page = await openView();
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await joinChats(20);
  await page.getByRole("button", { name: "Copy JSON" }).click();
  await page.getByRole("status").getByText("Copied.").waitFor();
  const copied = JSON.parse(await desk.evaluate(() => navigator.clipboard.readText())) as {
    version: number;
    limits: { limit: string; calls: number }[];
    events: unknown[];
  };
  expect(copied).toMatchObject({ version: 2, flex: "1.34.6", browser: expect.stringContaining("Chrome/") });
  expect(copied.limits.find(({ limit }) => limit === JOIN)?.calls).toBe(20);

  const download = async (name: string) => {
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
    return { name: file.suggestedFilename(), text: readFileSync(await file.path(), "utf8") };
  };
  const json = await download("Download JSON");
  expect(json.name).toMatch(/^flex-throttle-report-\d{4}-\d\d-\d\d\.json$/);
  expect((JSON.parse(json.text) as typeof copied).events).toEqual(copied.events);
  const [limits, events] = [await download("Download limits (CSV)"), await download("Download decisions (CSV)")];
  const lines = ({ text }: { text: string }) =>
    text
      .trimEnd()
      .split("\r\n")
      .map((line) => line.split(","));
  expect(limits.name).toMatch(/^flex-throttle-limits-/);
  expect(lines(limits)).toHaveLength(17);
  expect(lines(limits).find(([limit]) => limit === JOIN)?.[3]).toBe("20");
  expect(lines(events)).toHaveLength(copied.events.length + 1);
  const sids = /[A-Z]{2}[0-9a-f]{32}/;
  for (const { text } of [json, limits, events]) expect(text).not.toMatch(sids);
});

test("renders on changes while it is open, and not while it is closed", async () => {
  const page = await openView();
  // Each render of the view creates an element with this attribute.
  await desk.evaluate(() => {
    const { React } = window as unknown as {
      React: { createElement(type: unknown, props?: Record<string, unknown> | null, ...rest: unknown[]): unknown };
    };
    const create = React.createElement;
    Object.assign(window, { renders: 0 });
    React.createElement = (type, props, ...rest) => {
      if (props?.["data-flex-throttle"] === "view") (window as unknown as { renders: number }).renders += 1;
      return create(type, props, ...rest);
    };
  });
  const renders = () => desk.evaluate(() => (window as unknown as { renders: number }).renders);
  await joinChats(20);
  await until(async () => (await renders()) > 0, "a render of the open view");
  await desk.invoke("NavigateToView", { viewName: "agent-desktop" });
  await page.waitForSelector(VIEW, { state: "detached" });
  const before = await renders();
  await getFlows();
  await joinChats(15);
  expect(await renders()).toBe(before);
});

test("lists invalid settings, and applies changed ones while it is open", async () => {
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
  await page.getByText(/^Mode “observe”/).waitFor();
});

test("shows in observe mode what enforce mode would have done, and what to set", async () => {
  const written = { onBurst: "reject", limits: { [JOIN]: ONE_CALL }, queue: { maxWaitSeconds: 86_400 } };
  const page = await openView({ flexThrottle: { mode: "observe", ...written } });
  desk.twilio.gate.setLimit(JOIN, FAST.perSecond);
  desk.twilio.gate.fault(JOIN, { kind: "429" }, 5);
  await desk.accept(await desk.receiveChats(20));
  await until(
    async () => (await table("Observed").count()) > 0 && (await rowOf("Observed", JOIN))["429s"] === "5",
    "the five 429s",
  );
  await until(async () => (await rowOf("Observed", JOIN)).Calls === "20", "twenty calls");
  const observed = await rowOf("Observed", JOIN);
  expect(observed["Would have waited"]).toBe("19");
  expect(observed["Longest queue"]).toBe("19");
  expect(Number(observed["Peak per second"])).toBeGreaterThanOrEqual(1);
  await page.getByText(/^Set the mode to “enforce”\./).waitFor();
  await page.getByRole("button", { name: "Show in the form" }).click();
  const json = await page.getByRole("region", { name: "JSON to apply" }).innerText();
  expect(JSON.parse(json)).toEqual({ mode: "enforce", ...written });
  await page.getByRole("tab", { name: "Limits" }).click();

  await page.getByRole("button", { name: "Start over" }).click();
  await page.getByRole("button", { name: "Discard" }).press("Enter");
  await page.getByText("No calls yet.").waitFor();
});

test("window.flexThrottle gives support the report, in any agent's browser", async () => {
  desk = await Desk.open({ roles: ["agent"] });
  await joinChats(20);
  type Hook = { report(): { mode: string; events: { outcome: string; call: string }[] } };
  const report = await desk.evaluate(() => (window as unknown as { flexThrottle: Hook }).flexThrottle.report());
  expect(report.mode).toBe("enforce");
  expect(report.events.filter(({ outcome, call }) => outcome === "sent" && call === "join")).toHaveLength(20);
  expect(JSON.stringify(report)).not.toMatch(/[A-Z]{2}[0-9a-f]{32}/);
});

test("telemetry, when switched on, sends counts through Flex and nothing else", async () => {
  desk = await Desk.open({ flexThrottle: { telemetry: true, limits: { [JOIN]: { perSecond: 0.5 } } } });
  const sent: { details: Record<string, string> }[] = [];
  await desk.page.exposeFunction("record", (interaction: (typeof sent)[number]) => void sent.push(interaction));
  await desk.evaluate(() => {
    window.Twilio.Flex.Manager.getInstance().reportPluginInteraction = (
      window as unknown as { record: unknown }
    ).record;
  });
  await joinChats(3);
  await desk.evaluate(() => void window.dispatchEvent(new Event("pagehide")));
  await until(() => sent.length === 1, "the summary");
  expect(sent[0]).toEqual({
    name: "flex-throttle-summary",
    status: "complete",
    details: { sent: "3", waited: "2", throttled: "0", dropped: "0" },
  });
});

test.each(["FlexLight", "FlexDark"])(
  "%s: fits into a narrow window, and a wide table scrolls by keyboard",
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
