/** Chats that are accepted before Flex's chat client or the plugin has started. */

import type { BrowserContext } from "playwright-core";

import { StandIn, startStandIn } from "../stand-in";
import { createWithChatClient } from "./support/channels";
import { closeBrowser, Desk, newContext, openBrowser, OUR_PLUGIN, plugin, until } from "./support/desk";
import { CREATE, JOIN, TWICE } from "./support/settings";

beforeAll(openBrowser);
afterAll(closeBrowser);

let twilio: StandIn;
let context: BrowserContext;
let desk: Desk | undefined;
beforeEach(async () => {
  context = await newContext();
});
afterEach(async () => {
  // Flex prints these when it starts without its chat client.
  desk?.console.remove(/degraded|chat ?SDK|getChannelBySid is not a function/i);
  await desk?.close();
  desk = undefined;
  await context.close();
  await twilio.close();
});

/** Keeps Flex's timeouts of the start of an SDK, so that a test can end them early. */
const KEEP_START_TIMEOUTS = `(() => {
  const { setTimeout, clearTimeout } = window;
  const kept = new Map();
  window.setTimeout = (callback, delayMs, ...rest) => {
    const id = setTimeout(callback, delayMs, ...rest);
    if (delayMs === 20000) kept.set(id, callback);
    return id;
  };
  window.clearTimeout = (id) => {
    kept.delete(id);
    clearTimeout(id);
  };
  window.endStartTimeouts = () => kept.forEach((callback) => callback());
})()`;

test("joins the chats that were accepted before a late chat client, and paces it", async () => {
  twilio = await startStandIn({ plugins: [OUR_PLUGIN] });
  twilio.gate.fault("chat start", { kind: "held" });
  await context.addInitScript({ content: KEEP_START_TIMEOUTS });
  const opened = Desk.open({ context, twilio });
  await until(() => twilio.gate.log.some(({ operation }) => operation === "chat start"), "the chat client's start");
  await context.pages()[0].evaluate("endStartTimeouts()");
  desk = await opened;
  const chats = await desk.receiveChats(3);
  expect(await desk.accept(chats)).toEqual([]);
  expect(desk.requests(JOIN)).toEqual([]);

  twilio.gate.clearFaults("chat start");
  await desk.waitForJoins(chats);
  expect(desk.statuses(JOIN)).toEqual([201, 201, 201]);
  expect((await desk.throttleState()).notJoined).toEqual([]);
  twilio.gate.setLimit(CREATE, TWICE);
  const sids = await createWithChatClient(desk, 30);
  expect(new Set(sids).size).toBe(30);
  expect(desk.statuses(CREATE)).toEqual(Array(30).fill(200));
});

/** Flex initializes plugins one after another. */
const ACCEPTS_FIRST = plugin(
  "early",
  `const { tasks } = manager.store.getState().flex.worker;
   const accepted = Promise.all(Array.from(tasks.keys(), (sid) => flex.Actions.invokeAction("AcceptTask", { sid })));
   return accepted.then(() => new Promise((resolve) => (window.endInit = resolve)));`,
);

test("joins the chats whose joins got a 429 before the plugin's init", async () => {
  twilio = await startStandIn({ plugins: [ACCEPTS_FIRST, OUR_PLUGIN] });
  twilio.gate.fault(JOIN, { kind: "429" }, 3);
  const chats = twilio.sendChats("alice", 3);
  const opened = Desk.open({ context, twilio });
  await until(() => twilio.gate.log.filter(({ status }) => status === 429).length === 3, "three 429s");
  await context.pages()[0].waitForFunction("window.endInit");
  await context.pages()[0].evaluate("endInit()");
  desk = await opened;
  await desk.waitForJoins(chats);
  expect(desk.statuses(JOIN)).toEqual([429, 429, 429, 201, 201, 201]);
  expect((await desk.throttleState()).notJoined).toEqual([]);
});
