/** Banners cover nothing that an agent clicks, at any width and in any theme. */

import { BANNERS, configure, painted } from "./support/appearance";
import { closeBrowser, Desk, openBrowser, plugin, until } from "./support/desk";
import { JOIN, LONG_RETRY_AFTER, ONE_CALL, PATIENT_QUEUE } from "./support/settings";

const THEMES = ["FlexLight", "FlexDark", "GreyLight", "GreyDark", "MediumBlue"];
const WIDTHS = [1600, 1280, 1024, 900, 600];
const BANNER_IDS = ["FlexThrottleRateLimited", "FlexThrottleQueued", "FlexThrottleRefused", "FlexThrottleSettings"];

const CREATE = "POST /WebChannels";

/** What an agent clicks, by CSS selectors of which each has to be on the page. */
const TARGETS = {
  endChat: ".Twilio-TaskCanvasHeader-EndButton",
  tasks: ".Twilio-TaskListBaseItem",
  filter: ".Twilio-TaskListFilter-TaskFilterButton",
  input: ".Twilio-MessageInput textarea",
  header: ".Twilio-MainHeader > * > button, .Twilio-MainHeader [aria-haspopup=dialog], .Twilio-MuteButton",
  user: ".Twilio-UserControls-UserCard",
};

beforeAll(openBrowser);
afterAll(closeBrowser);

let desk: Desk;
afterEach(() => desk.close());

/** @returns the targets that have something else in front of one of their points, with what it is, or that do not exist. */
const covered = (targets: Readonly<Record<string, string>>) =>
  desk.evaluate((wanted) => {
    const points = [
      [0.5, 0.5],
      [0.5, 0.1],
      [0.5, 0.9],
      [0.1, 0.5],
      [0.9, 0.5],
    ];
    const inFrontOf = (element: Element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return points.flatMap(([x, y]) => {
        const [atX, atY] = [left + width * x, top + height * y].map(Math.round);
        const front = document.elementFromPoint(atX, atY);
        if (front !== null && (element.contains(front) || front.contains(element))) return [];
        return [`at ${atX}, ${atY}: ${front ? String(front.className) || front.tagName : "nothing"}`];
      });
    };
    return Object.entries(wanted).flatMap(([name, selector]) => {
      const elements = Array.from(document.querySelectorAll(selector)).filter(
        (element) => element.getBoundingClientRect().width > 0,
      );
      if (elements.length === 0) return [`${name} does not exist`];
      return elements.flatMap(inFrontOf).map((what) => `${name} ${what}`);
    });
  }, targets);

const notifications = (method: "showNotification" | "dismissNotificationById", id: string) =>
  desk.evaluate(([name, one]) => window.Twilio.Flex.Notifications[name](one), [method, id] as const);

/** Dismisses all banners. The plugin may show its own meanwhile, and a dismissed one stays until it has faded out. */
const clearBanners = () =>
  until(async () => {
    for (const active of await desk.activeNotifications()) await notifications("dismissNotificationById", active);
    return (await desk.page.locator(BANNERS).count()) === 0;
  }, "no banner");

/** Keeps a banner for as long as `work` runs. */
async function withBanner(id: string, work: () => Promise<void>): Promise<void> {
  await clearBanners();
  await notifications("showNotification", id);
  await desk.page.locator(BANNERS).first().waitFor();
  await work();
  await notifications("dismissNotificationById", id);
}

/** An open chat and three whose joins wait; a request waits for its turn, another one was rejected, and a setting is invalid. */
async function fillDesk(): Promise<void> {
  const noter = plugin("noter", `flex.Actions.registerAction("Note", async () => undefined);`);
  desk = await Desk.open({
    flexThrottle: {
      mode: "on",
      limits: { [CREATE]: ONE_CALL },
      queue: PATIENT_QUEUE,
      actions: { Note: { limits: [CREATE], onBurst: "reject" } },
    },
    others: [noter],
    roles: ["admin"],
  });
  const [open] = await desk.receiveChats(1);
  await desk.accept([open]);
  await desk.waitForJoins([open]);
  desk.twilio.gate.fault(JOIN, { kind: "429", retryAfter: LONG_RETRY_AFTER, code: 45010 });
  await desk.startAccepting(await desk.receiveChats(3));
  await desk.invoke("SelectTask", { sid: open.reservationSid });
  await desk.evaluate(() => {
    for (let n = 0; n < 2; n += 1)
      void fetch("https://flex-api.twilio.com/v1/WebChannels", { method: "POST" }).catch(() => undefined);
  });
  await desk.waitForQueued(4);
  expect(await desk.invoke("Note", {})).toContain(CREATE);
}

/** @returns what each banner covers, by its id, or nothing. */
async function coveredByBanners(targets = TARGETS as Readonly<Record<string, string>>): Promise<string[]> {
  const found: string[] = [];
  for (const id of BANNER_IDS) {
    await clearBanners();
    // Flex slides new tasks into its list from under the header.
    await until(async () => (await covered(targets)).length === 0, "every target in its place");
    await withBanner(id, async () => {
      await painted(desk);
      found.push(...(await covered(targets)).map((what) => `${id}: ${what}`));
    });
  }
  return found;
}

test("no banner covers what an agent clicks, at any width", async () => {
  await fillDesk();
  for (const width of WIDTHS) {
    await desk.page.setViewportSize({ width, height: 800 });
    expect([width, await coveredByBanners()]).toEqual([width, []]);
  }
});

test("no banner covers what an agent clicks, in any theme", async () => {
  await fillDesk();
  for (const baseName of THEMES) {
    await configure(desk, { colorTheme: { baseName } });
    expect([baseName, await coveredByBanners()]).toEqual([baseName, []]);
  }
});

test("no banner covers the buttons of an offered task", async () => {
  await fillDesk();
  await desk.receiveChats(1);
  for (const width of WIDTHS) {
    await desk.page.setViewportSize({ width, height: 800 });
    expect([width, await coveredByBanners({ buttons: ".Twilio-TaskListBaseItem button" })]).toEqual([width, []]);
  }
});

test("a banner has Flex's own place where the header has no room for it", async () => {
  desk = await Desk.open();
  await desk.evaluate(() => {
    const input = Object.assign(document.createElement("input"), { id: "search" });
    Object.assign(input.style, { position: "absolute", left: "0", width: "1000px", height: "40px" });
    document.querySelector(".Twilio-MainHeader")?.append(input);
  });
  await withBanner(BANNER_IDS[0], async () => {
    const { top } = await desk.page.locator(BANNERS).evaluate((banner) => banner.getBoundingClientRect());
    expect(top).toBeGreaterThanOrEqual(44);
    expect(await covered({ search: "#search" })).toEqual([]);
  });
});

test("a banner makes room when the header's buttons become wider", async () => {
  desk = await Desk.open();
  await withBanner(BANNER_IDS[0], async () => {
    await desk.evaluate(() => {
      const more = Object.assign(document.createElement("button"), { id: "more" });
      Object.assign(more.style, { width: "300px", height: "40px" });
      document.querySelector(".Twilio-MainHeader-end")?.prepend(more);
    });
    await until(async () => (await covered({ more: "#more", user: TARGETS.user })).length === 0, "free buttons");
  });
});
