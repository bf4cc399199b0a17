import { waitUntilLoaded } from "./support/channels";
import { closeBrowser, Desk, openBrowser, plugin, until } from "./support/desk";
import { CREATE, FAST, JOIN, LONG_RETRY_AFTER, ONE_CALL } from "./support/settings";

beforeAll(openBrowser);
afterAll(closeBrowser);

let desk: Desk;
afterEach(() => desk.close());

test("a reload joins the accepted chats that are not joined yet, and no others", async () => {
  desk = await Desk.open();
  const [joined] = await desk.receiveChats(1);
  await desk.accept([joined]);
  await desk.waitForJoins([joined]);
  desk.twilio.gate.fault(JOIN, { kind: "429", retryAfter: LONG_RETRY_AFTER });
  const chats = await desk.receiveChats(3);
  await desk.accept(chats);
  // All three are queued, so none is under way while the page reloads.
  await desk.waitForQueued(3);

  desk.twilio.gate.clearFaults();
  const before = desk.statuses(JOIN).length;
  await desk.reload();
  await desk.waitForJoins(chats);
  for (const chat of [joined, ...chats]) {
    await waitUntilLoaded(desk, chat.channelSid);
    expect(await desk.invoke("WrapupTask", { sid: chat.reservationSid })).toBeUndefined();
    expect(await desk.invoke("CompleteTask", { sid: chat.reservationSid })).toBeUndefined();
  }
  expect(desk.statuses(JOIN).slice(before)).toEqual([201, 201, 201]);
  expect(await desk.shownNotifications()).not.toContain("ChatOrchestrationAddToChatChannelFailed");
});

test("a reload runs a deferred Action, and reports one whose payload could not be stored as lost", async () => {
  const noter = plugin(
    "noter",
    `window.notes = []; flex.Actions.registerAction("Note", async (payload) => { window.notes.push(payload); });`,
  );
  const settings = (rate: typeof FAST) => ({
    limits: { [CREATE]: rate },
    actions: { Note: { limits: [CREATE], onBurst: "defer" } },
  });
  desk = await Desk.open({ flexThrottle: settings(ONE_CALL), others: [noter] });
  const [chat] = await desk.receiveChats(1);
  expect(await desk.invoke("Note", {})).toBeUndefined();
  expect(await desk.invoke("Note", { reservationSid: chat.reservationSid })).toContain("deferred");
  expect(await desk.invoke("Note", { text: "Dear Ada" })).toContain("deferred");

  desk.configure({ flexThrottle: settings(FAST) });
  await desk.reload();
  const notes = () => desk.evaluate(() => (window as unknown as { notes: unknown[] }).notes);
  await until(async () => (await notes()).length > 0, "the note");
  expect(await notes()).toEqual([{ reservationSid: chat.reservationSid }]);
  // No banner is shown while the agent is offered a task.
  await desk.page.getByRole("button", { name: /Not sent: 1$/ }).click();
  await desk.page.getByRole("dialog").getByText("Note did not run because this page was reloaded first.").waitFor();
  expect(await desk.evaluate(() => JSON.stringify(sessionStorage))).not.toContain("flex-throttle");
});

test("a reload keeps the list of what was not sent, without a way to send it again, until it is dismissed", async () => {
  const noter = plugin("noter", `flex.Actions.registerAction("Note", async () => undefined);`);
  const actions = { Note: { limits: [CREATE], onBurst: "reject" } };
  desk = await Desk.open({ flexThrottle: { limits: { [CREATE]: ONE_CALL }, actions }, others: [noter] });
  expect(await desk.invoke("Note", {})).toBeUndefined();
  expect(await desk.invoke("Note", { text: "Dear Ada" })).toContain(CREATE);
  const badge = (count: number) => desk.page.getByRole("button", { name: new RegExp(`Not sent: ${count}$`) });
  const button = (name: string) => desk.page.getByRole("dialog").getByRole("button", { name });
  await badge(1).click();
  await button("Try again").waitFor();

  await desk.reload();
  await badge(1).click();
  await button("Dismiss").waitFor();
  expect(await button("Try again").count()).toBe(0);
  expect(await desk.evaluate(() => JSON.stringify(sessionStorage))).not.toContain("flex-throttle");
  await button("Dismiss").click();
  await badge(1).waitFor({ state: "detached" });

  await desk.reload();
  expect(await badge(1).count()).toBe(0);
});

test("a reload ignores a list in the storage that is damaged", async () => {
  desk = await Desk.open();
  for (const damaged of ["{", '{"drops":[{"name":5}]}']) {
    await desk.evaluate((text) => sessionStorage.setItem("flex-throttle-not-sent-v1", text), damaged);
    await desk.reload();
    expect(await desk.page.getByRole("button", { name: /Not sent/ }).count()).toBe(0);
    expect(await desk.evaluate(() => sessionStorage.getItem("flex-throttle-not-sent-v1"))).toBeNull();
  }
  const [chat] = await desk.receiveChats(1);
  await desk.accept([chat]);
  await desk.waitForJoins([chat]);
});
