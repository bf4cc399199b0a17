// Pages of a log, against the cache of Twilio's own SDK. Runs in Node.

import { eventually } from "../../testing/syncClient";
import { numberOf, setUpSyncBrowsers } from "../../testing/syncBrowser";
import { listName } from "./syncEngine";

const LIMIT = "POST /WebChannels/Users";

const { getStandIn, open } = setUpSyncBrowsers(LIMIT);

const push = (from: number, to: number) => {
  const list = getStandIn().syncStore.ensure("list", listName(LIMIT));
  for (let n = from; n < to; n += 1) list.addItem({ n });
};
const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

describe("a page", () => {
  it("has all items in order, from any index", async () => {
    push(0, 250);
    const ann = await open();
    for (const from of [0, 1, 99, 100, 101, 249, 250]) {
      const items = await ann.log.page(from);
      expect(items.map(({ index }) => index)).toEqual(range(from, 250));
    }
  });

  it.each([0, 9, 10, 12, 13, 20])("from index %d has the items whose events were lost", async (from) => {
    push(0, 10);
    const ann = await open();
    await ann.log.page(0);
    getStandIn().sync.settings.lostEventShare = 1;
    push(10, 12);
    getStandIn().sync.settings.lostEventShare = 0;
    push(12, 13);
    await eventually(() => ann.numbers.includes(12));
    getStandIn().sync.settings.lostEventShare = 1;
    push(13, 230);
    expect((await ann.log.page(from)).map(({ index }) => index)).toEqual(range(from, 230));
  });

  it("leaves the log open: items keep arriving after it", async () => {
    push(0, 3);
    const ann = await open();
    await ann.log.page(0);
    await ann.log.page(0);
    push(3, 4);
    await eventually(() => ann.numbers.includes(3));
    expect(ann.events).toEqual([]);
  });
});

describe("the recent items", () => {
  it("are the newest hundred, oldest first, however often they are read", async () => {
    push(0, 250);
    const ann = await open();
    const [recent, pushed] = await Promise.all([ann.log.recent(), ann.log.push({ n: 250 })]);
    expect(pushed.index).toBe(250);
    expect(recent.map(({ index }) => index)).toEqual(expect.arrayContaining(range(151, 250)));
    getStandIn().sync.settings.lostEventShare = 1;
    push(251, 400);
    expect((await ann.log.recent()).map(numberOf)).toEqual(range(300, 400));
    expect((await ann.log.recent()).map(numberOf)).toEqual(range(300, 400));
    expect((await ann.log.page(390)).map(numberOf)).toEqual(range(390, 400));
  });

  it("come again from a log that was closed and opened again", async () => {
    push(0, 3);
    const ann = await open();
    await ann.log.recent();
    ann.log.close();
    push(3, 5);
    const again = await ann.open(LIMIT);
    expect((await again.recent()).map(numberOf)).toEqual(range(0, 5));
    push(5, 6);
    await eventually(() => ann.numbers.includes(5));
    expect(ann.numbers).toEqual([5]);
  });

  it("are none in an empty log", async () => {
    const ann = await open();
    expect(await ann.log.recent()).toEqual([]);
    push(0, 2);
    expect((await ann.log.page(0)).map(numberOf)).toEqual([0, 1]);
  });
});

describe("the SDK's cache", () => {
  it("is emptied after a few thousand items, also while more arrive, and the listener then pages", async () => {
    const ann = await open();
    push(0, 3005);
    await eventually(() => ann.items.length === 3005);
    const [reopening] = ann.scheduled;
    push(3005, 3010);
    await eventually(() => ann.items.length === 3010);
    expect(ann.scheduled).toEqual([reopening]);
    expect(ann.events).toEqual([]);
    ann.passTime();
    await eventually(() => ann.events.length > 0);
    expect(ann.events).toEqual(["reconnected"]);
    expect((await ann.log.page(3005)).map(numberOf)).toEqual(range(3005, 3010));
  });
});
