import { closeBrowser, Desk, openBrowser } from "./support/desk";
import { FLOWS, HALF, JOIN, LONG_RETRY_AFTER, ONE_CALL, PATIENT_QUEUE } from "./support/settings";
import { WAIT } from "./support/waits";

beforeAll(openBrowser);
afterAll(closeBrowser);

let desk: Desk;
afterEach(() => desk.close());

test("works in a Flex that bundles React 16.5.2: banners, queue, retries", async () => {
  desk = await Desk.open({
    flexBundle: "bundled",
    flexThrottle: { limits: { [JOIN]: ONE_CALL }, queue: PATIENT_QUEUE },
  });
  expect(await desk.evaluate(() => (window as unknown as { React: { version: string } }).React.version)).toBe("16.5.2");
  desk.twilio.gate.fault(FLOWS, { kind: "429", retryAfter: LONG_RETRY_AFTER, code: 45010 }, 1);
  const flows = desk.evaluate(() => fetch("https://flex-api.twilio.com/v1/FlexFlows").then(({ status }) => status));
  await desk.page.waitForSelector(`text=/Retrying in ${WAIT}. Nothing is lost./`);
  const chats = await desk.receiveChats(12);
  const accepted = desk.accept(chats);
  await desk.page.waitForSelector('[aria-label="Waiting: 11 chats, 1 request"]');
  await desk.changeSettings({ limits: { [JOIN]: HALF } });
  expect(await accepted).toEqual([]);
  await desk.waitForJoins(chats);
  expect(desk.joinStatuses()).toEqual(Array(12).fill(201));

  await desk.retryNow();
  expect(await flows).toBe(200);
  await desk.waitUntilDismissed("FlexThrottleRateLimited");
  await desk.waitUntilDismissed("FlexThrottleQueued");
});
