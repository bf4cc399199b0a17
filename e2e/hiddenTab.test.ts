/**
 * What Chromium does to a hidden tab's timers, and that calls go on all the same. `src/page/hiddenTab.test.ts` checks how
 * much of the limit is used, on a virtual clock; `npm run bench:hidden` measures it in Chromium.
 */

import { createChannels } from "./support/channels";
import { closeBrowser, Desk, openBrowser } from "./support/desk";
import { countTimers, hide, waitForIntensiveThrottling } from "./support/hiddenTab";
import { CREATE, PATIENT_QUEUE, TWICE } from "./support/settings";
import { openTabs, Tabs } from "./support/tabs";

beforeAll(openBrowser);
afterAll(closeBrowser);

let tabs: Tabs;
let desk: Desk;
afterEach(async () => {
  await desk.close();
  await tabs.close();
});

test("sends every queued call in a hidden tab without a 429", async () => {
  tabs = await openTabs();
  desk = await Desk.open({ context: tabs.context });
  desk.twilio.gate.setLimit(CREATE, TWICE);
  await hide(tabs, [desk]);
  expect(await createChannels(desk, 50)).toEqual(Array(50).fill(201));
  expect(desk.statuses(CREATE)).not.toContain(429);
  expect(await desk.evaluate(() => document.hidden)).toBe(true);
});

/** Chromium starts this throttling after a minute, and each of the page's timers may take another one. */
const HANGS_AFTER_MS = 900_000;

test(
  "does not depend on the page's timers where they fire once a minute",
  async () => {
    tabs = await openTabs({ onceAMinuteAfterSeconds: 1 });
    // Chromium spares hidden pages that change their title from this throttling, and the plugin does so.
    await tabs.context.addInitScript(() =>
      Object.defineProperty(document, "title", { get: () => "Flex", set: () => undefined }),
    );
    desk = await Desk.open({ context: tabs.context });
    await hide(tabs, [desk]);
    await waitForIntensiveThrottling(desk);
    desk.twilio.gate.setLimit(CREATE, TWICE);
    const before = await countTimers(desk);
    expect(await createChannels(desk, 120)).toEqual(Array(120).fill(201));
    // Twelve windows of ten calls: eleven times something other than the page's timers started the next window.
    expect((await countTimers(desk)) - before).toBeLessThan(11);
  },
  HANGS_AFTER_MS,
);

test(
  "does not stall without a worker where the page's timers fire once a minute",
  async () => {
    tabs = await openTabs({ onceAMinuteAfterSeconds: 1 });
    await tabs.context.addInitScript(() => void delete (window as { Worker?: unknown }).Worker);
    desk = await Desk.open({ context: tabs.context, flexThrottle: { queue: PATIENT_QUEUE } });
    await hide(tabs, [desk]);
    await waitForIntensiveThrottling(desk);
    expect(await desk.evaluate(() => typeof Worker)).toBe("undefined");
    desk.twilio.gate.setLimit(CREATE, TWICE);
    expect(await createChannels(desk, 30)).toEqual(Array(30).fill(201));
  },
  HANGS_AFTER_MS,
);
