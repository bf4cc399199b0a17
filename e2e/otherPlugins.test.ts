import { createChannels } from "./support/channels";
import { closeBrowser, Desk, openBrowser, plugin, until } from "./support/desk";
import { CREATE, FAST, HALF, JOIN, ONE_CALL, PATIENT_QUEUE, TWICE } from "./support/settings";

beforeAll(openBrowser);
afterAll(closeBrowser);

let desk: Desk;
afterEach(() => desk.close());

/** Registers an Action that creates a channel over HTTP, and records its runs. */
const channelMaker = plugin(
  "channel-maker",
  `window.runs = [];
   flex.Actions.registerAction("MakeChannel", async ({ n }) => {
     window.runs.push(n);
     const body = new URLSearchParams({ FlexFlowSid: "FO" + "0".repeat(32), Identity: "buyer-" + n, ChatUserFriendlyName: "Buyer", ChatFriendlyName: "Chat" });
     const response = await fetch("https://flex-api.twilio.com/v1/Channels", { method: "POST", body });
     return response.status;
   });`,
);

describe("an Action of another plugin that sends a limited request itself", () => {
  const mapped = (onBurst: string) => ({ actions: { MakeChannel: { limits: [CREATE], onBurst } } });

  /** Invokes the Action so many times at once. @returns each status or the name of each error. */
  const makeChannels = (count: number) =>
    desk.evaluate(
      (wanted) =>
        Promise.all(
          Array.from({ length: wanted }, (_, n) =>
            window.Twilio.Flex.Actions.invokeAction("MakeChannel", { n }).then(
              (status: number) => String(status),
              (error: Error) => error.name,
            ),
          ),
        ) as Promise<string[]>,
      count,
    );
  const runs = () => desk.evaluate(() => (window as unknown as { runs: number[] }).runs);

  test("spends one token, not two", async () => {
    const flexThrottle = { ...mapped("queue"), limits: { [CREATE]: ONE_CALL }, queue: PATIENT_QUEUE };
    desk = await Desk.open({ flexThrottle, others: [channelMaker] });
    // The limit allows one call. If the Action's own request spent another token, it would stay queued.
    expect(await makeChannels(1)).toEqual(["201"]);
    const next = makeChannels(1);
    await desk.waitForQueued(1);
    expect(desk.statuses(CREATE)).toEqual([201]);
    await desk.changeSettings({ limits: { [CREATE]: FAST } });
    expect(await next).toEqual(["201"]);
  });

  test("is sent without a 429 in a burst above the limit", async () => {
    const flexThrottle = { ...mapped("queue"), limits: { [CREATE]: HALF } };
    desk = await Desk.open({ flexThrottle, others: [channelMaker] });
    expect(await makeChannels(12)).toEqual(Array(12).fill("201"));
    expect(desk.statuses(CREATE)).toEqual(Array(12).fill(201));
  });

  test("deferred, ends with an error that says so, and runs when its turn comes", async () => {
    const flexThrottle = { ...mapped("defer"), limits: { [CREATE]: HALF } };
    desk = await Desk.open({ flexThrottle, others: [channelMaker] });
    const outcomes = await makeChannels(12);
    expect(outcomes.filter((outcome) => outcome === "201").length).toBe(5);
    expect(outcomes.filter((outcome) => outcome === "ThrottleDeferredError").length).toBe(7);
    await until(() => desk.statuses(CREATE).filter((status) => status === 201).length === 12, "the deferred seven");
    expect(desk.statuses(CREATE)).toEqual(Array(12).fill(201));
    expect((await runs()).sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, n) => n));
  });

  test("rejected, ends with an error that says so, and does not run", async () => {
    desk = await Desk.open({ flexThrottle: mapped("reject"), others: [channelMaker] });
    const outcomes = await makeChannels(12);
    expect(outcomes.filter((outcome) => outcome === "ThrottleRejectedError").length).toBe(2);
    await desk.waitForNotification("FlexThrottleRefused");
    expect(desk.statuses(CREATE)).toEqual(Array(10).fill(201));
  });
});

test("a customer's own Function, mapped as a route, spends the limit of the route", async () => {
  const limit = "POST /WebChannels";
  const routes = [{ method: "POST", url: "https://*.twil.io/create-webchat", limits: [limit] }];
  desk = await Desk.open({ flexThrottle: { routes, limits: { [limit]: ONE_CALL }, queue: PATIENT_QUEUE } });
  let sent = 0;
  desk.page.on("request", (request) => {
    if (request.url().includes("create-webchat")) sent += 1;
  });
  const all = desk.evaluate(() =>
    Promise.all(
      Array.from({ length: 6 }, () => fetch("https://shop-1234.twil.io/create-webchat?x=1", { method: "POST" })),
    ).then(() => undefined),
  );
  await desk.waitForQueued(5);
  await until(() => sent > 0, "the first request");
  expect(sent).toBe(1);
  await desk.changeSettings({ limits: { [limit]: FAST } });
  await all;
  expect(sent).toBe(6);
});

test("a request that follows AcquireThrottlePermit is not counted again", async () => {
  desk = await Desk.open({ flexThrottle: { limits: { [CREATE]: ONE_CALL }, queue: PATIENT_QUEUE } });
  const acquire = () => desk.invoke("AcquireThrottlePermit", { limits: [CREATE] });
  expect(await acquire()).toBeUndefined();
  expect(await createChannels(desk, 1)).toEqual([201]);
  const next = acquire();
  await desk.waitForQueued(1);
  await desk.changeSettings({ limits: { [CREATE]: FAST } });
  expect(await next).toBeUndefined();
  expect(desk.statuses(CREATE)).toEqual([201]);
});

test("a voice task is accepted while fifty joins are queued", async () => {
  desk = await Desk.open({ flexThrottle: { limits: { [JOIN]: ONE_CALL } } });
  const chats = await desk.receiveChats(50);
  await desk.startAccepting(chats);
  await until(() => desk.statuses(JOIN).length === 1, "the first join");
  const voice = desk.twilio.sendVoiceTask("alice");
  await until(async () => (await desk.taskCount()) === 51, "the call");
  expect(await desk.invoke("AcceptTask", { sid: voice.reservationSid })).toBeUndefined();
  expect(desk.statuses(JOIN)).toEqual([201]);
  desk.twilio.gate.setLimit(JOIN, TWICE);
  await desk.changeSettings({ limits: { [JOIN]: { perSecond: 10 } } });
  await desk.waitForJoins(chats);
  expect(desk.joinStatuses()).toEqual(Array(50).fill(201));
});

test.each(["before", "after"])(
  "a plugin loaded %s ours that replaces AcceptTask, throws in its listener and patches fetch and XHR breaks nothing",
  async (when) => {
    const rude = plugin(
      "rude",
      `window.seen = { replaced: 0, fetched: 0, opened: 0 };
     flex.Actions.replaceAction("AcceptTask", (payload, original) => { window.seen.replaced++; return original(payload); });
     flex.Actions.addListener("beforeAcceptTask", () => { throw new Error("rude"); });
     const nativeFetch = window.fetch;
     window.fetch = function (...args) { window.seen.fetched++; return nativeFetch.apply(this, args); };
     const nativeOpen = XMLHttpRequest.prototype.open;
     XMLHttpRequest.prototype.open = function (...args) { window.seen.opened++; return nativeOpen.apply(this, args); };`,
    );
    desk = await Desk.open({ others: [rude], isOursLast: when === "before" });
    desk.twilio.gate.setLimit(JOIN, TWICE);
    const chats = await desk.receiveChats(25);
    expect(await desk.accept(chats)).toEqual([]);
    await desk.waitForJoins(chats);
    expect(desk.joinStatuses()).toEqual(Array(25).fill(201));
    const status = await desk.evaluate(() =>
      fetch("https://flex-api.twilio.com/v1/Channels").then((response) => response.status),
    );
    expect(status).toBe(200);
    const seen = await desk.evaluate(() => (window as unknown as { seen: Record<string, number> }).seen);
    expect(seen.replaced).toBe(25);
    expect(seen.fetched).toBeGreaterThan(0);
    expect(seen.opened).toBeGreaterThanOrEqual(25);
    // Flex prints the listener's error.
    expect(desk.console.remove(/Error on "beforeAcceptTask"/)).toBe(true);
  },
);
