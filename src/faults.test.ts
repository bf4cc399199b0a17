/** @jest-environment ./testing/browserEnvironment.js */

/** Wherever the plugin fails, every call is sent unchanged, and the failure is reported once. */

import * as Flex from "@twilio/flex-ui";
import { createStore, StoreEnhancer } from "redux";

import { HttpServer, startHttpServer } from "../testing/httpServer";
import { ended, useVirtualTime } from "../testing/virtualTime";
import { AttemptRecorder } from "./throttle/attemptRecorder";
import { Dispatcher } from "./throttle/dispatcher";
import { HandOffRegistry } from "./throttle/handOffs";
import { LimitSet } from "./throttle/limitSet";
import { CallQueue } from "./throttle/queue";
import { RateLimit } from "./throttle/rateLimit";
import { Throttle } from "./throttle/throttle";
import ThrottlePlugin from "./ThrottlePlugin";

const { Actions: actions, ChatOrchestrator: orchestrator, Notifications: notifications } = Flex;
const IDS = ["RateLimited", "Queued", "Refused", "Settings"].map((name) => `FlexThrottle${name}`);

/** More than go at once, so that some would have to wait. */
const CALLS = 14;

let server: HttpServer;
let plugin: ThrottlePlugin;
let store: Flex.Manager["store"];
let chatClient: { createChannel(options: object): Promise<unknown>; getChannelBySid(sid: string): Promise<unknown> };
let reports: string[];
const consoleError = console.error;

beforeAll(async () => {
  server = await startHttpServer();
  actions.registerAction("Create", (payload) => request(payload as { n: number }));
  actions.registerAction("AcceptTask", async () => "accepted");
});
afterAll(() => server.close());
useVirtualTime();

/** The real Flex, but for what asks its store of tasks. */
const TaskHelper = {
  isChatBasedTask: () => true,
  isTaskAccepted: () => false,
  getTaskChatChannelSid: ({ attributes }: Flex.ITask) => attributes.channelSid as string,
} as unknown as typeof Flex.TaskHelper;
const flex = { ...Flex, TaskHelper } as typeof Flex;

const url = () => `${server.url}/create`;
const request = ({ n }: { n: number }) =>
  fetch(`${url()}?n=${n}`, { method: "POST", body: String(n) }).then(({ status }) => status);

beforeEach(() => {
  reports = [];
  // Flex has put a proxy before the console, which cannot be spied on.
  console.error = (...words) => void reports.push(words.map(String).join(" "));
  Object.assign(orchestrator, {
    handleReservationEvent: async (_event: string, task: Flex.ITask) =>
      (await request({ n: Number(task.attributes.n) })) === 200,
  });
  store = createStore(
    (state: object = {}) => state,
    Flex.flexStoreEnhancer as StoreEnhancer<object>,
  ) as unknown as Flex.Manager["store"];
  chatClient = { createChannel: async (options) => ({ options }), getChannelBySid: async (sid) => ({ sid }) };
  const limits = ["POST /channels"];
  const flexThrottle = { routes: [{ method: "POST", url: url(), limits }], actions: { Create: { limits } } };
  plugin = new ThrottlePlugin();
  plugin.init(flex, {
    store,
    configuration: { flexThrottle },
    strings: {},
    user: { roles: ["agent"] },
    chatClient,
  } as unknown as Flex.Manager);
});
afterEach(() => {
  jest.restoreAllMocks();
  plugin.uninstall();
  delete (orchestrator as { handleReservationEvent?: unknown }).handleReservationEvent;
  IDS.forEach((id) => notifications.registeredNotifications.delete(id));
  console.error = consoleError;
  server.reset();
});

const byXhr = (n: number) =>
  new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open("POST", `${url()}?n=${n}`);
    xhr.onload = () => resolve(xhr.status);
    xhr.onerror = reject;
    xhr.send(String(n));
  });
const chatTask = (n: number) =>
  ({
    sid: `WR${n}`,
    taskChannelUniqueName: "chat",
    attributes: { channelSid: `CH${n}`, channelType: "web", n },
    sourceObject: { timeout: 120, addListener: () => undefined, removeListener: () => undefined },
  }) as unknown as Flex.ITask;

/** Each way of a call, and what comes of it without the plugin. */
const WAYS: Record<string, [call: (n: number) => Promise<unknown>, result: (n: number) => unknown]> = {
  fetch: [(n) => request({ n }), () => 200],
  XMLHttpRequest: [byXhr, () => 200],
  "chat client": [(n) => chatClient.createChannel({ n }), (n) => ({ options: { n } })],
  Action: [(n) => actions.invokeAction("Create", { n }), () => 200],
  AcceptTask: [(n) => actions.invokeAction("AcceptTask", { task: chatTask(n) }), () => "accepted"],
  join: [(n) => orchestrator.handleReservationEvent("accepted", chatTask(n)), () => true],
};

const breakMethod = (prototype: object, name: string) => () => {
  expect(prototype).toHaveProperty(name, expect.any(Function));
  jest.spyOn(prototype as Record<string, () => unknown>, name).mockImplementation(() => {
    throw new Error(`${name} is broken`);
  });
};
const FAULTS: Record<string, () => void> = {
  "RateLimit.waitMs": breakMethod(RateLimit.prototype, "waitMs"),
  "RateLimit.takeSlot": breakMethod(RateLimit.prototype, "takeSlot"),
  "RateLimit.markSent": breakMethod(RateLimit.prototype, "markSent"),
  "RateLimit.markAnswered": breakMethod(RateLimit.prototype, "markAnswered"),
  "CallQueue.hasWaitersOn": breakMethod(CallQueue.prototype, "hasWaitersOn"),
  "CallQueue.add": breakMethod(CallQueue.prototype, "add"),
  "CallQueue.admit": breakMethod(CallQueue.prototype, "admit"),
  "HandOffRegistry.find": breakMethod(HandOffRegistry.prototype, "find"),
  "Throttle.acquire": breakMethod(Throttle.prototype, "acquire"),
  "Throttle.tryAcquire": breakMethod(Throttle.prototype, "tryAcquire"),
  "Dispatcher.dispatch": breakMethod(Dispatcher.prototype, "dispatch"),
  "Dispatcher.add": breakMethod(Dispatcher.prototype, "add"),
  "LimitSet.waitMs": breakMethod(LimitSet.prototype, "waitMs"),
  "LimitSet.takeSlots": breakMethod(LimitSet.prototype, "takeSlots"),
  "AttemptRecorder.markSent": breakMethod(AttemptRecorder.prototype, "markSent"),
  "AttemptRecorder.markEnded": breakMethod(AttemptRecorder.prototype, "markEnded"),
  "Throttle.status": breakMethod(Throttle.prototype, "status"),
  "the store": () => {
    jest.spyOn(store, "dispatch").mockImplementation(() => {
      throw new Error("a reducer is broken");
    });
  },
};

describe.each(Object.keys(FAULTS))("when %s fails", (fault) => {
  test.each(Object.keys(WAYS))("sends calls by %s unchanged, with at most one report", async (way) => {
    const [call, result] = WAYS[way];
    FAULTS[fault]();
    const calls = Array.from({ length: CALLS }, (_, n) => call(n));
    expect(await ended(Promise.all(calls))).toEqual(calls.map((_, n) => result(n)));
    expect(new Set(reports).size).toBe(reports.length);
    expect(reports.length).toBeLessThanOrEqual(1);
    reports.forEach((text) =>
      expect(text).toMatch(/internal error. Calls continue without the plugin. Error: .* broken/),
    );
  });

  test("reports it", async () => {
    FAULTS[fault]();
    await ended(
      Promise.all(
        Array.from({ length: CALLS }, (_, n) => (fault === "Throttle.tryAcquire" ? byXhr(n) : request({ n }))),
      ),
    );
    await ended(new Promise((resolve) => setTimeout(resolve, 1000)));
    expect(reports).toHaveLength(1);
  });
});

test("sends every call when the console and the text of the error are broken, too", async () => {
  jest.spyOn(RateLimit.prototype, "waitMs").mockImplementation(() => {
    throw Object.create(null);
  });
  console.error = () => {
    throw new Error("the console is broken");
  };
  const calls = Array.from({ length: CALLS }, (_, n) => request({ n }));
  expect(await ended(Promise.all(calls))).toEqual(calls.map(() => 200));
});

test("disables itself after several failures, so that no call waits in a wrong queue", async () => {
  FAULTS["RateLimit.markSent"]();
  const startedAtMs = performance.now();
  await ended(Promise.all(Array.from({ length: 40 }, (_, n) => request({ n }))));
  expect(performance.now() - startedAtMs).toBeLessThan(2000);
});

test.each([
  ["recording it", RateLimit.prototype, "markThrottled"],
  ["queueing the retry", Throttle.prototype, "waitForTurn"],
])("passes a 429 to the caller when %s fails", async (_, prototype, name) => {
  server.answers = [{ status: 429 }];
  expect(prototype).toHaveProperty(name, expect.any(Function));
  jest.spyOn(prototype as never, name as never).mockImplementation(() => {
    throw new Error(`${name} is broken`);
  });
  expect(await ended(request({ n: 1 }))).toBe(429);
  expect(server.requests).toHaveLength(1);
  expect(reports).toHaveLength(1);
});
