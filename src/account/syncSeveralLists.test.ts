// Two lists that are opened at nearly the same time, on Twilio's own SDK against the stand-in's Sync. Runs in Node.

import { setUpSyncBrowsers } from "../../testing/syncBrowser";

const { getStandIn, newBrowser } = setUpSyncBrowsers("POST /WebChannels/Users");

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
