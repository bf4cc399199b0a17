import { createChannels } from "./support/channels";
import { closeBrowser, Desk, openBrowser, plugin } from "./support/desk";
import { CREATE, FAST, ONE_CALL } from "./support/settings";

beforeAll(openBrowser);
afterAll(closeBrowser);

let desk: Desk;
afterEach(() => desk.close());

/** Records every property that our plugin may patch, and keeps a reference to our plugin. */
const recorder = plugin(
  "recorder",
  `const { Actions, ChatOrchestrator, Plugins } = window.Twilio.Flex;
   const parts = { window: [window, ["fetch"]], xhr: [XMLHttpRequest.prototype, ["open", "send", "abort", "setRequestHeader", "onreadystatechange"]],
     target: [XMLHttpRequestEventTarget.prototype, ["addEventListener", "onload", "onloadend", "onerror"]],
     actions: [Actions, ["invokeAction"]], join: [ChatOrchestrator, ["handleReservationEvent"]],
     chat: [manager.chatClient, ["createChannel", "getChannelBySid", "getSubscribedChannels"]] };
   const same = (a, b) => JSON.stringify(Object.keys(a ?? {})) === JSON.stringify(Object.keys(b ?? {})) && Object.keys(a ?? {}).every((key) => a[key] === b[key]);
   const read = () => Object.entries(parts).flatMap(([part, [target, names]]) => names.map((name) => [part + "." + name, Object.getOwnPropertyDescriptor(target, name)]));
   const before = read();
   window.changed = () => read().filter(([, now], index) => !same(now, before[index][1])).map(([name]) => name);`,
  `const init = Twilio.Flex.Plugins.init;
   Twilio.Flex.Plugins.init = (Plugin, ...rest) => init.call(Twilio.Flex.Plugins, class extends Plugin { constructor(...all) { super(...all); if (this.uninstall) window.ours = this; } }, ...rest);`,
);

/** Another plugin's patch of `fetch`, which counts the calls. */
const COUNTER = `const { fetch: before } = window;
  window.counter = { calls: 0, restore: () => { window.fetch = before; } };
  window.fetch = (...args) => { window.counter.calls += 1; return before.apply(window, args); };`;

type Page = {
  ours: { uninstall(): void };
  changed(): string[];
  counter: { calls: number; restore(): void };
};
const uninstall = () => desk.evaluate(() => (window as unknown as Page).ours.uninstall());
const changed = () => desk.evaluate(() => (window as unknown as Page).changed());
const countedCalls = () => desk.evaluate(() => (window as unknown as Page).counter.calls);
const restoreFetch = () => desk.evaluate(() => (window as unknown as Page).counter.restore());

const flexThrottle = { limits: { [CREATE]: ONE_CALL } };

/** If they were paced, all but the first would stay queued; if they were retried, no 429 would reach the caller. */
async function expectNeitherPacedNorRetried(): Promise<void> {
  desk.twilio.gate.setLimit(CREATE, FAST.perSecond);
  desk.twilio.gate.fault(CREATE, { kind: "429" }, 3);
  expect((await createChannels(desk, 14)).sort()).toEqual([...Array(11).fill(201), ...Array(3).fill(429)]);
}

test("uninstalling restores every patched function, and calls are neither paced nor retried", async () => {
  desk = await Desk.open({ others: [recorder], isOursLast: true, flexThrottle });
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
  await expectNeitherPacedNorRetried();
});

test("a patch over ours stays in place and works; ours is removed once the other patch is", async () => {
  desk = await Desk.open({ others: [recorder], isOursLast: true, flexThrottle });
  await desk.page.addScriptTag({ content: COUNTER });
  await uninstall();
  await expectNeitherPacedNorRetried();
  expect(await countedCalls()).toBe(14);
  expect(await changed()).toEqual(["window.fetch"]);
  await restoreFetch();
  await createChannels(desk, 1);
  expect(await changed()).toEqual([]);
});

test("a patch below ours stays in place, and can be removed", async () => {
  desk = await Desk.open({ others: [recorder, plugin("counter", COUNTER)], isOursLast: true });
  await uninstall();
  const before = await countedCalls();
  await createChannels(desk, 3);
  expect((await countedCalls()) - before).toBe(3);
  await restoreFetch();
  expect(await changed()).toEqual([]);
});
