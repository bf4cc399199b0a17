import { closeBrowser, Desk, openBrowser, plugin, until } from "./support/desk";
import { CREATE, create, hide, holdBackTimers, ringsOf, shareUsedBy } from "./support/hidden";
import { openTabs, Tabs } from "./support/tabs";

const JOIN = "POST /WebChannels/Users";
const FLEX_JOIN_FAILED = "ChatOrchestrationAddToChatChannelFailed";

beforeAll(openBrowser);
afterAll(closeBrowser);

let desk: Desk;
afterEach(() => desk.close());

describe("after a reload", () => {
  test("accepted chats that the agent never got into are joined, and only those, and are as good as any", async () => {
    desk = await Desk.open();
    const [joined] = await desk.receiveChats(1);
    await desk.accept([joined]);
    await until(() => desk.isMember(joined), "the first join");
    desk.twilio.gate.fault(JOIN, { kind: "429" });
    const chats = await desk.receiveChats(3);
    await desk.accept(chats);
    await until(() => desk.statuses(JOIN).length >= 4, "some tries");

    desk.twilio.gate.clearFaults();
    const before = desk.statuses(JOIN).length;
    await desk.reload();
    await until(() => chats.every((chat) => desk.isMember(chat)), "the joins", 20_000);
    for (const chat of [joined, ...chats]) {
      expect(await desk.invoke("WrapupTask", { sid: chat.reservationSid })).toBeUndefined();
      expect(await desk.invoke("CompleteTask", { sid: chat.reservationSid })).toBeUndefined();
    }
    expect(desk.statuses(JOIN).slice(before)).toEqual([201, 201, 201]);
    expect(await desk.shownNotifications()).not.toContain(FLEX_JOIN_FAILED);
  });

  test("a deferred Action runs; one of which no word may be stored is told to be lost", async () => {
    const noter = plugin(
      "noter",
      `window.notes = []; flex.Actions.registerAction("Note", async (payload) => { window.notes.push(payload); });`,
    );
    const flexThrottle = {
      limits: { [CREATE]: { perSecond: 0.2 } },
      actions: { Note: { limits: [CREATE], onBurst: "defer" } },
    };
    desk = await Desk.open({ flexThrottle, others: [noter] });
    const [chat] = await desk.receiveChats(1);
    expect(await desk.invoke("Note", {})).toBeUndefined();
    expect(await desk.invoke("Note", { reservationSid: chat.reservationSid })).toContain("deferred");
    expect(await desk.invoke("Note", { text: "Dear Ada" })).toContain("deferred");

    await desk.reload();
    const notes = () => desk.evaluate(() => (window as unknown as { notes: unknown[] }).notes);
    await until(async () => (await notes()).length > 0, "the note");
    expect(await notes()).toEqual([{ reservationSid: chat.reservationSid }]);
    await until(async () => (await desk.activeNotifications()).includes("FlexThrottleRefused"), "the banner");
    expect(await desk.page.innerText(".Twilio-NotificationBar")).toContain(
      "Note was waiting for its turn when this page was reloaded, and was not run.",
    );
    expect(await desk.evaluate(() => JSON.stringify(sessionStorage))).not.toContain("flex-throttle");
  });
});

describe("when the configuration changes while Flex runs", () => {
  const change = (flexThrottle: unknown) =>
    desk.evaluate(
      (written) => window.Twilio.Flex.Manager.getInstance().updateConfig({ flexThrottle: written }),
      flexThrottle,
    );
  const acceptAll = async (count: number) => {
    const before = desk.statuses(JOIN).length;
    await desk.accept(await desk.receiveChats(count));
    await until(() => desk.statuses(JOIN).length === before + count, `${count} tries`);
    return desk.statuses(JOIN).slice(before);
  };
  const isRefused = (status: unknown) => status === 429;

  test("its mode, its limits, its Actions and its routes hold at once, and an admin reads what is wrong", async () => {
    const noter = plugin("noter", `flex.Actions.registerAction("Note", async () => "noted");`);
    desk = await Desk.open({ others: [noter], roles: ["admin"] });
    await change({ mode: "off" });
    expect((await acceptAll(14)).filter(isRefused).length).toBeGreaterThanOrEqual(3);

    desk.twilio.gate.setLimit(JOIN, 4);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await change({ mode: "enforce", limits: { [JOIN]: { perSecond: 4 } } });
    expect((await acceptAll(9)).filter(isRefused)).toEqual([]);

    await change({
      actions: { Note: { limits: [CREATE], onBurst: "reject" } },
      limits: { [CREATE]: { perSecond: 1 } },
    });
    expect(await desk.invoke("Note", { n: 1 })).toBeUndefined();
    expect(await desk.invoke("Note", { n: 2 })).toContain(CREATE);

    expect(await desk.activeNotifications()).not.toContain("FlexThrottleSettings");
    await change({ queue: { maxLength: -1 } });
    await until(async () => (await desk.activeNotifications()).includes("FlexThrottleSettings"), "the banner");
    expect(await desk.page.innerText(".Twilio-NotificationBar")).toContain("flexThrottle.queue.maxLength");
    await change({ queue: { maxLength: 100 } });
    await until(async () => !(await desk.activeNotifications()).includes("FlexThrottleSettings"), "the banner's going");
  });

  test("switched off, those who wait go at once", async () => {
    desk = await Desk.open({ flexThrottle: { limits: { [JOIN]: { perSecond: 1 } } } });
    const chats = await desk.receiveChats(8);
    const accepted = desk.accept(chats);
    await until(() => desk.statuses(JOIN).length > 0, "the first join");
    await change({ mode: "off" });
    await accepted;
    await until(() => desk.statuses(JOIN).length === 8, "the others", 3000);
    const times = desk.requests(JOIN).map(({ atMs }) => atMs);
    expect(times[7] - times[1]).toBeLessThan(1000);
  });
});

/** Keeps what there was before our plugin, and gets hold of it. */
const keeper = plugin(
  "keeper",
  `const { Actions, ChatOrchestrator, Plugins } = window.Twilio.Flex;
   const parts = { window: [window, ["fetch"]], xhr: [XMLHttpRequest.prototype, ["open", "send", "abort", "setRequestHeader", "onreadystatechange"]],
     target: [XMLHttpRequestEventTarget.prototype, ["addEventListener", "onload", "onloadend", "onerror"]],
     actions: [Actions, ["invokeAction"]], join: [ChatOrchestrator, ["handleReservationEvent"]],
     chat: [manager.chatClient, ["createChannel", "getChannelBySid", "getSubscribedChannels"]] };
   const same = (a, b) => JSON.stringify(Object.keys(a ?? {})) === JSON.stringify(Object.keys(b ?? {})) && Object.keys(a ?? {}).every((key) => a[key] === b[key]);
   const look = () => Object.entries(parts).flatMap(([part, [target, names]]) => names.map((name) => [part + "." + name, Object.getOwnPropertyDescriptor(target, name)]));
   const before = look();
   window.changed = () => look().filter(([, now], index) => !same(now, before[index][1])).map(([name]) => name);`,
  `const init = Twilio.Flex.Plugins.init;
   Twilio.Flex.Plugins.init = (Plugin, ...rest) => init.call(Twilio.Flex.Plugins, class extends Plugin { constructor(...all) { super(...all); if (this.uninstall) window.ours = this; } }, ...rest);`,
);

describe("uninstalled", () => {
  const uninstall = () => desk.evaluate(() => (window as unknown as { ours: { uninstall(): void } }).ours.uninstall());
  const changed = () => desk.evaluate(() => (window as unknown as { changed(): string[] }).changed());
  test("every function is exactly the one that it was, and nothing is paced", async () => {
    desk = await Desk.open({ others: [keeper], isOursLast: true });
    expect(await changed()).toEqual(
      expect.arrayContaining([
        "window.fetch",
        "xhr.send",
        "actions.invokeAction",
        "join.handleReservationEvent",
        "chat.createChannel",
      ]),
    );
    await uninstall();
    expect(await changed()).toEqual([]);
    expect((await create(desk, 14)).filter((status) => status === 429).length).toBeGreaterThanOrEqual(3);
  });

  /** Counts what passes, as other plugins do. */
  const rude = `const { fetch: before } = window;
    window.rude = { seen: 0, restore: () => { window.fetch = before; } };
    window.fetch = (...args) => { window.rude.seen += 1; return before.apply(window, args); };`;
  const seen = () => desk.evaluate(() => (window as unknown as { rude: { seen: number } }).rude.seen);
  const restore = () => desk.evaluate(() => (window as unknown as { rude: { restore(): void } }).rude.restore());

  test("under another plugin's patch, that one stays and the calls go past ours; after that has gone, ours goes with the next call", async () => {
    desk = await Desk.open({ others: [keeper], isOursLast: true });
    await desk.page.addScriptTag({ content: rude });
    await uninstall();
    expect((await create(desk, 14)).filter((status) => status === 429).length).toBeGreaterThanOrEqual(3);
    expect(await seen()).toBe(14);
    expect(await changed()).toEqual(["window.fetch"]);
    await restore();
    await create(desk, 1);
    expect(await changed()).toEqual([]);
  });

  test("over another plugin's patch, that one stays, and can be taken back", async () => {
    desk = await Desk.open({ others: [keeper, plugin("rude", rude)], isOursLast: true });
    await uninstall();
    const before = await seen();
    await create(desk, 3);
    expect((await seen()) - before).toBe(3);
    await restore();
    expect(await changed()).toEqual([]);
  });
});

/**
 * Of the limit, hidden. On the page's own timers it is exactly half: a second's calls go 1017 ms after those before, and the
 * timer rings 2000 ms after. That it is 95 % by a worker's, where ways are steady, is src/page/hiddenTab.test.ts's to see, and
 * what it is in a browser `npm run bench:hidden`'s to measure: on a busy machine the ways vary, and the guard against that
 * costs some of it.
 */
const LEAST_SHARE = 0.75;

describe("in a tab that nobody sees", () => {
  let tabs: Tabs;
  beforeAll(async () => void (tabs = await openTabs()));
  afterAll(() => tabs.close());

  test("where timers ring once a second, calls go on while they wait for it, and none is refused", async () => {
    desk = await Desk.open({ context: tabs.context });
    const show = await hide(tabs, [desk]);
    expect(await shareUsedBy(desk)).toBeGreaterThanOrEqual(LEAST_SHARE);
    expect(await desk.evaluate(() => document.hidden)).toBe(true);
    await show();
  });
});

describe("in a tab that nobody has seen for long, where timers that follow each other ring once a minute", () => {
  let tabs: Tabs;
  beforeAll(async () => void (tabs = await openTabs({ onceAMinuteAfterSeconds: 1 })));
  afterAll(() => tabs.close());

  test("calls go on all the same, and where the page's policy allows no worker, nothing stalls; none is refused", async () => {
    desk = await Desk.open({ context: tabs.context });
    await tabs.context.addInitScript(() => void delete (window as { Worker?: unknown }).Worker);
    const withoutWorker = await Desk.open({ context: tabs.context });
    try {
      const desks = [desk, withoutWorker];
      const show = await hide(tabs, desks);
      await holdBackTimers(desks);

      // Some eleven seconds: one ring a minute may fall into them, not two, and not the hundred that are asked for.
      const before = await Promise.all(desks.map(ringsOf));
      expect(await shareUsedBy(desk)).toBeGreaterThanOrEqual(LEAST_SHARE);
      const after = await Promise.all(desks.map(ringsOf));
      desks.forEach((_, i) => expect(after[i] - before[i]).toBeLessThanOrEqual(1));

      expect(await withoutWorker.evaluate(() => typeof Worker)).toBe("undefined");
      expect(await create(withoutWorker, 30)).toEqual(Array(30).fill(201));
      await show();
    } finally {
      await withoutWorker.close();
    }
  });
});
