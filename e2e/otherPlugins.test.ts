import { closeBrowser, Desk, openBrowser, plugin, until } from "./support/desk";

const JOIN = "POST /WebChannels/Users";
const CREATE = "POST /channels";

beforeAll(openBrowser);
afterAll(closeBrowser);

let desk: Desk;
afterEach(() => desk.close());

/** Registers an Action that creates a channel over HTTP by itself, and counts its own runs. */
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

describe("an Action of another plugin, mapped in the settings, that calls a limited address itself", () => {
  const mapped = (onBurst: string) => ({ actions: { MakeChannel: { limits: [CREATE], onBurst } } });

  /** Invokes it so many times at once; resolves to what became of each. */
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

  test("spends one token, not two: twelve at ten a second take one second more, not two", async () => {
    desk = await Desk.open({ flexThrottle: mapped("queue"), others: [channelMaker] });
    expect(await makeChannels(12)).toEqual(Array(12).fill("201"));
    expect(desk.statuses(CREATE)).toEqual(Array(12).fill(201));
    // Ten at once: with two tokens for each, there would be five.
    const times = desk.requests(CREATE).map(({ atMs }) => atMs);
    expect(times[9] - times[0]).toBeLessThan(1000);
    expect(times[10] - times[0]).toBeGreaterThanOrEqual(1000);
  });

  test("deferred, it ends at once with an error that says so, and runs by itself in its turn", async () => {
    desk = await Desk.open({ flexThrottle: mapped("defer"), others: [channelMaker] });
    const ended = await makeChannels(12);
    expect(ended.filter((end) => end === "201").length).toBe(10);
    expect(ended.filter((end) => end === "ThrottleDeferredError").length).toBe(2);
    await until(() => desk.statuses(CREATE).length === 12, "the deferred two");
    expect(desk.statuses(CREATE)).toEqual(Array(12).fill(201));
    expect((await desk.evaluate(() => (window as unknown as { runs: number[] }).runs)).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 12 }, (_, n) => n),
    );
  });

  test("rejected, it ends at once with an error that says so, and is not run", async () => {
    desk = await Desk.open({ flexThrottle: mapped("reject"), others: [channelMaker] });
    const ended = await makeChannels(12);
    expect(ended.filter((end) => end === "ThrottleRejectedError").length).toBe(2);
    await until(async () => (await desk.shownNotifications()).includes("FlexThrottleRefused"), "the banner");
    expect(desk.statuses(CREATE)).toEqual(Array(10).fill(201));
  });
});

test("a customer's own Function, mapped as a route, spends the limit that it is said to spend", async () => {
  const routes = [{ method: "POST", url: "https://*.twil.io/create-webchat", limits: ["POST /WebChannels"] }];
  desk = await Desk.open({ flexThrottle: { routes } });
  const startedAtMs: number[] = [];
  desk.page.on("response", (response) => {
    if (response.url().includes("create-webchat")) startedAtMs.push(response.request().timing().startTime);
  });
  await desk.evaluate(() =>
    Promise.all(
      Array.from({ length: 6 }, () => fetch("https://shop-1234.twil.io/create-webchat?x=1", { method: "POST" })),
    ).then(() => undefined),
  );
  await until(() => startedAtMs.length === 6, "six requests");
  startedAtMs.sort((a, b) => a - b);
  expect(startedAtMs[4] - startedAtMs[0]).toBeLessThan(1000);
  expect(startedAtMs[5] - startedAtMs[0]).toBeGreaterThanOrEqual(1000);
});

test("another plugin asks for a permit itself, and its request is not counted again", async () => {
  desk = await Desk.open();
  const statuses = await desk.evaluate(() =>
    Promise.all(
      Array.from({ length: 12 }, async (_, n) => {
        await window.Twilio.Flex.Actions.invokeAction("AcquireThrottlePermit", { limits: ["POST /channels"] });
        const body = new URLSearchParams({
          FlexFlowSid: `FO${"0".repeat(32)}`,
          Identity: `buyer-${n}`,
          ChatUserFriendlyName: "B",
          ChatFriendlyName: "C",
        });
        return (await fetch("https://flex-api.twilio.com/v1/Channels", { method: "POST", body })).status;
      }),
    ),
  );
  expect(statuses).toEqual(Array(12).fill(201));
  const times = desk.requests(CREATE).map(({ atMs }) => atMs);
  expect(times[9] - times[0]).toBeLessThan(1000);
});

test("a voice task is accepted at once while fifty joins wait", async () => {
  desk = await Desk.open();
  const chats = await desk.receiveChats(50);
  const accepted = desk.accept(chats);
  await until(() => desk.statuses(JOIN).length >= 10, "the first joins");
  const voice = desk.twilio.sendVoiceTask("alice");
  await until(async () => (await desk.taskCount()) === 51, "the call");
  expect(await desk.invoke("AcceptTask", { sid: voice.reservationSid })).toBeUndefined();
  expect(desk.statuses(JOIN).length).toBeLessThan(50);
  expect(await accepted).toEqual([]);
  await until(() => chats.every((chat) => desk.isMember(chat)), "fifty joins");
  expect(desk.statuses(JOIN)).toEqual(Array(50).fill(201));
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
    const chats = await desk.receiveChats(15);
    expect(await desk.accept(chats)).toEqual([]);
    await until(() => chats.every((chat) => desk.isMember(chat)), "the joins");
    expect(desk.statuses(JOIN)).toEqual(Array(15).fill(201));
    const status = await desk.evaluate(() =>
      fetch("https://flex-api.twilio.com/v1/Channels").then((response) => response.status),
    );
    expect(status).toBe(200);
    const seen = await desk.evaluate(() => (window as unknown as { seen: Record<string, number> }).seen);
    expect(seen.replaced).toBe(15);
    expect(seen.fetched).toBeGreaterThan(0);
    expect(seen.opened).toBeGreaterThanOrEqual(15);
  },
);
