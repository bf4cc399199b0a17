import { ChatTask } from "../stand-in";
import { closeBrowser, Desk, openBrowser, plugin, until } from "./support/desk";
import { openTabs, Tabs } from "./support/tabs";

const JOIN = "POST /WebChannels/Users";
const CREATE = "POST /channels";
const FLEX_JOIN_FAILED = "ChatOrchestrationAddToChatChannelFailed";
const RATE_LIMITED = "FlexThrottleRateLimited";
const REFUSED = "FlexThrottleRefused";

beforeAll(openBrowser);
afterAll(closeBrowser);

let desk: Desk;
afterEach(() => desk.close());

/** Creates so many channels by `fetch`; how those end that are not answered is kept in the page. */
const create = (count: number) =>
  desk.evaluate((wanted) => {
    const ended: string[] = [];
    Object.assign(window, { ended });
    for (let n = 0; n < wanted; n += 1) {
      const body = new URLSearchParams({
        FlexFlowSid: `FO${"0".repeat(32)}`,
        Identity: `buyer-${n}`,
        ChatUserFriendlyName: "B",
        ChatFriendlyName: "C",
      });
      void fetch("https://flex-api.twilio.com/v1/Channels", { method: "POST", body }).then(
        ({ status }) => ended.push(String(status)),
        ({ name }: Error) => ended.push(name),
      );
    }
  }, count);
const ended = () => desk.evaluate(() => (window as unknown as { ended: string[] }).ended);

const shows = (id: string) => until(async () => (await desk.activeNotifications()).includes(id), `the banner ${id}`);
const isGone = (id: string) =>
  until(async () => !(await desk.activeNotifications()).includes(id), `the going of ${id}`);
const select = ({ reservationSid }: ChatTask) => desk.invoke("SelectTask", { sid: reservationSid });
const canvas = () => desk.page.locator(".Twilio-TaskCanvasTabs");
const joinNow = () => desk.page.getByRole("button", { name: "Join now" });
const joinNowOnTask = () => canvas().getByRole("button", { name: "Join now" });
const badge = () => desk.page.locator("[aria-haspopup=dialog]");
const rows = () => desk.page.getByRole("dialog").getByRole("listitem").allInnerTexts();
/** What a screen reader is told, oldest first. */
const heard = () => desk.page.getByRole("log").locator("p").allTextContents();
const focused = () =>
  desk.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent ?? "");

describe("the banner of a 429", () => {
  test("by keys the agent gives up the one that is next, reads where to join it, and has the other retried at once", async () => {
    desk = await Desk.open();
    desk.twilio.gate.fault(JOIN, { kind: "429", retryAfter: 60 });
    const chats = await desk.receiveChats(2);
    await desk.accept(chats);
    await desk.page.waitForSelector("text=/2 are waiting. Retrying in \\d+ s, nothing is lost./");

    const retry = desk.page.getByRole("button", { name: "Retry now" });
    await retry.focus();
    await desk.page.keyboard.press("Tab");
    await until(async () => (await focused()) === "Give up: Customer 1", "the focus on the other button");
    await desk.page.keyboard.press("Enter");
    await shows(REFUSED);
    expect(await desk.page.innerText(".Twilio-NotificationBar")).toContain("You are not in the chat with Customer 1.");
    await desk.page.waitForSelector("text=/; 1 is waiting. Retrying in/");
    // Flex has drawn all banners anew meanwhile.
    await until(async () => (await focused()) === "Give up: Customer 2", "the focus, kept");
    expect(await heard()).toEqual([
      expect.stringMatching(
        /^Twilio is limiting how fast chats can be joined; [12] (is|are) waiting. Retrying in \d+ s, nothing is lost.$/,
      ),
      expect.stringContaining("You are not in the chat with Customer 1."),
    ]);

    desk.twilio.gate.clearFaults();
    await desk.page.keyboard.press("Shift+Tab");
    await until(async () => (await focused()) === "Retry now", "the focus on the first button");
    await desk.page.keyboard.press("Enter");
    await until(() => desk.isMember(chats[1]), "the other's join", 10_000);
    await isGone(RATE_LIMITED);
    expect(desk.isMember(chats[0])).toBe(false);
    await joinNow().focus();
    await desk.page.keyboard.press("Enter");
    await until(() => desk.isMember(chats[0]), "the join after all");
    await isGone(REFUSED);
    expect(await desk.shownNotifications()).not.toContain(FLEX_JOIN_FAILED);
  });
});

describe.each([
  ["16.13.1", "unbundled"],
  ["16.5.2", "bundled"],
] as const)("with React %s", (_, flexBundle) => {
  test("the badge counts what waits; its list tells what, in order, goes by keys, and can cancel what no customer waits behind", async () => {
    desk = await Desk.open({ flexBundle, flexThrottle: { limits: { [CREATE]: { perSecond: 0.1 } } } });
    desk.twilio.gate.fault(JOIN, { kind: "429", retryAfter: 20, code: 45010 }, 1);
    expect(await badge().count()).toBe(0);
    const [chat] = await desk.receiveChats(1);
    await desk.accept([chat]);
    await shows(RATE_LIMITED);
    await create(3);
    await desk.page.waitForSelector('button[aria-label="3 requests to Twilio are waiting"]');

    await badge().focus();
    await desk.page.keyboard.press("Enter");
    expect(await badge().getAttribute("aria-expanded")).toBe("true");
    expect(await rows()).toEqual([
      expect.stringMatching(/^1\.\s+Opening a chat\s+Waiting for its turn, about (10|\d) s\s+Cancel$/),
      expect.stringMatching(/^2\.\s+Join chat with Customer 1\s+Twilio is limiting this, about (20|1\d) s$/),
      expect.stringMatching(/^3\.\s+Opening a chat\s+Waiting for its turn, about (20|1\d) s\s+Cancel$/),
    ]);
    await desk.page.keyboard.press("ArrowDown");
    expect(await focused()).toContain("1.Opening a chat");
    await desk.page.keyboard.press("Tab");
    expect(await focused()).toBe("Cancel: Opening a chat");
    await desk.page.keyboard.press("Enter");
    await until(async () => (await ended()).includes("ThrottleCanceledError"), "the caller's error");
    await until(async () => (await focused()).includes("1."), "the focus on a row");
    expect(await rows()).toHaveLength(2);
    await shows(REFUSED);
    expect(await desk.page.innerText(".Twilio-NotificationBar")).toContain(
      "Opening a chat: given up and not sent. Do it again if it is still needed.",
    );
    await desk.page.keyboard.press("Escape");
    expect(await desk.page.getByRole("dialog").count()).toBe(0);
    await until(async () => (await focused()) === "2 requests to Twilio are waiting", "the focus on the badge");

    await desk.page.locator(".Twilio-NotificationBar").getByRole("button", { name: "Retry now" }).click();
    await until(() => desk.isMember(chat), "the join");
    await desk.page.getByRole("button", { name: "1 request to Twilio is waiting" }).click();
    await until(async () => (await ended()).length === 3, "the last of them");
    await desk.page.getByText("Nothing is waiting any more.").waitFor();
    await desk.page.mouse.click(600, 600);
    await badge().waitFor({ state: "detached" });
    expect(await ended()).toEqual(["201", "ThrottleCanceledError", "201"]);
    expect(desk.console.filter((text) => text.includes("inside the plugin"))).toEqual([]);
  });

  test("a join that waits counts down on its task and in the list, whichever channel it is of, and is gone once it is made", async () => {
    const channel = plugin(
      "channel",
      `flex.TaskChannels.register(flex.DefaultTaskChannels.createChatTaskChannel("own", () => true));`,
    );
    desk = await Desk.open({ flexBundle, others: [channel], flexThrottle: { limits: { [JOIN]: { perSecond: 0.2 } } } });
    const chats = await desk.receiveChats(2);
    await desk.accept([chats[0]]);
    await select(chats[1]);
    // Not by the Action, which would wait itself: accepted elsewhere.
    await desk.evaluate(
      (sid) => void window.Twilio.Flex.StateHelper.getReservation(sid).accept(),
      chats[1].reservationSid,
    );
    for (const seconds of [4, 2]) await canvas().getByText(`Joining in ${seconds} s`).waitFor();
    expect(await desk.page.locator(".Twilio-TaskListBaseItem-SecondLine").allInnerTexts()).toEqual([
      expect.stringContaining("Hello"),
      expect.stringMatching(/^Joining in [1-3] s$/),
    ]);
    await until(() => desk.isMember(chats[1]), "the join");
    await desk.page.waitForSelector(".Twilio-MessageInput textarea:not([disabled])");
    await until(async () => !(await desk.page.innerText("body")).includes("Joining in"), "the text's going");
    expect(desk.statuses(JOIN)).toEqual([201, 201]);
  });

  test("a join that was given up is told on its task, and made when the agent wants it after all", async () => {
    desk = await Desk.open({ flexBundle });
    desk.twilio.gate.fault(JOIN, { kind: "429", retryAfter: 8 }, 1);
    const [chat] = await desk.receiveChats(1);
    await desk.accept([chat]);
    await select(chat);
    await canvas()
      .getByText(/^Twilio is limiting how fast chats can be joined. Joining in \d+ s, nothing is lost.$/)
      .waitFor();
    await desk.page.getByRole("button", { name: /^Give up: / }).click();
    await canvas().getByText("You are not in this chat.").waitFor();
    await desk.page.locator(".Twilio-TaskListBaseItem-SecondLine", { hasText: "Not in the chat" }).waitFor();
    await isGone(RATE_LIMITED);
    await shows(REFUSED);

    await joinNowOnTask().focus();
    await desk.page.keyboard.press("Enter");
    await isGone(REFUSED);
    await until(() => desk.isMember(chat), "the join");
    await desk.page.waitForSelector(".Twilio-MessageInput textarea:not([disabled])");
    expect(await joinNow().count()).toBe(0);
    expect(desk.statuses(JOIN)).toEqual([429, 201]);
    expect(await desk.shownNotifications()).not.toContain(FLEX_JOIN_FAILED);
  });
});

test("a join that failed is offered again on its task, and is forgotten with it", async () => {
  desk = await Desk.open();
  desk.twilio.gate.fault(JOIN, { kind: "500" }, 2);
  const chats = await desk.receiveChats(2);
  await desk.accept(chats);
  await shows(FLEX_JOIN_FAILED);
  await select(chats[0]);
  await joinNowOnTask().click();
  await until(() => desk.isMember(chats[0]), "the join");
  const notJoined = () =>
    desk.evaluate(
      () => window.Twilio.Flex.Manager.getInstance().store.getState()["flex-throttle"].notJoined as string[],
    );
  expect(await notJoined()).toEqual([chats[1].channelSid]);
  desk.twilio.endReservation(chats[1].reservationSid, "canceled");
  await until(async () => (await notJoined()).length === 0, "the forgetting");
});

describe("in a tab that nobody sees", () => {
  let tabs: Tabs;
  beforeAll(async () => void (tabs = await openTabs()));
  afterAll(() => tabs.close());

  test("the agent is called back once when a customer has waited for ten seconds", async () => {
    // What the system shows of a notification cannot be seen from here.
    await tabs.context.addInitScript(() => {
      const notifications: { title: string; waitedMs: number }[] = [];
      class Recorded {
        static permission = "granted";
        constructor(title: string) {
          const [call] = window.Twilio.Flex.Manager.getInstance().store.getState()["flex-throttle"].status.waiting;
          notifications.push({ title, waitedMs: performance.now() - call?.sinceMs });
        }
        close() {}
      }
      Object.assign(window, { notifications, Notification: Recorded });
    });
    desk = await Desk.open({ context: tabs.context });
    const notified = () =>
      desk.evaluate(() =>
        (window as unknown as { notifications: { title: string; waitedMs: number }[] }).notifications.filter(
          ({ title }) => title.includes("joined"),
        ),
      );
    desk.twilio.gate.fault(JOIN, { kind: "429", retryAfter: 12 });
    const [chat] = await desk.receiveChats(1);
    await desk.accept([chat]);
    const other = await tabs.context.newPage();
    await other.bringToFront();
    await desk.page.waitForFunction(() => document.hidden);

    await until(() => desk.statuses(JOIN).length === 3, "two retries");
    const [first, ...more] = await notified();
    expect(first.title).toBe("1 chat is waiting to be joined");
    expect(first.waitedMs).toBeGreaterThan(10_000);
    expect(more).toEqual([]);
    await other.close();
  });
});
