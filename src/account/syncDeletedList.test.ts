// A list that somebody deletes, on Twilio's own SDK against the stand-in's Sync. Runs in Node.

import { eventually } from "../../testing/syncClient";
import { numberOf, problemOf, setUpSyncBrowsers } from "../../testing/syncBrowser";
import { listName } from "./syncEngine";

const LIMIT = "POST /WebChannels/Users";

const { getStandIn, open } = setUpSyncBrowsers(LIMIT);

const deleteList = () => {
  const { syncStore } = getStandIn();
  syncStore.remove(syncStore.ensure("list", listName(LIMIT)));
};

it("closes its log in every browser, and a new log begins from index 0", async () => {
  const [ann, bob] = [await open("ann"), await open("bob")];
  await ann.log.push({ n: 1 });
  deleteList();
  await eventually(() => ann.events.length > 0 && bob.events.length > 0);
  expect([ann.events, bob.events]).toEqual([["closed: failed"], ["closed: failed"]]);
  expect(await problemOf(ann.log.push({ n: 2 }))).toBe("failed");
  const [annAgain, bobAgain] = await Promise.all([ann.open(LIMIT), bob.open(LIMIT)]);
  expect((await annAgain.push({ n: 3 })).index).toBe(0);
  expect((await bobAgain.page(0)).map(numberOf)).toEqual([3]);
});

it("closes the log of a browser that had no connection at that time", async () => {
  const [ann, bob] = [await open("ann"), await open("bob")];
  await ann.log.push({ n: 1 });
  getStandIn().sync.settings.rejectsTokens = true;
  getStandIn().syncConnections.forEach((connection) => connection.disconnect());
  await eventually(() => ann.events.includes("lost: tokenRejected") && bob.events.includes("lost: tokenRejected"));
  deleteList();
  getStandIn().sync.settings.rejectsTokens = false;
  for (const browser of [ann, bob]) {
    browser.renewToken();
    await eventually(() => browser.events.includes("closed: failed"));
    expect(browser.events).not.toContain("reconnected");
  }
  expect((await (await ann.open(LIMIT)).push({ n: 2 })).index).toBe(0);
});

it("closes the log of a browser whose socket was down for a moment", async () => {
  const ann = await open("ann");
  await ann.log.push({ n: 1 });
  getStandIn().syncConnections.forEach((connection) => connection.disconnect());
  deleteList();
  await eventually(() => ann.events.includes("closed: failed"));
  expect((await (await ann.open(LIMIT)).push({ n: 2 })).index).toBe(0);
});
