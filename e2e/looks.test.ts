import type { RunOptions, AxeResults } from "axe-core";
import { readFileSync } from "fs";

import { closeBrowser, Desk, DeskOptions, openBrowser, until } from "./support/desk";

const JOIN = "POST /WebChannels/Users";
const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const THEMES = ["FlexLight", "FlexDark"] as const;
const LANGUAGES = ["en", "es", "pt-BR", "fr", "de", "ja"] as const;

const LIST = "[role=dialog]";
const BANNERS = ".Twilio-NotificationBar";
const VIEW = "[data-flex-throttle=view]";

beforeAll(openBrowser);
afterAll(closeBrowser);

let desk: Desk;
afterEach(() => desk.close());

const themed = (baseName: string): DeskOptions => ({ appConfig: { colorTheme: { baseName } } });

/** Three chats and three other requests that Twilio holds up, with the list of them open and a task's join in sight. */
async function holdUp(options: DeskOptions): Promise<void> {
  desk = await Desk.open(options);
  desk.twilio.gate.fault(JOIN, { kind: "429", retryAfter: 60 });
  const chats = await desk.receiveChats(3);
  await desk.accept(chats);
  await until(() => desk.statuses(JOIN).includes(429), "a refusal");
  await desk.evaluate(() => {
    for (let n = 0; n < 14; n += 1) void fetch("https://flex-api.twilio.com/v1/WebChannels", { method: "POST" }).catch(() => undefined);
  });
  await desk.invoke("SelectTask", { sid: chats[0].reservationSid });
  await until(async () => (await desk.activeNotifications()).length === 2, "both banners");
  await desk.page.locator("[aria-haspopup=dialog]").click();
  await desk.page.waitForSelector(LIST);
}

/** What axe finds serious or critical within these places. */
async function serious(places: readonly string[]): Promise<string[]> {
  await desk.page.evaluate(AXE);
  const { violations } = await desk.evaluate(
    (include) =>
      (window as unknown as { axe: { run(context: object, options: RunOptions): Promise<AxeResults> } }).axe.run(
        { include: include.map((place) => [place]) },
        { resultTypes: ["violations"] },
      ),
    places,
  );
  const found = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  return found.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`));
}

/** Elements whose content is wider than they are, or that reach out of the window. */
const overflowing = (places: readonly string[]) =>
  desk.evaluate((selectors) => {
    const inside = selectors.flatMap((selector) => Array.from(document.querySelectorAll(selector))).flatMap((place) => [place, ...Array.from(place.querySelectorAll("*"))]);
    const scrolls = (element: Element) => ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
    const isTooWide = (element: Element) => element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1 && !scrolls(element);
    const isOutside = (element: Element) => element.getBoundingClientRect().right > window.innerWidth + 1;
    return inside.filter((element) => isTooWide(element) || isOutside(element)).map(({ outerHTML }) => outerHTML.slice(0, 200));
  }, places);

describe.each(THEMES)("in the theme %s", (theme) => {
  test("axe finds nothing serious in what agents see", async () => {
    await holdUp(themed(theme));
    expect(await serious([LIST, BANNERS, "[aria-haspopup=dialog]", ".Twilio-TaskCanvasTabs [role=status]"])).toEqual([]);
  });

  test("axe finds nothing serious in the view and the form", async () => {
    desk = await Desk.open({ ...themed(theme), roles: ["admin"], flexThrottle: { mode: "observ", limits: { "POST /channels": { perSecond: 0 } } } });
    await desk.invoke("NavigateToView", { viewName: "flex-throttle" });
    await desk.page.waitForSelector(VIEW);
    expect(await serious([VIEW])).toEqual([]);
    await desk.page.getByRole("tab", { name: "Settings" }).click();
    await desk.page.waitForSelector("text=What happens to a call that cannot go at once");
    expect(await serious([VIEW])).toEqual([]);
  });
});

describe.each(LANGUAGES)("in the language %s", (language) => {
  test("what agents see has the room that it needs, also on a narrow screen", async () => {
    await holdUp({ language });
    await desk.page.setViewportSize({ width: 1024, height: 700 });
    // The list goes with its button.
    await desk.page.waitForFunction((list) => (document.querySelector(list)?.getBoundingClientRect().right ?? Infinity) <= window.innerWidth, LIST);
    const listed = await desk.page.locator(LIST).innerText();
    expect(listed.includes("Join chat with")).toBe(language === "en");
    expect(await overflowing([LIST, `${BANNERS} span`, ".Twilio-TaskCanvasTabs [role=status]"])).toEqual([]);
  });
});
