/** Chats whose first task is in wrap-up: handed over, or back with the agent as a second task. */

import { waitUntilLoaded } from "./support/channels";
import { closeBrowser, Desk, openBrowser, plugin, until } from "./support/desk";
import { joinNow } from "./support/joinScenes";
import { JOIN, LONG_RETRY_AFTER } from "./support/settings";

beforeAll(openBrowser);
afterAll(closeBrowser);

let desk: Desk;
afterEach(() => {
  // Stock Flex leaves the chat twice: at the Action and at the reservation's event.
  desk.console.remove(/reading 'leave'/);
  return desk.close();
});

/** Offers the agent a task of the chat channel. @returns its reservation. */
async function offer(attributes: unknown) {
  const { taskRouter } = desk.twilio;
  const before = await desk.taskCount();
  const { sid } = taskRouter.offerTask(taskRouter.worker("alice"), "chat", attributes as Record<string, unknown>);
  await until(async () => (await desk.taskCount()) === before + 1, "the offer");
  return { reservationSid: sid };
}

const LEAVES_AT_WRAP_UP = plugin(
  "leaver",
  `flex.ChatOrchestrator.setOrchestrations("wrapup", () => ["LeaveChatChannel"]);
   flex.ChatOrchestrator.setOrchestrations("completed", () => []);`,
);

test("a reload in wrap-up does not put the agent back into a chat that was handed over", async () => {
  desk = await Desk.open({ others: [LEAVES_AT_WRAP_UP] });
  const [handedOver] = await desk.receiveChats(1);
  await desk.accept([handedOver]);
  await desk.waitForJoins([handedOver]);
  await waitUntilLoaded(desk, handedOver.channelSid);
  expect(await desk.invoke("WrapupTask", { sid: handedOver.reservationSid })).toBeUndefined();
  await until(() => !desk.isMember(handedOver), "the agent's leaving");

  desk.twilio.gate.fault(JOIN, { kind: "429", retryAfter: LONG_RETRY_AFTER }, 1);
  const [lost] = await desk.receiveChats(1);
  await desk.accept([lost]);
  await desk.waitForQueued(1);
  await desk.reload();
  // Both chats are checked together; the second one shows that the check is over.
  await desk.waitForJoins([lost]);
  expect(desk.requests(JOIN).filter(({ path }) => path.includes(handedOver.channelSid))).toHaveLength(1);
  expect(desk.isMember(handedOver)).toBe(false);
});

const channelStatus = (channelSid: string) =>
  desk.evaluate(
    (sid) =>
      window.Twilio.Flex.Manager.getInstance().store.getState().flex.chat.channels[sid]?.source?.status as string,
    channelSid,
  );

/** Makes the chat client answer with the channel object that it has now. */
const keepChannel = (channelSid: string) =>
  desk.evaluate(async (sid) => {
    const { chatClient } = window.Twilio.Flex.Manager.getInstance();
    const channel = await chatClient.getChannelBySid(sid);
    const { getChannelBySid } = chatClient;
    chatClient.getChannelBySid = (wanted: string) =>
      wanted === sid ? Promise.resolve(channel) : getChannelBySid.call(chatClient, wanted);
  }, channelSid);

test.each([
  ["has removed", false],
  // The chat client answers with such a channel for a moment.
  ["still has", true],
])(
  "'Join now' joins for the accepted task while an older task of the chat is in wrap-up and Flex %s its channel",
  async (_, isKept) => {
    desk = await Desk.open({ others: [LEAVES_AT_WRAP_UP] });
    const [chat] = await desk.receiveChats(1);
    await desk.accept([chat]);
    await desk.waitForJoins([chat]);
    await waitUntilLoaded(desk, chat.channelSid);
    if (isKept) await keepChannel(chat.channelSid);
    expect(await desk.invoke("WrapupTask", { sid: chat.reservationSid })).toBeUndefined();
    await until(() => !desk.isMember(chat), "the agent's leaving");
    await until(async () => (await channelStatus(chat.channelSid)) !== "joined", "the chat's end on the page");

    desk.twilio.gate.fault(JOIN, { kind: "500" }, 1);
    desk.twilio.gate.fault(JOIN, { kind: "429", retryAfter: LONG_RETRY_AFTER }, 1);
    const again = await offer({ channelSid: chat.channelSid, channelType: "web", name: "Customer", from: "Customer" });
    expect(await desk.invoke("AcceptTask", { sid: again.reservationSid })).toBeUndefined();
    await until(async () => (await desk.throttleState()).notJoined.length === 1, "the failed join");
    await desk.invoke("SelectTask", { sid: again.reservationSid });
    await joinNow(desk).click();
    await desk.waitForQueued(1);
    expect(await desk.invoke("CompleteTask", { sid: chat.reservationSid })).toBeUndefined();
    await until(async () => (await desk.taskCount()) === 1, "the end of the older task");
    await desk.retryNow();
    await desk.waitForJoins([chat]);
  },
);
