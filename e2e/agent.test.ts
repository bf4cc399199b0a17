import { ChatTask } from "../stand-in";
import { closeBrowser, Desk, openBrowser, plugin, until } from "./support/desk";
import { hide } from "./support/hiddenTab";
import { CREATE, JOIN, LONG_RETRY_AFTER, PATIENT_QUEUE } from "./support/settings";
import { readSeconds, WAIT } from "./support/waits";
import { openTabs, Tabs } from "./support/tabs";

const FLEX_JOIN_FAILED = "ChatOrchestrationAddToChatChannelFailed";
const RATE_LIMITED = "FlexThrottleRateLimited";

beforeAll(openBrowser);
afterAll(closeBrowser);

let desk: Desk;
afterEach(() => desk.close());

/** Creates channels by `fetch`. The page keeps the status or the name of the error of each. */
const startCreating = (count: number) =>
  desk.evaluate((wanted) => {
    const outcomes: string[] = [];
    Object.assign(window, { outcomes });
    for (let n = 0; n < wanted; n += 1) {
      const body = new URLSearchParams({
        FlexFlowSid: `FO${"0".repeat(32)}`,
        Identity: `buyer-${n}`,
        ChatUserFriendlyName: "B",
        ChatFriendlyName: "C",
      });
      void fetch("https://flex-api.twilio.com/v1/Channels", { method: "POST", body }).then(
        ({ status }) => outcomes.push(String(status)),
        ({ name }: Error) => outcomes.push(name),
      );
    }
  }, count);
const outcomes = () => desk.evaluate(() => (window as unknown as { outcomes: string[] }).outcomes);

const select = ({ reservationSid }: ChatTask) => desk.invoke("SelectTask", { sid: reservationSid });
const canvas = () => desk.page.locator(".Twilio-TaskCanvasTabs");
const joinNowOnTask = () => canvas().getByRole("button", { name: "Join now" });
const badge = () => desk.page.locator("[aria-haspopup=dialog]");
const rows = () => desk.page.getByRole("dialog").getByRole("listitem").allInnerTexts();
/** What a screen reader announces, oldest first. */
const announced = () => desk.page.getByRole("log").locator("p").allTextContents();
const focused = () =>
  desk.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent ?? "");

test("by keyboard, the agent cancels one join in the list, joins it after all, and retries", async () => {
  desk = await Desk.open();
  desk.twilio.gate.fault(JOIN, { kind: "429", retryAfter: LONG_RETRY_AFTER });
  const chats = await desk.receiveChats(2);
  await desk.accept(chats);
  const title = () => desk.page.title();
  const before = (await title()).replace(/^\(\d+\) /, "");
  await desk.page.waitForSelector(
    `text=/^Twilio is limiting requests. Waiting: 2 chats. (Retrying|Attempt \\d) in ${WAIT}. Nothing is lost.$/`,
  );
  await until(async () => (await title()) === `(2) ${before}`, "the title of two chats");

  await badge().focus();
  await desk.page.keyboard.press("Enter");
  // The list shows the same, and covers the banner's buttons.
  await desk.waitUntilDismissed(RATE_LIMITED);
  await desk.page.keyboard.press("ArrowDown");
  await desk.page.keyboard.press("Tab");
  await until(async () => (await focused()) === "Cancel: Join chat with Customer 1", "the focus on the button");
  await desk.page.keyboard.press("Enter");
  await desk.page.getByRole("dialog").getByText("You are not in the chat with Customer 1.").waitFor();
  await desk.page.getByRole("button", { name: "Waiting: 1 chat · Not sent: 1" }).waitFor();
  await until(async () => (await title()) === `(1) ${before}`, "the title of one chat");

  desk.twilio.gate.clearFaults();
  const inList = (name: string) => desk.page.getByRole("dialog").getByRole("button", { name });
  await inList("Join now").focus();
  await desk.page.keyboard.press("Enter");
  await desk.page.getByRole("button", { name: "Waiting: 2 chats" }).waitFor();
  await inList("Retry now").focus();
  await desk.page.keyboard.press("Enter");
  await desk.waitForJoins(chats);
  await desk.page.keyboard.press("Escape");
  await desk.page.locator(".Twilio-NotificationBar").getByText("All 2 chats are joined.").waitFor();
  await until(async () => (await announced()).includes("All 2 chats are joined."), "the announcement");
  await until(async () => (await title()) === before, "the title without a count");
  expect(await desk.shownNotifications()).not.toContain(FLEX_JOIN_FAILED);
  desk.console.remove(/ThrottleCanceledError/);
});

test("no banner covers the button that accepts a task", async () => {
  desk = await Desk.open();
  desk.twilio.gate.fault(JOIN, { kind: "429", retryAfter: LONG_RETRY_AFTER });
  await desk.accept(await desk.receiveChats(1));
  await until(async () => (await desk.activeNotifications()).includes(RATE_LIMITED), "the banner");
  const [next] = await desk.receiveChats(1);
  await desk.waitUntilDismissed(RATE_LIMITED);
  const accept = desk.page.locator(".Twilio-TaskListBaseItem").getByRole("button").first();
  const isCovered = () =>
    accept.evaluate((button) => {
      const { left, top, width, height } = button.getBoundingClientRect();
      const front = document.elementFromPoint(left + width / 2, top + height / 2);
      return front?.closest(".Twilio-NotificationBar") !== null;
    });
  // Flex moves the banner out of the way for a moment.
  await until(async () => !(await isCovered()), "a free button");
  desk.twilio.endReservation(next.reservationSid, "canceled");
  await until(async () => (await desk.activeNotifications()).includes(RATE_LIMITED), "the banner again");
});

describe.each([
  ["16.13.1", "unbundled"],
  ["16.5.2", "bundled"],
] as const)("with React %s", (_, flexBundle) => {
  test("the badge counts the queued calls; its list shows them in order, works by keyboard, and cancels all but joins", async () => {
    // The second channel gets its turn after 200 s, the join after 300 s, the third channel after 400 s.
    const limits = { [CREATE]: { perSecond: 0.005 } };
    desk = await Desk.open({ flexBundle, flexThrottle: { limits, queue: PATIENT_QUEUE } });
    desk.twilio.gate.fault(JOIN, { kind: "429", retryAfter: LONG_RETRY_AFTER, code: 45010 }, 1);
    expect(await badge().getAttribute("aria-label")).toBe("No requests are waiting.");
    const [chat] = await desk.receiveChats(1);
    await desk.accept([chat]);
    await desk.waitForNotification(RATE_LIMITED);
    await startCreating(3);
    await desk.page.waitForSelector('button[aria-label="Waiting: 1 chat, 2 requests"]');

    await badge().focus();
    await desk.page.keyboard.press("Enter");
    expect(await badge().getAttribute("aria-expanded")).toBe("true");
    expect(await rows()).toEqual([
      expect.stringMatching(`^1\\.\\s+Opening a chat\\s+Waiting for its turn \\(about ${WAIT}\\)\\s+Cancel$`),
      expect.stringMatching(`^2\\.\\s+Join chat with Customer 1\\s+Limited by Twilio \\(about ${WAIT}\\)\\s+Cancel$`),
      expect.stringMatching(`^3\\.\\s+Opening a chat\\s+Waiting for its turn \\(about ${WAIT}\\)\\s+Cancel$`),
    ]);
    await desk.page.keyboard.press("ArrowDown");
    expect(await focused()).toContain("1.Opening a chat");
    await desk.page.keyboard.press("Tab");
    expect(await focused()).toBe("Cancel: Opening a chat");
    await desk.page.keyboard.press("Enter");
    await until(async () => (await outcomes()).includes("ThrottleCanceledError"), "the caller's error");
    await until(async () => /^[12]\./.test(await focused()), "the focus on a row");
    // The third channel moves up to the turn after 200 s.
    const hasMovedUp = ([first, , third]: string[]) => /^1\.\s+Opening a chat/.test(first) && /canceled/.test(third);
    await until(async () => hasMovedUp(await rows()), "the new order");
    expect(await rows()).toEqual([
      expect.stringMatching(/^1\.\s+Opening a chat/),
      expect.stringMatching(/^2\.\s+Join chat/),
      expect.stringMatching(
        /^Opening a chat: canceled, not sent. Do it again if you still need it.\s+At [\d:]+\s[AP]M\s+Dismiss$/,
      ),
    ]);
    await desk.page.keyboard.press("Escape");
    expect(await desk.page.getByRole("dialog").count()).toBe(0);
    await until(async () => (await focused()) === "Waiting: 1 chat, 1 request · Not sent: 1", "the focus on the badge");

    await desk.retryNow();
    await desk.waitForJoins([chat]);
    await desk.page.getByRole("button", { name: "Waiting: 1 request · Not sent: 1" }).click();
    await desk.changeSettings({ limits: { [CREATE]: { perSecond: 10 } } });
    await until(async () => (await outcomes()).length === 3, "the last channel");
    await desk.page.getByRole("dialog").getByText("No requests are waiting.").waitFor();
    await desk.page.getByRole("button", { name: "Dismiss" }).click();
    await desk.page.mouse.click(600, 600);
    await until(async () => (await badge().getAttribute("aria-label")) === "No requests are waiting.", "an idle badge");
    expect(await outcomes()).toEqual(["201", "ThrottleCanceledError", "201"]);
  });

  test("a queued join counts down on its task and in the task list, in any task channel, until the chat is joined", async () => {
    const channel = plugin(
      "channel",
      `flex.TaskChannels.register(flex.DefaultTaskChannels.createChatTaskChannel("own", () => true));`,
    );
    // The second join waits 100 s: counted down in seconds, not in minutes.
    desk = await Desk.open({
      flexBundle,
      others: [channel],
      flexThrottle: { limits: { [JOIN]: { perSecond: 0.01 } } },
    });
    const chats = await desk.receiveChats(2);
    await desk.accept([chats[0]]);
    await desk.waitForJoins([chats[0]]);
    await select(chats[1]);
    // Accepted outside Flex: the Action itself would be held.
    await desk.evaluate(
      (sid) => void window.Twilio.Flex.StateHelper.getReservation(sid).accept(),
      chats[1].reservationSid,
    );
    const countdown = canvas().getByText(new RegExp(`^Joining in ${WAIT}$`));
    const secondsLeft = async () => readSeconds(await countdown.innerText());
    const before = await secondsLeft();
    await until(async () => (await secondsLeft()) < before, "the next second");
    const lines = desk.page.locator(".Twilio-TaskListBaseItem-SecondLine");
    // The chat that is joined.
    await lines.filter({ hasText: "Hello" }).waitFor();
    await lines.filter({ hasText: new RegExp(`^Joining in ${WAIT}$`) }).waitFor();
    expect(await lines.count()).toBe(2);
    await desk.changeSettings({ limits: { [JOIN]: { perSecond: 10 } } });
    await desk.waitForJoins([chats[1]]);
    await desk.page.waitForSelector(".Twilio-MessageInput textarea:not([disabled])");
    await until(async () => !(await desk.page.innerText("body")).includes("Joining in"), "the end of the countdown");
    expect(desk.statuses(JOIN)).toEqual([201, 201]);
  });

  test("a canceled join shows on its task, and is made when the agent asks for it there", async () => {
    desk = await Desk.open({ flexBundle });
    desk.twilio.gate.fault(JOIN, { kind: "429", retryAfter: LONG_RETRY_AFTER }, 1);
    const [chat] = await desk.receiveChats(1);
    await desk.accept([chat]);
    await select(chat);
    await canvas()
      .getByText(new RegExp(`^Twilio is limiting requests. Joining in ${WAIT}. Nothing is lost.$`))
      .waitFor();
    await badge().click();
    await desk.page.getByRole("button", { name: /^Cancel: Join chat with / }).click();
    await desk.page.keyboard.press("Escape");
    await canvas().getByText("You are not in this chat.").waitFor();
    await desk.page.locator(".Twilio-TaskListBaseItem-SecondLine", { hasText: "Not in the chat" }).waitFor();

    // It would wait for the cool-down again.
    const joinIn = canvas().getByRole("button", { name: new RegExp(`^Join in about ${WAIT}$`) });
    await joinIn.focus();
    await desk.page.keyboard.press("Enter");
    await desk.waitForQueued(1);
    await desk.retryNow();
    await desk.waitForJoins([chat]);
    await desk.page.waitForSelector(".Twilio-MessageInput textarea:not([disabled])");
    expect(await joinNowOnTask().count()).toBe(0);
    expect(desk.statuses(JOIN)).toEqual([429, 201]);
    expect(await desk.shownNotifications()).not.toContain(FLEX_JOIN_FAILED);
    desk.console.remove(/ThrottleCanceledError/);
  });
});

test("a failed join can be made again on its task, until the reservation ends", async () => {
  desk = await Desk.open();
  desk.twilio.gate.fault(JOIN, { kind: "500" }, 2);
  const chats = await desk.receiveChats(2);
  await desk.accept(chats);
  await desk.waitForNotification(FLEX_JOIN_FAILED);
  await select(chats[0]);
  await joinNowOnTask().click();
  await desk.waitForJoins([chats[0]]);
  const notJoined = async () => (await desk.throttleState()).notJoined;
  expect(await notJoined()).toEqual([chats[1].channelSid]);
  desk.twilio.endReservation(chats[1].reservationSid, "canceled");
  await until(async () => (await notJoined()).length === 0, "the end of the reservation");
});

describe("in a hidden tab", () => {
  let tabs: Tabs;
  beforeAll(async () => void (tabs = await openTabs()));
  afterAll(() => tabs.close());

  test("one system notification calls the agent back when a customer waits", async () => {
    // The test cannot see notifications of the operating system.
    await tabs.context.addInitScript(() => {
      const notifications: string[] = [];
      class RecordedNotification {
        static permission = "granted";
        constructor(title: string) {
          notifications.push(title);
        }
        close() {}
      }
      Object.assign(window, { notifications, Notification: RecordedNotification });
    });
    desk = await Desk.open({ context: tabs.context });
    // Longer than the ten seconds after which the agent is called back.
    desk.twilio.gate.fault(JOIN, { kind: "429", retryAfter: 12 });
    const [chat] = await desk.receiveChats(1);
    await desk.accept([chat]);
    await hide(tabs, [desk]);
    await until(() => desk.statuses(JOIN).length === 4, "three retries");
    const titles = await desk.evaluate(() => (window as unknown as { notifications: string[] }).notifications);
    expect(titles.filter((title) => title.includes("joined"))).toEqual(["1 chat is waiting to be joined"]);
  });
});
