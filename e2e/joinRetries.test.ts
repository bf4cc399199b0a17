import type { LogEntry } from "../stand-in/gate";
import { waitUntilLoaded } from "./support/channels";
import { closeBrowser, Desk, openBrowser, until } from "./support/desk";
import { JOIN, LONG_RETRY_AFTER } from "./support/settings";

const FLEX_JOIN_FAILED = "ChatOrchestrationAddToChatChannelFailed";
const RATE_LIMITED = "FlexThrottleRateLimited";

beforeAll(openBrowser);
afterAll(closeBrowser);

let desk: Desk;
afterEach(() => desk.close());

/** Writes a message in the chat, then wraps up and completes the task. */
async function workInChat(chat: { reservationSid: string; channelSid: string }): Promise<void> {
  const { page, twilio } = desk;
  expect(await desk.invoke("SelectTask", { sid: chat.reservationSid })).toBeUndefined();
  const text = `Hello from the agent in ${chat.channelSid}`;
  await page.waitForSelector(".Twilio-MessageInput textarea:not([disabled])");
  await page.fill(".Twilio-MessageInput textarea", text);
  await page.keyboard.press("Enter");
  await until(
    () => twilio.account.channel(chat.channelSid).messages.some(({ body }) => body === text),
    "the agent's message",
  );
  expect(await desk.invoke("WrapupTask", { sid: chat.reservationSid })).toBeUndefined();
  expect(await desk.invoke("CompleteTask", { sid: chat.reservationSid })).toBeUndefined();
  await until(async () => (await desk.taskCount()) === 0, "the end of the task");
}

test.each([
  ["without a Retry-After", undefined],
  ["with a Retry-After in seconds", 1],
])("retries a join after three 429s %s, and the agent can work in the chat", async (_, retryAfter) => {
  desk = await Desk.open();
  desk.twilio.gate.fault(JOIN, { kind: "429", retryAfter }, 3);
  const chats = await desk.receiveChats(1);
  await desk.accept(chats);

  await desk.waitForJoins(chats);
  expect(desk.statuses(JOIN)).toEqual([429, 429, 429, 201]);
  await desk.waitForNotification(RATE_LIMITED);
  await desk.waitUntilDismissed(RATE_LIMITED);
  await workInChat(chats[0]);
  expect(await desk.shownNotifications()).not.toContain(FLEX_JOIN_FAILED);
});

test("sends one join as a probe after a cool-down, and the others once it succeeded", async () => {
  desk = await Desk.open();
  const { gate } = desk.twilio;
  gate.fault(JOIN, { kind: "429", retryAfter: LONG_RETRY_AFTER });
  const chats = await desk.receiveChats(3);
  const accepted = desk.accept(chats);
  await desk.waitForQueued(3);
  // Until each was sent: a call that still holds a permit from before the cool-down is not held back by the probe.
  while (new Set(desk.requests(JOIN).map(({ path }) => path)).size < 3) {
    await desk.retryNow();
    await desk.waitForQueued(3);
  }
  expect(await desk.invoke("SetActivity", { activityName: "Break" })).toBeUndefined();
  expect(await desk.shownNotifications()).not.toContain(FLEX_JOIN_FAILED);

  gate.clearFaults(JOIN);
  gate.fault(JOIN, { kind: "slow", ms: 1000 }, 1);
  const before = desk.requests(JOIN).length;
  /** How many joins were unanswered whenever a join arrived. */
  const unanswered: number[] = [];
  const countUnanswered = ({ operation, seq }: LogEntry) => {
    const joins = desk.requests(JOIN).slice(before);
    if (operation !== JOIN || joins[joins.length - 1].seq !== seq || unanswered.length === joins.length) return;
    unanswered.push(joins.filter(({ status }) => status === "pending").length - 1);
  };
  gate.on(countUnanswered);
  await desk.retryNow();
  await desk.waitForJoins(chats);
  gate.off(countUnanswered);
  expect(unanswered.slice(0, 2)).toEqual([0, 0]);
  expect(desk.statuses(JOIN).slice(before)).toEqual([201, 201, 201]);
  expect(await accepted).toEqual([]);
  await until(async () => (await desk.activeNotifications()).length === 0, "the end of all banners");
  for (const chat of chats.slice(0, 2)) {
    await waitUntilLoaded(desk, chat.channelSid);
    expect(await desk.invoke("WrapupTask", { sid: chat.reservationSid })).toBeUndefined();
    expect(await desk.invoke("CompleteTask", { sid: chat.reservationSid })).toBeUndefined();
  }
});

test("retries a join with the token of the moment", async () => {
  desk = await Desk.open();
  desk.twilio.gate.fault(JOIN, { kind: "429", retryAfter: LONG_RETRY_AFTER }, 1);
  const sentTokens: string[] = [];
  desk.page.on("request", (request) => {
    if (request.method() !== "POST" || !/\/Channels\/.*\/Users$/.test(request.url())) return;
    const [, credentials] = request.headers().authorization.split(" ");
    sentTokens.push(
      Buffer.from(credentials, "base64")
        .toString()
        .replace(/^token:/, ""),
    );
  });
  const chats = await desk.receiveChats(1);
  await desk.accept(chats);
  await desk.waitForQueued(1);
  const tokens = await desk.evaluate(async () => {
    const { chatClient } = window.Twilio.Flex.Manager.getInstance();
    const before: string = chatClient.token;
    await chatClient.updateToken(`${before}A`);
    return [before, chatClient.token as string];
  });
  expect(tokens[1]).not.toBe(tokens[0]);
  await desk.retryNow();
  await desk.waitForJoins(chats);
  expect(sentTokens).toEqual(tokens);
  expect(desk.statuses(JOIN)).toEqual([429, 201]);
  expect(await desk.shownNotifications()).not.toContain(FLEX_JOIN_FAILED);
});

test("leaves any other failure of a join to Flex, without a retry", async () => {
  desk = await Desk.open();
  desk.twilio.gate.fault(JOIN, { kind: "500" }, 1);
  await desk.accept(await desk.receiveChats(1));
  await desk.waitForNotification(FLEX_JOIN_FAILED);
  expect(desk.statuses(JOIN)).toEqual([500]);
});

test("retries an unanswered join, and the other joins do not wait for it", async () => {
  desk = await Desk.open();
  desk.twilio.gate.fault(JOIN, { kind: "never" }, 1);
  const chats = await desk.receiveChats(4);
  expect(await desk.accept(chats)).toEqual([]);
  await desk.waitForJoins(chats);
  expect(desk.statuses(JOIN)).toEqual(["never", 201, 201, 201, 201]);
  const [first, ...others] = desk.requests(JOIN).map(({ path }) => path);
  expect(others.indexOf(first)).toBe(3);
  expect(await desk.shownNotifications()).not.toContain(FLEX_JOIN_FAILED);
});

test("joins a chat that is offered again while its first join is unanswered", async () => {
  desk = await Desk.open();
  desk.twilio.gate.fault(JOIN, { kind: "never" }, 1);
  const [chat] = await desk.receiveChats(1);
  await desk.accept([chat]);
  await until(() => desk.statuses(JOIN).length === 1, "the first join");
  desk.twilio.endReservation(chat.reservationSid, "canceled");
  await until(async () => (await desk.taskCount()) === 0, "the end of the reservation");
  const { taskRouter } = desk.twilio;
  const again = taskRouter.offerTask(taskRouter.worker("alice"), "chat", {
    channelSid: chat.channelSid,
    channelType: "web",
    name: "Customer",
    from: "Customer",
  });
  await until(async () => (await desk.taskCount()) === 1, "the second offer");
  expect(await desk.invoke("AcceptTask", { sid: again.sid })).toBeUndefined();
  await desk.waitForJoins([chat]);
  expect(desk.statuses(JOIN)).toEqual(["never", 201]);
  desk.console.remove(/ThrottleCanceledError/);
  expect(await desk.shownNotifications()).not.toContain(FLEX_JOIN_FAILED);
});

test("takes a 409 as success: the agent is a member already", async () => {
  desk = await Desk.open();
  desk.twilio.gate.fault(JOIN, { kind: "409" }, 1);
  await desk.accept(await desk.receiveChats(1));
  await until(() => desk.statuses(JOIN).length === 1, "the 409");
  // Flex has handled the 409 once a later join is made.
  const next = await desk.receiveChats(1);
  await desk.accept(next);
  await desk.waitForJoins(next);
  expect(desk.statuses(JOIN)).toEqual([409, 201]);
  expect((await desk.throttleState()).notJoined).toEqual([]);
  expect(await desk.shownNotifications()).not.toContain(FLEX_JOIN_FAILED);
});

test("drops a queued join without an error when its reservation is taken away", async () => {
  desk = await Desk.open();
  desk.twilio.gate.fault(JOIN, { kind: "429", retryAfter: LONG_RETRY_AFTER }, 1);
  const [chat] = await desk.receiveChats(1);
  await desk.accept([chat]);
  await desk.waitForQueued(1);
  desk.twilio.endReservation(chat.reservationSid, "canceled");
  await desk.waitForQueued(0);
  await desk.waitUntilDismissed(RATE_LIMITED);
  const [next] = await desk.receiveChats(1);
  await desk.startAccepting([next]);
  await desk.waitForQueued(1);
  await desk.retryNow();
  await desk.waitForJoins([next]);
  expect(desk.statuses(JOIN)).toEqual([429, 201]);
  desk.console.remove(/AbortError|ThrottleCanceledError/);
  expect(await desk.shownNotifications()).not.toContain(FLEX_JOIN_FAILED);
});
