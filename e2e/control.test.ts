/** The stand-in's control page, with real desktops in its frames. */

import { Page } from "playwright-core";

import { seriousViolations } from "./support/accessibility";
import { BUNDLE, closeBrowser, Desk, newContext, openBrowser, PLUGIN, until } from "./support/desk";
import { JOIN } from "./support/settings";
import { LIST } from "./support/sharedAccount";
import { StandIn, startStandIn } from "../stand-in";
import { remoteControlPlugin, serveControl } from "../stand-in/control";

/** All but the plot: axe measures no contrast in drawings. */
const PARTS = [
  ".page-head",
  "#story",
  "#runs-section",
  ".intro",
  "#desktops",
  ".requests .section-head",
  "#counters",
  ".legend",
  ".requests .table-frame",
  ".settings",
];

let twilio: StandIn;
let page: Page;

beforeAll(openBrowser);
afterAll(closeBrowser);

beforeEach(async () => {
  twilio = await startStandIn({ plugins: [{ name: PLUGIN, file: BUNDLE }, remoteControlPlugin] });
  // Joins fail only where a test adds a fault, however fast or slow the machine is.
  twilio.gate.setLimit(JOIN, 1000);
  page = await (await newContext()).newPage();
  page.setDefaultTimeout(150_000);
  await page.goto(serveControl(twilio));
  await page.getByText("Live", { exact: true }).waitFor();
});

afterEach(async () => {
  await page.context().close();
  await twilio.close();
});

const text = (selector: string) => page.locator(selector).innerText();
const toast = (message: string) => page.locator("#message.shown", { hasText: message }).waitFor();
const choose = (desktops: string) => page.getByRole("radio", { name: desktops, exact: true }).check();

async function fill(label: string, value: number): Promise<void> {
  await page.getByLabel(label, { exact: true }).fill(String(value));
  await page.getByLabel(label, { exact: true }).press("Tab");
}

/** Starts a run of two agents with three chats each, and waits until it has come to rest. */
async function run(desktops: string): Promise<void> {
  await choose(desktops);
  await fill("Agents", 2);
  await fill("Chats for each", 3);
  const runs = await page.locator("#runs tr").count();
  await page.locator("#run", { hasText: "6 chats" }).click();
  await until(async () => (await page.locator("#runs tr").count()) > runs, "the run");
  await page.locator("#announcement", { hasText: "of 6 customers" }).waitFor({ state: "attached" });
}

/** The control page, for helpers that were written for a desktop. */
const asDesk = (): Pick<Desk, "page" | "evaluate"> => ({
  page,
  evaluate: (body, argument) => page.evaluate(body as (argument: unknown) => never, argument),
});

/** Runs in each desktop's frame. */
const inFrames = <Result>(read: () => Result) =>
  Promise.all(
    page
      .frames()
      .slice(1)
      .map((frame) => frame.evaluate(read)),
  );

test("shows that the plugin gives every customer an agent, and that stock Flex leaves some without one", async () => {
  twilio.gate.fault(JOIN, { kind: "429" }, 2);
  await run("Stock Flex");
  expect(await text(".headline")).toMatch(/^4 of 6\s+customers have an agent\s+2 are stuck$/);
  expect(await text("#per-join")).toBe("0.50");

  twilio.gate.fault(JOIN, { kind: "429" }, 3);
  await run("With the plugin");
  expect(await text(".headline")).toMatch(/^6 of 6\s+customers have an agent\s+Nobody is waiting$/);
  expect(await text("#per-join")).toBe("0.50");
  expect(await page.locator("#runs tr").count()).toBe(2);
  expect(await text("#runs tr:nth-child(1)")).toMatch(/^2\s+Plugin\s+2\s+6 of 6\s+0\s+0.50\s+\d+\.\d s$/);
  expect(await text("#runs tr:nth-child(2)")).toMatch(/^1\s+Stock Flex\s+2\s+4 of 6\s+2\s+0.50\s+\d+\.\d s$/);
  const tallies = await page.locator(".desktop .tally").allInnerTexts();
  expect(tallies.map((tally) => tally.replace(/,.*/, ""))).toEqual(["3 of 3 customers", "3 of 3 customers"]);
});

test("shows the customer's name with the first message", async () => {
  await run("With the plugin");
  interface ChatChannel {
    readonly members: ReadonlyMap<string, { friendlyName: string }>;
    readonly messages: readonly { source: { author: string } }[];
  }
  // Flex itself shows no name if it has loaded the messages before the members.
  const readAuthors = () =>
    inFrames(() => {
      const { channels } = window.Twilio.Flex.Manager.getInstance().store.getState().flex.chat;
      return Object.values<ChatChannel>(channels)
        .flatMap(({ members, messages }) => messages.map(({ source }) => members.get(source.author)?.friendlyName))
        .sort();
    });
  const expected = [1, 4].map((start) => [0, 1, 2].map((offset) => `Customer ${start + offset}`));
  await until(
    async () => JSON.stringify(await readAuthors()) === JSON.stringify(expected),
    "the names of six customers",
  );
});

test("compares runs with and without the account budget, for which the desktops load again", async () => {
  const readBudgets = () =>
    inFrames(() => window.Twilio?.Flex?.Manager?.getInstance?.()?.configuration?.flexThrottle?.account?.budget).catch(
      () => ["loading"],
    );
  twilio.gate.fault(JOIN, { kind: "429" }, 3);
  await run("With the plugin");
  expect(await text("#per-join")).toBe("0.50");

  await choose("With the plugin and the account budget");
  await until(async () => (await readBudgets()).join() === "sync,sync", "both desktops with the account budget");
  await page.getByLabel("Accept new chats at once").uncheck();
  await page.locator("#run", { hasText: /^Send 6 chats$/ }).click();
  const findList = () => twilio.syncStore.find("list", LIST);
  await until(() => findList()?.subscribers.size === 2, "both desktops at the list of tickets");
  twilio.gate.fault(JOIN, { kind: "429" }, 1);
  await page.getByRole("button", { name: "Accept all chats" }).click();
  await until(async () => (await text("#joined")) === "6 of 6", "all joins");
  expect([...new Set(findList()?.creators.values())].sort()).toEqual(["agent-1", "agent-2"]);
  expect(await text("#per-join")).toBe("0.17");
  expect(await text("#runs tr:nth-child(1)")).toMatch(/^2\s+Plugin and account budget\s+2\s+6 of 6\s+0\s+0.17\s/);
  expect(await text("#runs tr:nth-child(2)")).toMatch(/^1\s+Plugin\s+2\s+6 of 6\s+0\s+0.50\s/);

  await choose("With the plugin");
  await until(async () => (await readBudgets()).join() === "off,off", "both desktops without the account budget");
});

test("keeps the chosen desktops while the stand-in has not answered", async () => {
  let isHeld = false;
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route("**/control/api/setup", async (route) => {
    isHeld = true;
    await released;
    await route.continue();
  });
  await choose("Stock Flex");
  await until(() => isHeld, "the held request");
  await page.getByRole("button", { name: "Open all" }).click();
  await page.locator(".desktop.connected").first().waitFor();
  expect(await page.getByRole("radio", { name: "Stock Flex", exact: true }).isChecked()).toBe(true);
  release();
  await until(async () => (await page.locator(".desktop h3").allInnerTexts()).join() === "stock-1", "stock Flex");
});

test("says that a chat was not sent because no desktop is open", async () => {
  await page.getByRole("button", { name: "Send a chat: agent-1" }).click();
  await toast("Nothing was sent: the desktop of agent-1 is not open.");
  await page.getByRole("button", { name: "Accept all chats" }).click();
  await toast("No desktop is open in this browser");
  expect(await text("#joined")).toBe("No customers yet");
});

test("can be operated with the keyboard", async () => {
  await page.getByRole("radio", { name: "With the plugin", exact: true }).focus();
  await page.keyboard.press("ArrowUp");
  await until(async () => (await page.locator(".desktop h3").allInnerTexts()).join() === "stock-1", "stock Flex");
  await page.keyboard.press("Tab");
  await page.keyboard.type("2");
  await page.keyboard.press("Tab");
  await page.keyboard.type("1");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await until(async () => (await text("#run")) === "Open 2 desktops and send 2 chats", "the button's text");
  await page.keyboard.press("Enter");
  await page.locator("#announcement", { hasText: "2 of 2 customers have an agent" }).waitFor({ state: "attached" });
  await page.locator(".skip").focus();
  await page.keyboard.press("Enter");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("requests-title");
});

test("starts afresh", async () => {
  await choose("With the plugin and the account budget");
  await fill("Agents", 3);
  await until(async () => (await page.locator(".desktop").count()) === 3, "three desktops");
  await page.getByRole("button", { name: "Start afresh" }).click();
  await toast("Everything is as at the start.");
  await until(async () => (await page.locator(".desktop").count()) === 1, "one desktop");
  const plugin = page.getByRole("radio", { name: "With the plugin", exact: true });
  await until(() => plugin.isChecked(), "the plugin without the account budget");
  expect(twilio.configuration.ui_attributes).toEqual({ version_compatibility: "yes" });
});

test.each(["light", "dark"] as const)("is accessible and fits narrow and wide windows, %s", async (colorScheme) => {
  await page.emulateMedia({ colorScheme });
  await page.getByRole("button", { name: "Send a chat: agent-1" }).click();
  await toast("Nothing was sent");
  twilio.gate.fault(JOIN, { kind: "429", retryAfter: 5 }, 3);
  await run("With the plugin");
  // Axe would wait for the frames, in which it does not run.
  await page.getByRole("button", { name: "Close all" }).click();
  for (const width of [1024, 1600]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  }
  expect(await seriousViolations(asDesk(), PARTS)).toEqual([]);
});
