import { VIEW } from "./support/appearance";
import { createChannels } from "./support/channels";
import { closeBrowser, Desk, openBrowser, plugin, until } from "./support/desk";
import { CREATE, FAST, JOIN, ONE_CALL } from "./support/settings";

beforeAll(openBrowser);
afterAll(closeBrowser);

let desk: Desk;
afterEach(() => desk.close());

test("mode off applies at once: calls are neither paced nor retried", async () => {
  desk = await Desk.open({ flexThrottle: { limits: { [CREATE]: ONE_CALL } } });
  desk.twilio.gate.setLimit(CREATE, FAST.perSecond);
  expect(await createChannels(desk, 1)).toEqual([201]);
  await desk.changeSettings({ mode: "off" });
  desk.twilio.gate.fault(CREATE, { kind: "429" }, 3);
  expect((await createChannels(desk, 14)).sort()).toEqual([...Array(11).fill(201), ...Array(3).fill(429)]);
});

test("mode off sends the queued calls at once", async () => {
  desk = await Desk.open({ flexThrottle: { limits: { [JOIN]: ONE_CALL } } });
  const chats = await desk.receiveChats(8);
  await desk.startAccepting(chats);
  await until(() => desk.statuses(JOIN).length === 1, "the first join");
  await desk.changeSettings({ mode: "off" });
  await desk.waitForJoins(chats);
  expect(desk.joinStatuses()).toEqual(Array(8).fill(201));
});

test("a changed limit applies at once, also to queued joins", async () => {
  desk = await Desk.open();
  await desk.changeSettings({ limits: { [JOIN]: ONE_CALL } });
  const chats = await desk.receiveChats(9);
  await desk.startAccepting(chats);
  await until(() => desk.statuses(JOIN).length === 1, "the first join");
  desk.twilio.gate.setLimit(JOIN, 6);
  await desk.changeSettings({ limits: { [JOIN]: { perSecond: 3 } } });
  await desk.waitForJoins(chats);
  expect(desk.joinStatuses()).toEqual(Array(9).fill(201));
});

test("changed Actions and routes apply at once", async () => {
  const noter = plugin("noter", `flex.Actions.registerAction("Note", async () => "noted");`);
  desk = await Desk.open({ others: [noter] });
  await desk.changeSettings({
    actions: { Note: { limits: [CREATE], onBurst: "reject" } },
    routes: [{ method: "GET", url: "https://own-1234.twil.io/*", limits: [CREATE] }],
    limits: { [CREATE]: ONE_CALL },
  });
  expect(await desk.invoke("Note", { n: 1 })).toBeUndefined();
  expect(await desk.invoke("Note", { n: 2 })).toContain(CREATE);
  await desk.evaluate(() => void fetch("https://own-1234.twil.io/echo"));
  await desk.waitForQueued(1);
});

test("an admin reads what is invalid in changed settings, until it is corrected", async () => {
  desk = await Desk.open({ roles: ["admin"] });
  const isShown = async () => (await desk.activeNotifications()).includes("FlexThrottleSettings");
  expect(await isShown()).toBe(false);
  await desk.changeSettings({ queue: { maxLength: -1 } });
  await until(isShown, "the banner");
  await desk.page.getByRole("button", { name: "Details" }).click();
  expect(await desk.page.innerText(VIEW)).toContain("flexThrottle.queue.maxLength");
  await desk.changeSettings({ queue: { maxLength: 100 } });
  await until(async () => !(await isShown()), "the end of the banner");
});
