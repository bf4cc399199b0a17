/** Makes the pictures of the docs: the banners in the real Flex. `npm run pictures` */

import { mkdirSync } from "fs";
import { join, resolve } from "path";

import { closeBrowser, Desk, openBrowser, until } from "./support/desk";
import { buildIfStale } from "../scripts/build";
import { installChromium } from "../scripts/chromium";

const FOLDER = resolve(__dirname, "../docs/pictures");
const JOIN = "POST /WebChannels/Users";

async function queued(): Promise<void> {
  const desk = await Desk.open();
  const chats = await desk.receiveChats(56);
  const accepted = desk.accept(chats);
  await until(() => desk.isMember(chats[0]), "the first join");
  await desk.invoke("SelectTask", { sid: chats[0].reservationSid });
  await desk.page.waitForSelector(".Twilio-MessageListItem");
  // Once the task list has come to rest, and before the next ten go.
  await desk.page.waitForTimeout(500);
  await desk.page.screenshot({ path: join(FOLDER, "queued.png") });
  await accepted;
  await desk.close();
}

async function rateLimited(): Promise<void> {
  const desk = await Desk.open();
  desk.twilio.gate.fault(JOIN, { kind: "429", retryAfter: 4 });
  const chats = await desk.receiveChats(2);
  await desk.accept(chats);
  await desk.invoke("SelectTask", { sid: chats[0].reservationSid });
  await until(async () => (await desk.activeNotifications()).includes("FlexThrottleRateLimited"), "the banner");
  await desk.page.waitForSelector("text=nothing is lost");
  await desk.page.screenshot({ path: join(FOLDER, "rate-limited.png") });
  await desk.close();
}

async function settings(): Promise<void> {
  const flexThrottle = { mode: "on", limits: { "POST /chanels": { perSecond: 8 }, "POST /WebChannels": { perSecond: 0 } } };
  const desk = await Desk.open({ flexThrottle, roles: ["admin"] });
  await until(async () => (await desk.activeNotifications()).includes("FlexThrottleSettings"), "the banner");
  await desk.page.waitForSelector("text=flexThrottle.mode");
  await desk.page.screenshot({ path: join(FOLDER, "settings.png") });
  await desk.close();
}

async function main(): Promise<void> {
  buildIfStale();
  installChromium();
  mkdirSync(FOLDER, { recursive: true });
  await openBrowser();
  try {
    for (const picture of [queued, rateLimited, settings]) await picture();
  } finally {
    await closeBrowser();
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
