import { closeBrowser, Desk, openBrowser, until } from "./support/desk";

const JOIN = "POST /WebChannels/Users";

beforeAll(openBrowser);
afterAll(closeBrowser);

let desk: Desk;
afterEach(() => desk.close());

test("in a Flex that brings React 16.5.2 chats are joined without one refusal, and the banners say what is going on", async () => {
  desk = await Desk.open({ flexBundle: "bundled" });
  expect(await desk.evaluate(() => (window as unknown as { React: { version: string } }).React.version)).toBe("16.5.2");
  desk.twilio.gate.fault("GET /FlexFlows", { kind: "429", retryAfter: 3 }, 1);
  const flows = desk.evaluate(() => fetch("https://flex-api.twilio.com/v1/FlexFlows").then(({ status }) => status));
  await desk.page.waitForSelector("text=Retrying in 2 s, nothing is lost.");
  const chats = await desk.receiveChats(12);
  const accepted = desk.accept(chats);
  await desk.page.waitForSelector("text=/2 chats are waiting to be joined/");
  expect(await accepted).toEqual([]);
  await until(() => chats.every((chat) => desk.isMember(chat)), "twelve joins");

  expect(desk.statuses(JOIN)).toEqual(Array(12).fill(201));
  expect(await flows).toBe(200);
  await until(
    async () => !(await desk.activeNotifications()).some((id) => id.startsWith("FlexThrottle")),
    "the banners to go",
  );
  expect(desk.console.filter((text) => text.includes("plugin-flex-throttle"))).toEqual([]);
});
