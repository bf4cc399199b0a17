/** Takes the pictures in docs/pictures, in the real Flex: `npm run pictures`. */

import { mkdirSync } from "fs";
import { join, resolve } from "path";

import { closeBrowser, Desk, openBrowser, until } from "./support/desk";
import { JOIN } from "./support/settings";
import { buildIfStale } from "../scripts/build";
import { installChromium } from "../scripts/chromium";

const FOLDER = resolve(__dirname, "../docs/pictures");

const take = (desk: Desk, name: string) => desk.page.screenshot({ path: join(FOLDER, `${name}.png`) });

/** Opens the view, and waits until it no longer moves. */
async function openView(desk: Desk, tab?: string): Promise<void> {
  await desk.invoke("NavigateToView", { viewName: "flex-throttle" });
  await desk.page.waitForSelector("[data-flex-throttle=view]");
  if (tab) await desk.page.getByRole("tab", { name: tab }).click();
  await desk.page.waitForTimeout(1500);
}

/** Creates webchats by `fetch`, as another plugin does. */
const createWebChats = (desk: Desk, count: number) =>
  desk.evaluate((wanted) => {
    for (let n = 0; n < wanted; n += 1)
      void fetch("https://flex-api.twilio.com/v1/WebChannels", { method: "POST" }).catch(() => undefined);
  }, count);

/** Joins are slow, so that the list does not change while a picture is taken. */
async function queued(): Promise<void> {
  const desk = await Desk.open({ flexThrottle: { limits: { [JOIN]: { perSecond: 0.5 } } } });
  const chats = await desk.receiveChats(14);
  desk.accept(chats).catch(() => undefined);
  await until(() => desk.isMember(chats[0]), "the first join");
  await desk.invoke("SelectTask", { sid: chats[0].reservationSid });
  await desk.page.waitForSelector(".Twilio-MessageListItem");
  await desk.page.waitForSelector("text=/next in 2\\ss/");
  await desk.page.waitForSelector("text=/next in 1\\ss/");
  await take(desk, "queued");
  await desk.close();
}

async function rateLimited(): Promise<void> {
  const desk = await Desk.open();
  desk.twilio.gate.fault(JOIN, { kind: "429", retryAfter: 9 });
  const chats = await desk.receiveChats(3);
  await desk.accept(chats);
  await desk.invoke("SelectTask", { sid: chats[0].reservationSid });
  await until(async () => (await desk.activeNotifications()).includes("FlexThrottleRateLimited"), "the banner");
  // Flex renders the lines of its task list once a second.
  await desk.page.locator(".Twilio-TaskListBaseItem-SecondLine", { hasText: "Retrying in" }).nth(2).waitFor();
  await take(desk, "rate-limited");
  await createWebChats(desk, 9);
  await desk.page.locator("[aria-haspopup=dialog]").click();
  await desk.page.waitForSelector("[role=dialog]");
  await desk.page.waitForTimeout(1200);
  await take(desk, "list");
  await desk.page.getByRole("button", { name: "Cancel: Join chat with Customer 1" }).click();
  await desk.page.waitForSelector("text=You are not in the chat with Customer 1.");
  await desk.page.keyboard.press("Escape");
  await desk.page.waitForSelector("text=You are not in this chat.");
  await desk.page.waitForSelector("text=Not in the chat");
  await take(desk, "not-joined");
  desk.console.remove(/ThrottleCanceledError/);
  await desk.close();
}

async function settings(): Promise<void> {
  const flexThrottle = {
    mode: "on",
    limits: { "POST /chanels": { perSecond: 8 }, "POST /WebChannels": { perSecond: 0 } },
  };
  const desk = await Desk.open({ flexThrottle, roles: ["admin"] });
  await until(async () => (await desk.activeNotifications()).includes("FlexThrottleSettings"), "the banner");
  await desk.page.waitForSelector("text=3 settings are invalid");
  await take(desk, "settings");
  await openView(desk, "Settings");
  await desk.page.setViewportSize({ width: 1280, height: 1000 });
  await take(desk, "form");
  await desk.close();
}

/** A burst, half a minute of work, and a 429. */
async function view(): Promise<void> {
  const desk = await Desk.open({ roles: ["supervisor"] });
  await desk.page.setViewportSize({ width: 1280, height: 900 });
  const chats = await desk.receiveChats(24);
  await desk.accept(chats);
  for (let second = 0; second < 25; second += 1) {
    await createWebChats(desk, second % 7);
    await desk.page.waitForTimeout(1000);
  }
  desk.twilio.gate.fault("POST /WebChannels", { kind: "429", retryAfter: 8 });
  await createWebChats(desk, 3);
  await openView(desk);
  await take(desk, "view");
  await desk.evaluate(() =>
    window.Twilio.Flex.Manager.getInstance().updateConfig({ colorTheme: { baseName: "FlexDark" } }),
  );
  await desk.page.waitForTimeout(500);
  await take(desk, "view-dark");
  await desk.close();
}

async function observed(): Promise<void> {
  const desk = await Desk.open({ roles: ["supervisor"], flexThrottle: { mode: "observe" } });
  await desk.page.setViewportSize({ width: 1280, height: 900 });
  await desk.accept(await desk.receiveChats(25));
  await createWebChats(desk, 4);
  await until(() => desk.statuses(JOIN).length === 25, "all joins");
  await desk.evaluate(() =>
    window.Twilio.Flex.Notifications.dismissNotificationById("ChatOrchestrationAddToChatChannelFailed"),
  );
  await openView(desk);
  await desk.page.getByRole("heading", { name: "Observed" }).scrollIntoViewIfNeeded();
  await desk.page.getByRole("heading", { name: "Observed" }).evaluate((heading) => heading.scrollIntoView());
  await take(desk, "observed");
  await desk.close();
}

async function main(): Promise<void> {
  buildIfStale();
  installChromium();
  mkdirSync(FOLDER, { recursive: true });
  await openBrowser();
  try {
    for (const picture of [queued, rateLimited, settings, view, observed]) await picture();
  } finally {
    await closeBrowser();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  // A desktop that is still open would keep the process.
  process.exit(1);
});
