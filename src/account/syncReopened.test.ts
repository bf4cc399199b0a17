// Lists that are closed and opened again, on Twilio's own SDK against the stand-in's Sync. Runs in Node.

import { numberOf, setUpSyncBrowsers } from "../../testing/syncBrowser";
import { eventually } from "../../testing/syncClient";
import { listName } from "./syncEngine";

const LIMIT = "POST /WebChannels/Users";

const { getStandIn, open } = setUpSyncBrowsers(LIMIT);

const getList = () => getStandIn().syncStore.ensure("list", listName(LIMIT));
const push = (n: number) => getList().addItem({ n });

/** Events overtake replies, and a reply cancels what the SDK would do next. */
const LATENCY = { requestLatencyMs: 100, replyLatencyMs: 100, eventLatencyMs: 50 };

// The SDK does not repair a lost subscription during a test.
beforeEach(() => Object.assign(getStandIn().sync.settings, { deliveryEstimateMs: 3_600_000 }));

it("gets the events of a log that was closed and opened again at once", async () => {
  const ann = await open();
  Object.assign(getStandIn().sync.settings, LATENCY);
  ann.log.close();
  await ann.open(LIMIT);
  push(1);
  await eventually(() => ann.numbers.includes(1));
});

it("gets the events of a log that is opened when another was closed", async () => {
  const other = getStandIn().syncStore.ensure("list", listName("POST /channels"));
  const ann = await open();
  Object.assign(getStandIn().sync.settings, LATENCY);
  ann.log.close();
  await ann.open("POST /channels");
  other.addItem({ n: 1 });
  await eventually(() => ann.numbers.includes(1));
});

it("gets the events of a log whose list was opened again to read what the SDK has in its cache", async () => {
  push(1);
  const ann = await open();
  await ann.log.page(0);
  Object.assign(getStandIn().sync.settings, LATENCY);
  expect((await ann.log.page(0)).map(numberOf)).toEqual([1]);
  push(2);
  await eventually(() => ann.numbers.includes(2));
});

it("reads items whose events were lost, however many follow them, without opening the list again", async () => {
  push(0);
  const ann = await open();
  await ann.log.page(0);
  const subscribe = jest.spyOn(getList().subscribers, "add");
  getStandIn().sync.planEvent("lose");
  for (let n = 1; n <= 90; n += 1) push(n);
  await eventually(() => ann.numbers.includes(90));
  expect((await ann.log.page(1)).map(numberOf)).toEqual(Array.from({ length: 90 }, (_, n) => n + 1));
  expect(subscribe).not.toHaveBeenCalled();
});

it("reads several pages with lost items in each", async () => {
  push(0);
  const ann = await open();
  await ann.log.page(0);
  for (let n = 1; n <= 250; n += 1) {
    if ([1, 120, 230].includes(n)) getStandIn().sync.planEvent("lose");
    push(n);
  }
  await eventually(() => ann.numbers.includes(250));
  expect(ann.numbers).toHaveLength(247);
  expect((await ann.log.page(1)).map(numberOf)).toEqual(Array.from({ length: 250 }, (_, n) => n + 1));
});
