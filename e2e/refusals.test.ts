import { closeBrowser, Desk, openBrowser, until } from "./support/desk";

const JOIN = "POST /WebChannels/Users";
const FLEX_JOIN_FAILED = "ChatOrchestrationAddToChatChannelFailed";
const RATE_LIMITED = "FlexThrottleRateLimited";

beforeAll(openBrowser);
afterAll(closeBrowser);

let desk: Desk;
afterEach(() => desk.close());

/** The agent works in the chat and ends it, as with any other. */
async function workInChat(chat: { reservationSid: string; channelSid: string }): Promise<void> {
  const { page, twilio } = desk;
  expect(await desk.invoke("SelectTask", { sid: chat.reservationSid })).toBeUndefined();
  const said = `Hello from the agent in ${chat.channelSid}`;
  await page.waitForSelector(".Twilio-MessageInput textarea:not([disabled])");
  await page.fill(".Twilio-MessageInput textarea", said);
  await page.keyboard.press("Enter");
  await until(
    () => twilio.account.channel(chat.channelSid).messages.some(({ body }) => body === said),
    "the agent's message",
  );
  expect(await desk.invoke("WrapupTask", { sid: chat.reservationSid })).toBeUndefined();
  expect(await desk.invoke("CompleteTask", { sid: chat.reservationSid })).toBeUndefined();
  await until(async () => (await desk.taskCount()) === 0, "the task's end");
}

describe.each([
  ["without a Retry-After", undefined],
  ["with a Retry-After in seconds", 1],
])("a join that Twilio refuses three times, %s", (_, retryAfter) => {
  test("is made in the end, and the chat is as good as any", async () => {
    desk = await Desk.open();
    desk.twilio.gate.fault(JOIN, { kind: "429", retryAfter }, 3);
    const chats = await desk.receiveChats(1);
    await desk.accept(chats);

    await until(async () => (await desk.activeNotifications()).includes(RATE_LIMITED), "the banner");
    await until(() => desk.isMember(chats[0]), "the join");
    expect(desk.statuses(JOIN)).toEqual([429, 429, 429, 201]);
    await until(async () => !(await desk.activeNotifications()).includes(RATE_LIMITED), "the banner's going");
    await workInChat(chats[0]);
    expect(await desk.shownNotifications()).not.toContain(FLEX_JOIN_FAILED);
  });
});

test("a join that is always refused is tried less and less; Flex stays usable, and all is well once Twilio answers", async () => {
  desk = await Desk.open();
  desk.twilio.gate.fault(JOIN, { kind: "429" });
  const chats = await desk.receiveChats(3);
  const accepted = desk.accept(chats);
  await until(() => desk.statuses(JOIN).length >= 6, "some tries");

  const gaps = desk.requests(JOIN).map(({ atMs }, index, all) => (index === 0 ? 0 : atMs - all[index - 1].atMs));
  // After the first burst there is one try at a time, however many wait.
  expect(gaps.slice(3).every((gap) => gap > 0)).toBe(true);
  expect(await desk.invoke("SetActivity", { activityName: "Break" })).toBeUndefined();
  expect(await desk.shownNotifications()).not.toContain(FLEX_JOIN_FAILED);

  desk.twilio.gate.clearFaults(JOIN);
  await until(() => chats.every((chat) => desk.isMember(chat)), "the joins");
  expect(await accepted).toEqual([]);
  await until(async () => (await desk.activeNotifications()).length === 0, "no banner");
  for (const chat of chats.slice(0, 2)) {
    expect(await desk.invoke("WrapupTask", { sid: chat.reservationSid })).toBeUndefined();
    expect(await desk.invoke("CompleteTask", { sid: chat.reservationSid })).toBeUndefined();
  }
});

test("a join that fails otherwise is Flex's to tell, at once and without a retry", async () => {
  desk = await Desk.open();
  desk.twilio.gate.fault(JOIN, { kind: "500" }, 1);
  await desk.accept(await desk.receiveChats(1));
  await until(async () => (await desk.shownNotifications()).includes(FLEX_JOIN_FAILED), "Flex's own error");
  expect(desk.statuses(JOIN)).toEqual([500]);
});

test("a join that is never answered is made again, and holds no other up", async () => {
  desk = await Desk.open();
  desk.twilio.gate.fault(JOIN, { kind: "never" }, 1);
  const chats = await desk.receiveChats(4);
  expect(await desk.accept(chats)).toEqual([]);
  await until(() => chats.slice(1).every((chat) => desk.isMember(chat)), "the others' joins");
  await until(() => desk.isMember(chats[0]), "the join that was lost");
  // The others did not wait for it: it was made again after them.
  expect(desk.statuses(JOIN)).toEqual(["never", 201, 201, 201, 201]);
  expect(desk.requests(JOIN)[4].atMs - desk.requests(JOIN)[0].atMs).toBeGreaterThan(9000);
  expect(await desk.shownNotifications()).not.toContain(FLEX_JOIN_FAILED);
});

test("a chat that is offered again while its first join hangs is joined", async () => {
  desk = await Desk.open();
  desk.twilio.gate.fault(JOIN, { kind: "never" }, 1);
  const [chat] = await desk.receiveChats(1);
  await desk.accept([chat]);
  await until(() => desk.statuses(JOIN).length === 1, "the first join");
  desk.twilio.endReservation(chat.reservationSid, "canceled");
  await until(async () => (await desk.taskCount()) === 0, "the reservation's end");
  const { taskRouter } = desk.twilio;
  const again = taskRouter.offerTask(taskRouter.worker("alice"), "chat", {
    channelSid: chat.channelSid,
    channelType: "web",
    name: "Customer",
    from: "Customer",
  });
  await until(async () => (await desk.taskCount()) === 1, "the second offer");
  expect(await desk.invoke("AcceptTask", { sid: again.sid })).toBeUndefined();
  await until(() => desk.isMember(chat), "the join", 5000);
  expect(await desk.shownNotifications()).not.toContain(FLEX_JOIN_FAILED);
});

test("an agent who is in the chat already (409) is in it", async () => {
  desk = await Desk.open();
  desk.twilio.gate.fault(JOIN, { kind: "409" }, 1);
  await desk.accept(await desk.receiveChats(1));
  await until(() => desk.statuses(JOIN).length === 1, "the try");
  expect(await desk.shownNotifications()).not.toContain(FLEX_JOIN_FAILED);
});

test("a join whose reservation is taken away leaves the queue without an error", async () => {
  desk = await Desk.open();
  desk.twilio.gate.fault(JOIN, { kind: "429", retryAfter: 2 });
  const [chat] = await desk.receiveChats(1);
  await desk.accept([chat]);
  await until(async () => (await desk.activeNotifications()).includes(RATE_LIMITED), "the banner");
  desk.twilio.endReservation(chat.reservationSid, "canceled");
  await until(async () => !(await desk.activeNotifications()).includes(RATE_LIMITED), "the banner's going");
  const tries = desk.statuses(JOIN).length;
  desk.twilio.gate.clearFaults();
  const [next] = await desk.receiveChats(1);
  await desk.accept([next]);
  await until(() => desk.isMember(next), "the next join");
  expect(desk.statuses(JOIN).length).toBe(tries + 1);
  expect(await desk.shownNotifications()).not.toContain(FLEX_JOIN_FAILED);
});
