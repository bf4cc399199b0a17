// Two lists that are opened at nearly the same time, on Twilio's own SDK against the stand-in's Sync. Runs in Node.

import { problemOf, setUpSyncBrowsers } from "../../testing/syncBrowser";
import { eventually } from "../../testing/syncClient";

const { getStandIn, newBrowser, open } = setUpSyncBrowsers("POST /WebChannels/Users");

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

it("opens the second list at any moment at which the SDK subscribes to the first one", async () => {
  // The SDK does not repair a lost subscription during the test.
  Object.assign(getStandIn().sync.settings, { replyLatencyMs: 300, deliveryEstimateMs: 3_600_000 });
  const pairs = Array.from({ length: 24 }, async (_, n) => {
    const browser = newBrowser(`agent-${n}`);
    const first = browser.open("GET /First");
    await sleep(40 * n);
    return Promise.all([first, browser.open("GET /Second")]);
  });
  expect(await Promise.all(pairs)).toHaveLength(24);
});

it("gives up on both lists at the same deadline while Sync is silent", async () => {
  const browser = await open();
  getStandIn().sync.settings.isSilent = true;
  const problems = Promise.all(["GET /First", "GET /Second"].map((limit) => problemOf(browser.open(limit))));
  await eventually(() => browser.hasTimers);
  browser.passTime();
  expect(await problems).toEqual(["slow", "slow"]);
});

it("does not connect again for a log that waits to be opened when the engine is closed", async () => {
  const browser = newBrowser();
  const problems = Promise.all(["GET /First", "GET /Second"].map((limit) => problemOf(browser.open(limit))));
  browser.engine.close();
  expect(await problems).toEqual(["disconnected", "disconnected"]);
});
