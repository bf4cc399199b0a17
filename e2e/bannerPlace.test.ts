/** Banners cover nothing that an agent clicks, at any width and in any theme. */

import { BANNERS, configure, painted } from "./support/appearance";
import { closeBrowser, Desk, openBrowser, plugin, until } from "./support/desk";
import { JOIN, LONG_RETRY_AFTER, ONE_CALL, PATIENT_QUEUE } from "./support/settings";

const THEMES = ["FlexLight", "FlexDark", "GreyLight", "GreyDark", "MediumBlue"];
const WIDTHS = [1600, 1280, 1024, 900, 600];
const BANNER_IDS = ["FlexThrottleRateLimited", "FlexThrottleQueued", "FlexThrottleRefused"];

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

/** @returns the targets that have something else in front of one of their points, or that do not exist. */
const covered = (targets: Readonly<Record<string, string>>) =>
  desk.evaluate((wanted) => {
    const points = [
      [0.5, 0.5],
      [0.5, 0.1],
      [0.5, 0.9],
      [0.1, 0.5],
      [0.9, 0.5],
    ];
    const isFree = (element: Element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return points.every(([x, y]) => {
        const front = document.elementFromPoint(left + width * x, top + height * y);
        return front !== null && (element.contains(front) || front.contains(element));
      });
    };
    return Object.entries(wanted).flatMap(([name, selector]) => {
      const elements = Array.from(document.querySelectorAll(selector)).filter(
        (element) => element.getBoundingClientRect().width > 0,
      );
      return elements.length > 0 && elements.every(isFree) ? [] : [name];
    });
  }, targets);

/** Keeps a banner for as long as `work` runs. */
async function withBanner(id: string, work: () => Promise<void>): Promise<void> {
  const call = (method: "showNotification" | "dismissNotificationById", each: string) =>
    desk.evaluate(([name, one]) => window.Twilio.Flex.Notifications[name](one), [method, each] as const);
  const banners = desk.page.locator(BANNERS);
  // The plugin may show its own meanwhile, and a dismissed banner stays until it has faded out.
  await until(async () => {
    for (const active of await desk.activeNotifications()) await call("dismissNotificationById", active);
    return (await banners.count()) === 0;
  }, "no banner");
  await call("showNotification", id);
  await banners.first().waitFor();
  await work();
  await call("dismissNotificationById", id);
}

/** An open chat and three whose joins wait; a request waits for its turn, and another one was rejected. */
async function fillDesk(): Promise<void> {
  const noter = plugin("noter", `flex.Actions.registerAction("Note", async () => undefined);`);
  desk = await Desk.open({
    flexThrottle: {
      limits: { [CREATE]: ONE_CALL },
      queue: PATIENT_QUEUE,
      actions: { Note: { limits: [CREATE], onBurst: "reject" } },
    },
    others: [noter],
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

/** @returns the targets that each banner covers, if any. */
async function coveredByBanners(): Promise<(readonly [string, string[]])[]> {
  const found: (readonly [string, string[]])[] = [];
  for (const id of BANNER_IDS)
    await withBanner(id, async () => {
      await painted(desk);
      found.push([id, await covered(TARGETS)]);
    });
  return found.filter(([, targets]) => targets.length > 0);
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
  const buttons = { buttons: ".Twilio-TaskListBaseItem button" };
  // Flex slides a new task into its list.
  await until(async () => (await covered(buttons)).length === 0, "the buttons in their place");
  for (const width of WIDTHS) {
    await desk.page.setViewportSize({ width, height: 800 });
    for (const id of BANNER_IDS)
      await withBanner(id, async () => {
        await painted(desk);
        expect([width, id, await covered(buttons)]).toEqual([width, id, []]);
      });
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
